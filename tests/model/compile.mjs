// The comparison is written in TypeScript, which the oldest supported Node does not run; esbuild makes one module of it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The comparison's functions. The package and fast-check are left to be imported from where they are installed. */
export async function comparison() {
  const outfile = join(import.meta.dirname, "dist", "comparison.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "comparison", "index.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    outfile,
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
