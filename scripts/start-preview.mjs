// `npm run start:preview`: sets up, builds the package, and serves the preview page with live reload. Arguments go to Vite.

import { join } from "node:path";
import { become, main, Stop } from "./setup/command.mjs";
import { root } from "./setup/place.mjs";
import { buildNeeds, setUp } from "./setup/set-up.mjs";

await main(async () => {
  setUp(buildNeeds);
  const built = await become(process.execPath, [join(root, "scripts", "build.mjs")]);
  if (built !== 0) throw new Stop("the package could not be built; the message above says why");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  return become(process.execPath, [vite, ...process.argv.slice(2)], { cwd: join(root, "www", "preview") });
});
