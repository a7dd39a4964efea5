// The entry points of the package as few modules: Node takes a third of a millisecond for each that it loads.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const entryPoints = ["index.js", "slim.js", "testing.js", "workerd.js"];

/** Entry points for applications: these, and each file of these folders. They ask for the engine, and for drivers, by name. */
const forApplications = (modules) => [
  join("app", "index.js"),
  join("directory", "index.js"),
  join("store-test", "index.js"),
  ...["integrations", "stores"].flatMap((folder) =>
    readdirSync(join(modules, folder))
      .filter((file) => file.endsWith(".js"))
      .map((file) => join(folder, file)),
  ),
];

/** Bundles the compiled modules of a folder into `dist`: one for each entry point, and one for what they share. */
export function writeEntryPoints(modules, dist) {
  buildSync({
    absWorkingDir: modules,
    entryPoints: entryPoints.map((file) => join(modules, file)),
    outdir: dist,
    bundle: true,
    // All entry points have the same instance of the engine, and the same classes.
    splitting: true,
    chunkNames: "shared",
    format: "esm",
    target: "es2022",
    external: ["*.wasm"],
  });
  buildSync({
    absWorkingDir: modules,
    entryPoints: forApplications(modules),
    outdir: dist,
    outbase: modules,
    bundle: true,
    splitting: true,
    chunkNames: "stores/shared-[hash]",
    packages: "external",
    format: "esm",
    target: "es2022",
  });
}
