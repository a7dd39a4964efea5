// Bundles for workerd.

import { basename, join } from "node:path";
import { build } from "esbuild";

/** Bundles as the tools for workerd do: with its condition, and with WebAssembly left for it to compile. */
export async function bundleWorker(folder, entry = "worker.js") {
  const outfile = join(folder, "bundle", "worker.js");
  const leaveWasm = {
    name: "leave-wasm",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /[./]wasm$/ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === leaveWasm) return undefined;
        const found = await resolve(path, { ...options, pluginData: leaveWasm });
        return { path: `./${basename(found.path)}`, external: true, errors: found.errors };
      });
    },
  };
  await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    plugins: [leaveWasm],
    logLevel: "silent",
  });
}
