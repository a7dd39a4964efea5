// What to read first where tests failed: each runner repeats its failures at its end.

import { stripVTControlCharacters } from "node:util";

const longest = 80;

/** The failures as the runner repeats them, or else the end of what it printed; at most 80 lines. */
export function evidence(output) {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n");
  const starts = [lines.lastIndexOf("✖ failing tests:"), lines.indexOf("failures:"), Math.max(0, lines.length - 30)];
  const start = starts.find((index) => index >= 0);
  return `${lines.slice(start, start + longest).join("\n")}\n`;
}
