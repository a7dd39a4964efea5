// `npm run build`: the npm package, from the Rust crate and pkg-template/ into pkg/. What is up to date is not built again.
// With `--dev`, the engine is built within seconds instead of small and fast.

import { engineStep } from "./build/engine.mjs";
import { buildPackage, packageFolder, packageInputs } from "./build/package.mjs";
import { buildOnChange } from "./build/stamp.mjs";
import { main } from "./setup/command.mjs";

await main(async () => {
  await buildOnChange("engine", engineStep(process.argv.includes("--dev") ? "dev" : "published"));
  await buildOnChange("package", { inputs: packageInputs(), output: packageFolder, build: buildPackage });
  return 0;
});
