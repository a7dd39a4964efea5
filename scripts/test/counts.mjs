// How many tests ran, read from the summary that a runner prints. `skipped` is what it found but did not run.

import { stripVTControlCharacters } from "node:util";

/** cargo test, libtest-mimic and wasm-bindgen-test: one `test result:` line for each test program. */
export function cargoTests(output) {
  const line = /^\s*test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
  // wasm-bindgen-test passes over a whole program that is configured for the other kind of runtime, and calls that a success.
  const passedOver = /we're only (testing node\.js|running\s+browser) tests so skipping/g;
  const plain = stripVTControlCharacters(output);
  const found = [...plain.matchAll(line)];
  const sum = (column) => found.reduce((total, match) => total + Number(match[column]), 0);
  return { unit: "tests", passed: sum(1), failed: sum(2), skipped: sum(3) + [...plain.matchAll(passedOver)].length };
}

/** node --test: one line for each kind of outcome, at the end. */
export function nodeTests(output) {
  const plain = stripVTControlCharacters(output);
  const number = (name) => Number([...plain.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  return {
    unit: "tests",
    passed: number("pass"),
    failed: number("fail") + number("cancelled"),
    skipped: number("skipped") + number("todo"),
  };
}

/** A dry run of a release: `left` is what it could not run, and what it leaves to a maintainer, neither of which fails it. */
export function releaseChecks(output) {
  const [, passed, failed, left] =
    stripVTControlCharacters(output).match(/^(\d+) passed, (\d+) failed((?:, \d+ (?:not run|to do))*)/m) ?? [];
  return { unit: "checks", passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0, left: left?.slice(2) };
}

/** biome: how many files it looked at. */
export function checkedFiles(output) {
  const found = stripVTControlCharacters(output).match(/^Checked (\d+) files? in/m);
  return { unit: "files", passed: Number(found?.[1] ?? 0), failed: 0, skipped: 0 };
}
