import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { nodeTests } from "./node-tests.mjs";
import { runStep } from "./step.mjs";
import { summary } from "./summary.mjs";

const node = (code, rest = {}) => runStep({ command: process.execPath, args: ["-e", code], ...rest });
const counting = (passed, failed, skipped) => ({ count: () => ({ unit: "tests", passed, failed, skipped }) });

test("a command that succeeds is fine, and its tests are counted", async () => {
  assert.deepEqual(await node("0"), { count: null, problem: null, evidence: "" });
  const { count, problem } = await node("0", counting(2, 0, 0));
  assert.equal(problem, null);
  assert.equal(count.passed, 2);
});

test("an exit code, a signal and a missing program are failures", async () => {
  assert.match((await node("process.exitCode = 3")).problem, /ended with exit code 3$/);
  assert.match((await node("process.kill(process.pid, 'SIGTERM')")).problem, /ended with SIGTERM$/);
  assert.match((await runStep({ command: "no-such-program", args: [] })).problem, /cannot be started/);
});

test("success that tested nothing or left something out is a failure", async () => {
  assert.match((await node("0", counting(0, 0, 0))).problem, /ran no tests$/);
  assert.match((await node("0", counting(5, 0, 1))).problem, /left out 1 tests$/);
  assert.match((await node("0", counting(5, 1, 0))).problem, /counted 1 failed$/);
});

test("what failed is kept", async () => {
  assert.match((await node("console.log('why'); process.exitCode = 1")).evidence, /^why$/m);
});

test("a folder that is not there, or holds no tests, is a failure", async () => {
  assert.match((await runStep(nodeTests("no-such-folder"))).problem, /no such file or directory/);
  assert.match((await runStep(nodeTests("scripts/setup"))).problem, /holds no \*\.test\.mjs/);
});

test("what a command leaves running ends with it", async () => {
  const leaves = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }).unref()`;
  assert.equal((await node(leaves)).problem, null);
});

test("the summary shows every part, says what failed, and adds the tests up", () => {
  const tests = (passed, failed) => ({ unit: "tests", passed, failed, skipped: 0 });
  const text = summary([
    { name: "one", counts: [tests(3, 0)], problem: null, seconds: 1.25 },
    { name: "two", counts: [tests(1, 2)], problem: "`x` ended with exit code 1", evidence: "✖ a\n", seconds: 10 },
    { name: "three", counts: [], problem: "not run, because two failed", seconds: 0 },
  ]);
  assert.deepEqual(text.split("\n"), [
    "",
    "━━ two, what failed:",
    "✖ a",
    "",
    "part   result    count  seconds",
    "─────  ──────  ───────  ───────",
    "one    ok      3 tests      1.3",
    "two    FAILED  3 tests     10.0",
    "three  FAILED        –      0.0",
    "",
    "two: `x` ended with exit code 1",
    "three: not run, because two failed",
    "1 of 3 parts passed",
    "tests: 4 passed, 2 failed",
  ]);
});

test("steps side by side all end with whoever started them", { timeout: 60_000 }, async () => {
  const step = new URL("step.mjs", import.meta.url).href;
  const sleeps = `{ command: process.execPath, args: ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"] }`;
  const code = `import { runStep } from ${JSON.stringify(step)}; runStep(${sleeps}); runStep(${sleeps});`;
  const runner = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const pids = [];
  for await (const line of createInterface({ input: runner.stdout })) {
    if (/^\d+$/.test(line)) pids.push(Number(line));
    if (pids.length === 2) runner.kill("SIGINT");
  }
  assert.equal(pids.length, 2);
  for (const pid of pids) while (isThere(pid)) await delay(20);
});

function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
