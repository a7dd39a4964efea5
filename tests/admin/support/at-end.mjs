// What is opened once for all tests, and closed after the last of them.

import { after } from "node:test";

const closings = [];

export function atEnd(close) {
  closings.unshift(close);
}

after(async () => {
  for (const close of closings) await close();
});
