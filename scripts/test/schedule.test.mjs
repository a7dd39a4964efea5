import assert from "node:assert/strict";
import { test } from "node:test";
import { runParts } from "./schedule.mjs";

const part = (name, rest = {}) => ({ name, steps: [], ...rest });
const cargo = { steps: [{ command: "cargo" }] };

/** Runs parts that each take as many turns as given, and tells what ran at the same time. */
async function run(parts, lanes) {
  const running = new Set();
  const together = [];
  const results = await runParts(parts, lanes, async ({ name }, earlier) => {
    running.add(name);
    together.push([...running].join("+"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    running.delete(name);
    return { name, earlier: earlier.map((result) => result.name) };
  });
  return { together, results };
}

test("as many parts run at once as there are lanes, and results keep the order of the parts", async () => {
  const { together, results } = await run([part("a"), part("b"), part("c")], 2);
  assert.deepEqual(together.slice(0, 2), ["a", "a+b"]);
  assert.ok(together.every((names) => names.split("+").length <= 2));
  assert.deepEqual(
    results.map(({ name }) => name),
    ["a", "b", "c"],
  );
});

test("a part waits for what it comes after, and others go ahead meanwhile", async () => {
  const { together, results } = await run([part("build"), part("page", { after: ["build"] }), part("lint")], 2);
  assert.deepEqual(together.slice(0, 2), ["build", "build+lint"]);
  assert.ok(results[1].earlier.includes("build"));
});

test("two parts that compile never run at once", async () => {
  const { together } = await run([part("native", cargo), part("lint", cargo), part("docs")], 3);
  assert.ok(together.every((names) => !(names.includes("native") && names.includes("lint"))));
  assert.equal(together[1], "native+docs");
});

test("one lane runs one part after the other", async () => {
  assert.deepEqual((await run([part("a"), part("b")], 1)).together, ["a", "b"]);
});

test("parts that wait for each other are a fault, not a wait without end", async () => {
  await assert.rejects(
    run([part("a", { after: ["b"] }), part("b", { after: ["a"] })], 2),
    /a, b come after each other/,
  );
});
