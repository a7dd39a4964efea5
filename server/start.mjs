// `npm start`: sets up, builds the package and both pages, checks and compiles the TypeScript, and runs the server.

import { join } from "node:path";
import { become, main, Stop } from "../scripts/setup/command.mjs";
import { root } from "../scripts/setup/place.mjs";
import { buildNeeds, setUp } from "../scripts/setup/set-up.mjs";

const folder = import.meta.dirname;

await main(async () => {
  setUp(buildNeeds);
  const built = await become(process.execPath, [join(root, "scripts", "build.mjs")]);
  if (built !== 0) throw new Stop("the package could not be built; the message above says why");
  const previewPage = join(root, "www", "preview", "dist");
  await buildPage(join("www", "preview"), previewPage);
  await buildPage(join("www", "admin"), join(folder, "dist", "admin"));
  const compiled = await become("tsc", ["--project", folder]);
  if (compiled !== 0) throw new Stop("the server could not be compiled; the message above says why");
  return become(process.execPath, ["--enable-source-maps", join("dist", "src", "main.js")], {
    cwd: folder,
    env: { PREVIEW_FOLDER: previewPage, DEVELOPMENT_DATA: "demonstration", ...process.env },
  });
});

async function buildPage(source, target) {
  const built = await become("vite", ["build", join(root, source), "--outDir", target, "--logLevel", "warn"]);
  if (built !== 0) throw new Stop(`the page in ${source} could not be built; the message above says why`);
}
