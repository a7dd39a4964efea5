// `npm run build:site`: the documentation as a static folder, www/site/dist, and first the package whose types and engine it shows.

import { engineStep } from "./build/engine.mjs";
import { buildPackage, packageFolder, packageInputs } from "./build/package.mjs";
import { buildOnChange } from "./build/stamp.mjs";
import { main } from "./setup/command.mjs";

await main(async () => {
  await buildOnChange("engine", engineStep());
  await buildOnChange("package", { inputs: packageInputs(), output: packageFolder, build: buildPackage });
  const { buildSite } = await import("../www/site/build.mjs");
  await buildSite();
  return 0;
});
