// What to read first where tests failed: each runner repeats its failures at its end.

import { stripVTControlCharacters } from "node:util";

const longest = 80;

/** The failures as the runner repeats them, after the seeds of theirs, or else the end of what it printed; at most 80 lines. */
export function evidence(output) {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n");
  const starts = [lines.lastIndexOf("✖ failing tests:"), lines.indexOf("failures:"), Math.max(0, lines.length - 30)];
  const start = starts.find((index) => index >= 0);
  return `${[...seedsOfFailures(lines.slice(0, start)), ...lines.slice(start)].slice(0, longest).join("\n")}\n`;
}

/** Node does not repeat what a test has said besides its failure, such as by which seed it comes again. */
function seedsOfFailures(lines) {
  let test = "";
  return lines.flatMap((line) => {
    if (/^\s*[✔✖]/.test(line)) test = line;
    return /^\s*ℹ SEED=/.test(line) && test.includes("✖") ? [test, line] : [];
  });
}
