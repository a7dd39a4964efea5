// The model against the built package, for as long as you like:
// `node tests/model/compare.mjs --cases 1000000 --seed 7 [--only logins]`

import { parseArgs } from "node:util";
import { comparison } from "./compile.mjs";
import { coverageText, differenceText, reportText } from "./report.mjs";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string" },
  },
});
const options = { cases: Number(values.cases), seed: Number(values.seed), only: values.only };
if (!Number.isSafeInteger(options.cases) || !Number.isSafeInteger(options.seed)) {
  throw new Error("--cases and --seed take whole numbers");
}

const { counted, missing, run } = await comparison();
console.log(`seed ${options.seed}`);
for (const report of run(options)) {
  console.log(reportText(report));
  if (!report.difference) continue;
  console.log(differenceText(report.difference));
  process.exitCode = 1;
}
console.log(coverageText(counted()));
if (!options.only) for (const what of missing()) console.log(`never came up: ${what}`);
