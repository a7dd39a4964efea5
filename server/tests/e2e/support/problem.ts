// A page that says to a person what went wrong.

import assert from "node:assert/strict";
import type { Page } from "./http-browser.ts";
import type { ServerProcess } from "./server-process.ts";

export interface Expected {
  status: number;
  title: RegExp;
  server: ServerProcess;
  /** What the log says of it. */
  log?: RegExp;
}

/** The words, nothing of the program, and a number under which the log says why. */
export async function isProblem({ status, body }: Page, expected: Expected, what = ""): Promise<void> {
  assert.equal(status, expected.status, `${what}: ${body}`);
  assert.match(body, expected.title, what);
  assert.doesNotMatch(body, /\bat \S+ \(|node_modules|Error:/, what);
  const number = /<code>([0-9a-f-]{36})<\/code>/.exec(body)?.[1];
  assert.ok(number, `${what}: no number in ${body}`);
  const logged = await expected.server.loggedOf(number);
  assert.ok(logged, `${what}: nothing is logged under ${number}`);
  if (expected.log) assert.match(JSON.stringify(logged), expected.log, what);
}
