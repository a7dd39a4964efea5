// `npm run start:site`: sets up, builds the package, and serves the documentation with live reload. Arguments go to VitePress.

import { join } from "node:path";
import { become, main, Stop } from "./setup/command.mjs";
import { root } from "./setup/place.mjs";
import { buildNeeds, setUp } from "./setup/set-up.mjs";

await main(async () => {
  setUp(buildNeeds);
  const built = await become(process.execPath, [join(root, "scripts", "build.mjs")]);
  if (built !== 0) throw new Stop("the package could not be built; the message above says why");
  const { writeApiReference } = await import("../www/site/api-reference.mjs");
  await writeApiReference();
  const vitepress = join(root, "node_modules", "vitepress", "bin", "vitepress.js");
  return become(process.execPath, [vitepress, "dev", ...process.argv.slice(2)], { cwd: join(root, "www", "site") });
});
