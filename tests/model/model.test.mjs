// The model against the built package, on random cases. A difference is printed with the seed that finds it again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { comparison } from "./compile.mjs";
import { coverageText, differenceText, reportText } from "./report.mjs";

const seed = Date.now() % 2 ** 31;
const cases = 20_000;

const { counted, missing, run } = await comparison();

/** Compares so many cases more; gives how many there were. */
function compare(seed) {
  console.log(`seed ${seed}; again with: node tests/model/compare.mjs --cases ${cases} --seed ${seed}`);
  const differences = [];
  let compared = 0;
  for (const report of run({ cases, seed })) {
    console.log(reportText(report));
    compared += report.cases;
    if (report.difference) differences.push(`${report.name}: ${differenceText(report.difference)}`);
  }
  assert.equal(differences.length, 0, differences.join("\n\n"));
  return compared;
}

test(`the model and the package agree on ${cases} random cases (seed ${seed})`, () => {
  assert.ok(compare(seed) >= cases);
});

test("every status, reason, refusal, rejection and guard came up", () => {
  // Some come up once in so many cases, and so at times in none of them.
  for (let round = 1; round <= 8 && missing().length > 0; round += 1) compare(seed + round);
  console.log(coverageText(counted()));
  assert.deepEqual(missing(), []);
});
