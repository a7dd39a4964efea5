// `node scripts/release/use.mjs`: installs the npm packages that a dry run has left in target/release-dry, and runs them with this
// Node, on this system. It needs nothing else, neither the repository's packages nor Rust.

import { dirname } from "node:path";
import { check, exitCode, table } from "./outcomes.mjs";
import { installNpm, useWith } from "./projects.mjs";

const outcomes = [];
await check(outcomes, "npm install", () => {
  installNpm();
  return "into an empty project";
});
await check(outcomes, `Node ${process.versions.node}`, () => useWith(dirname(process.execPath)));
console.log(`\n${table(outcomes)}`);
process.exitCode = exitCode(outcomes);
