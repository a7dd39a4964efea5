import assert from "node:assert/strict";
import { test } from "node:test";
import { check, LeftToDo, NotRun, table } from "../release/outcomes.mjs";
import { cargoTests, checkedFiles, nodeTests, releaseChecks } from "./counts.mjs";
import { summary } from "./summary.mjs";

test("cargo's test programs are added up", () => {
  const output = [
    "running 3 tests",
    "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
    "running 0 tests",
    "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
    "test result: \u001b[31mFAILED\u001b[0m. 4 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s",
  ].join("\n");
  assert.deepEqual(cargoTests(output), { unit: "tests", passed: 7, failed: 1, skipped: 2 });
});

test("a test program that is passed over is left out", () => {
  const inNode =
    "this test suite is only configured to run in a browser, but we're only testing node.js tests so skipping";
  const inChrome =
    "is only configured to run in node.js, but we're only running\n    browser tests so skipping. If you'd like";
  assert.equal(cargoTests(inNode).skipped, 1);
  assert.equal(cargoTests(inChrome).skipped, 1);
});

test("the summary tells what a dry run of a release could not run", async (t) => {
  t.mock.method(console, "log", () => undefined);
  const outcomes = [];
  const given = {
    a: () => "all",
    b: new NotRun("no network"),
    c: new LeftToDo("fill it in"),
    d: new NotRun("no Node"),
  };
  for (const [name, body] of Object.entries(given)) {
    await check(outcomes, name, () => {
      if (body instanceof Error) throw body;
      return body();
    });
  }
  const count = releaseChecks(table(outcomes));
  assert.deepEqual(count, { unit: "checks", passed: 1, failed: 0, skipped: 0, left: "2 not run, 1 to do" });
  const told = summary([{ name: "release", counts: [count], problem: null, evidence: "", seconds: 1 }]);
  assert.match(told, /^release {2}ok {6}1 checks \(2 not run, 1 to do\)/m);
});

test("output without a summary counts nothing", () => {
  const nothing = { unit: "tests", passed: 0, failed: 0, skipped: 0 };
  assert.deepEqual(cargoTests("no tests to run!"), nothing);
  assert.deepEqual(nodeTests(""), nothing);
  assert.equal(checkedFiles("No files were processed").passed, 0);
  assert.equal(releaseChecks("stopped").passed, 0);
});

test("node's summary is the last one printed", () => {
  const output =
    "ℹ pass 1\n✔ a test that prints a summary\nℹ tests 7\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 1\n";
  assert.deepEqual(nodeTests(output), { unit: "tests", passed: 3, failed: 2, skipped: 2 });
});

test("biome's count is in files", () => {
  assert.deepEqual(checkedFiles("Checked 1 file in 3ms."), { unit: "files", passed: 1, failed: 0, skipped: 0 });
  assert.equal(checkedFiles("Checked 57 files in 104ms. No fixes applied.").passed, 57);
});
