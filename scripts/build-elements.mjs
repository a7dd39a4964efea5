// `npm run build:elements`: the npm package of the custom elements, from www/elements/ into www/elements/pkg/, and first the
// engine's package, which it is built against.

import { engineStep } from "./build/engine.mjs";
import { buildPackage, packageFolder, packageInputs } from "./build/package.mjs";
import { buildOnChange } from "./build/stamp.mjs";
import { buildElements, elementsFolder, elementsInputs } from "./build-elements/package.mjs";
import { main } from "./setup/command.mjs";

await main(async () => {
  await buildOnChange("engine", engineStep());
  await buildOnChange("package", { inputs: packageInputs(), output: packageFolder, build: buildPackage });
  await buildOnChange("elements", { inputs: elementsInputs(), output: elementsFolder, build: buildElements });
  return 0;
});
