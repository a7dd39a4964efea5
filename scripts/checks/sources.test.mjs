// What holds for every tracked file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, places, trackedFiles } from "./tracked-files.mjs";

const isCode = (file) => /\.(rs|m?[jt]s|c[jt]s|css)$/.test(file);
const isWritten = (file) => !/(^|\/)(package-lock\.json|Cargo\.lock)$/.test(file);

test("git tracks files here", () => {
  assert.ok(trackedFiles.includes("package.json"));
});

test("no file names a folder of one machine", () => {
  // A number after `/Users/` is a user of SCIM.
  const folderOfOneMachine = /(^|[^\w.])(\/(root|home|work)\/\w|\/Users\/[a-z]|[A-Z]:\\Users\\)/;
  assert.deepEqual(places(folderOfOneMachine, isWritten), []);
});

/** A language of a page is one file, for whoever translates it to read in one piece: it holds words, and decides nothing. */
const isWords = (file) => /^www\/\w+\/src\/messages\/languages\/[\w-]+\.ts$/.test(file);

test("no code file holds more than 450 lines, past which it holds more than one concept", () => {
  const long = linesOf((file) => isCode(file) && !isWords(file)).filter(({ lines }) => lines.length > 450);
  assert.deepEqual(
    long.map(({ file, lines }) => `${file}: ${lines.length} lines`),
    [],
  );
});

test("no code is unfinished, and no test is left out", () => {
  const unfinished =
    /\btodo!\(|\bunimplemented!\(|#\[ignore\b|\b(test|it|describe|suite)\.(skip|todo)\(|\b(skip|todo): true/;
  assert.deepEqual(places(unfinished, isCode), []);
  assert.deepEqual(places(/\b(FIXM[E]|XX[X])\b/, isCode), []);
});

test("no file ends a line in white space or holds a carriage return", () => {
  assert.deepEqual(
    places(/[ \t\r]$/, (file) => isWritten(file) && !file.endsWith(".md")),
    [],
  );
});
