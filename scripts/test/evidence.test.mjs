import assert from "node:assert/strict";
import { test } from "node:test";
import { evidence } from "./evidence.mjs";

test("what node repeats of its failures is kept", () => {
  const output = ["✔ one", "✖ two (1ms)", "ℹ fail 1", "", "✖ failing tests:", "", "test at two.mjs:1:1", "✖ two (1ms)"];
  assert.equal(evidence(`${output.join("\n")}\n`), "✖ failing tests:\n\ntest at two.mjs:1:1\n✖ two (1ms)\n");
});

test("the seed of a test that failed comes first, and no other", () => {
  const failed = ["✖ two (1ms)", "  Error: no", "", "ℹ SEED=2", "ℹ more", "✔ three (1ms)", "ℹ SEED=3"];
  const output = ["✔ one (1ms)", "ℹ SEED=1", ...failed, "", "✖ failing tests:", "", "✖ two (1ms)"];
  assert.equal(evidence(output.join("\n")), "✖ two (1ms)\nℹ SEED=2\n✖ failing tests:\n\n✖ two (1ms)\n");
});

test("cargo's list with what each test said is kept, in whatever colour", () => {
  const output =
    "failures:\n\n---- a stdout ----\npanicked\n\nfailures:\n    a\n\ntest result: \u001b[31mFAILED\u001b[0m. 0 passed";
  assert.equal(evidence(output), `${output.replace("\u001b[31m", "").replace("\u001b[0m", "")}\n`);
});

test("anything else is told by its last lines", () => {
  const output = Array.from({ length: 100 }, (_, line) => `line ${line}`).join("\n");
  assert.match(evidence(output), /^line 70\n[\s\S]*line 99\n$/);
});

test("a long list is cut", () => {
  const output = `✖ failing tests:\n${"a test\n".repeat(500)}`;
  assert.equal(evidence(output).trimEnd().split("\n").length, 80);
});
