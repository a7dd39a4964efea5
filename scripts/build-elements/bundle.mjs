// The elements as modules: in one form for bundlers, which bring the libraries, and in one with everything in it.

import { join } from "node:path";
import { build, defaultClientConditions } from "vite";
import { root } from "../setup/place.mjs";
import { ownNames } from "./own-names.mjs";

const sources = join(root, "www", "elements", "src");
const entries = ["index", "group-mapping-editor", "group-sync-preview", "engine-worker", "react"];
/** The settings are the admin page's own, under names that no application has. */
const settings = { "group-sync-settings": join(root, "www", "admin", "src", "embed", "group-sync-settings.ts") };
const standalone = ["standalone", "standalone-engine-worker"];

/**
 * What is taken in all the same: icons come as text, which only this build can read, the compiler's helpers are few lines, and Web
 * Awesome's elements are called otherwise, so no application can have them already. The elements are taken from their sources.
 */
const takenIn = new RegExp(
  `^(${[
    "bootstrap-icons",
    "@oxc-project/runtime",
    "@awesome\\.me/webawesome",
    "@shoelace-style/localize",
    "@floating-ui/[a-z]+",
    "composed-offset-position",
    "idp-group-sync-elements",
  ].join("|")})(/|$)`,
);

/** A module of a package, by its name. */
const isLibrary = (id) => /^[@a-z]/.test(id) && !takenIn.test(id);

const packageOf = (specifier) => specifier.match(/^(?:@[^/]+\/)?[^/]+/)[0];

/** Writes the entries for bundlers; returns their code, the names of the packages that they import, and the paths of what is in them. */
export async function bundleModules(outDir) {
  const { output } = await bundle(outDir, {
    lib: {
      entry: { ...Object.fromEntries(entries.map((name) => [name, join(sources, `${name}.ts`)])), ...settings },
      formats: ["es"],
    },
    minify: false,
    rollupOptions: { external: isLibrary, output: { chunkFileNames: "parts/[name].js" } },
  });
  const own = new Set(output.map(({ fileName }) => fileName));
  const imports = output.flatMap((chunk) => chunk.imports ?? []).filter((specifier) => !own.has(specifier));
  const code = output.map((chunk) => chunk.code ?? "").join("\n");
  return {
    code,
    imported: [...new Set(imports.map(packageOf))],
    taken: output.flatMap(({ moduleIds }) => moduleIds ?? []),
  };
}

/** Writes the files that need nothing else; returns the paths of the modules that were taken into them. */
export async function bundleStandalone(outDir) {
  const taken = [];
  for (const name of standalone) {
    const source = name.replace(/^standalone-/, "");
    const { output } = await bundle(outDir, {
      lib: { entry: { [name]: join(sources, `${source}.ts`) }, formats: ["es"] },
      // Vite leaves white space in libraries, for bundlers to find comments in; nobody bundles these files.
      rollupOptions: { output: { minify: true, codeSplitting: false } },
    });
    if (output.length !== 1) throw new Error(`${name}.js came out in ${output.length} files`);
    taken.push(...output[0].moduleIds);
  }
  return taken;
}

async function bundle(outDir, options) {
  const results = await build({
    configFile: false,
    root: join(root, "www", "elements"),
    logLevel: "warn",
    plugins: [ownNames()],
    resolve: { conditions: ["idp-group-sync-source", ...defaultClientConditions] },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2022",
      // As for the page: browsers that know `light-dark()`.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      ...options,
    },
  });
  return results[0];
}
