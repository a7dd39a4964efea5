// `npm start`: makes what is missing, builds the admin page, checks and compiles the TypeScript, and runs the server.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { become, main, Stop } from "../../scripts/setup/command.mjs";
import { root } from "../../scripts/setup/place.mjs";
import { buildNeeds, setUp } from "../../scripts/setup/set-up.mjs";

const folder = import.meta.dirname;

await main(async () => {
  setUp(["packages"]);
  if (!existsSync(join(root, "pkg", "dist", "index.js"))) {
    setUp(buildNeeds);
    const built = await become(process.execPath, [join(root, "scripts", "build.mjs")]);
    if (built !== 0) throw new Stop("the package could not be built; the message above says why");
  }
  const page = join(root, "www", "dist");
  if (!existsSync(join(page, "index.html"))) await become("vite", ["build"], { cwd: join(root, "www") });
  const adminPage = join(folder, "dist", "admin");
  const shown = await become("vite", [
    "build",
    join(root, "www", "admin"),
    "--outDir",
    adminPage,
    "--logLevel",
    "warn",
  ]);
  if (shown !== 0) throw new Stop("the admin page could not be built; the message above says why");
  const compiled = await become("tsc", ["--project", folder]);
  if (compiled !== 0) throw new Stop("the server could not be compiled; the message above says why");
  return become(process.execPath, ["--enable-source-maps", join("dist", "src", "main.js")], {
    cwd: folder,
    env: { PREVIEW_FOLDER: page, ...process.env },
  });
});
