// The npm package of the custom elements: what www/elements/ names, compiled.

import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../build/package.mjs";
import { workFolder } from "../build/stamp.mjs";
import { root } from "../setup/place.mjs";
import { bundleModules, bundleStandalone } from "./bundle.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { licences } from "./licences.mjs";
import { manifest } from "./manifest.mjs";

export const elementsFolder = join(root, "www", "elements", "pkg");

const template = join(root, "www", "elements");
const copied = [
  [template, "README.md"],
  [root, "LICENSE-APACHE"],
  [root, "LICENSE-MIT"],
];

const readJson = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));

export function elementsInputs() {
  const own = [
    "src",
    "package.json",
    "tsconfig.json",
    "../tsconfig.json",
    "../admin/src",
    "../admin/tsconfig.json",
  ].map((name) => join(template, name));
  // The settings compare logins by the very code of the server.
  const server = join(root, "server", "src");
  const scripts = ["build-elements", "build-elements.mjs"].map((name) => join(root, "scripts", name));
  return {
    files: [packageFolder, ...own, server, ...copied.map((path) => join(...path)), ...scripts],
    values: ["vite", "typescript", "@custom-elements-manifest/analyzer"].map(
      (name) => readJson(root, "node_modules", name, "package.json").version,
    ),
  };
}

export async function buildElements() {
  const staging = join(workFolder, "elements");
  const dist = join(staging, "dist");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  const { code, imported, taken } = await bundleModules(dist);
  const alone = await bundleStandalone(dist);
  writeFileSync(join(dist, "licences.txt"), licences(taken, alone));
  writeDeclarations(join(dist, "types"));
  writeJson(join(staging, "custom-elements.json"), manifest(code));
  writeJson(join(staging, "package.json"), published(readJson(template, "package.json"), imported));
  for (const [folder, name] of copied) copyFileSync(join(folder, name), join(staging, name));

  rmSync(elementsFolder, { recursive: true, force: true });
  renameSync(staging, elementsFolder);
}

/**
 * What is published of the workspace's manifest: nothing that leads to the sources, and of the dependencies those that the modules
 * import, from the version on that the pages are built and tested with. The main package has the same version; that peer is named here
 * alone, as Changesets would raise 0.1 to 1.0 for a package whose peer moves on.
 */
function published({ private: _, devDependencies: __, ...manifest }, imported) {
  const peerDependencies = { ...manifest.peerDependencies, "idp-group-sync": `^${manifest.version}` };
  const names = imported.filter((name) => !(name in peerDependencies)).sort();
  const unknown = names.find((name) => !(name in manifest.dependencies));
  if (unknown !== undefined)
    throw new Error(`${unknown} is imported and not in the dependencies of www/elements/package.json`);
  const entries = Object.entries(manifest.exports).filter(([entry]) => !entry.startsWith("./internal/"));
  return {
    ...manifest,
    exports: Object.fromEntries(entries.map(([entry, target]) => [entry, withoutSource(target)])),
    sideEffects: manifest.sideEffects.filter((path) => path.startsWith("./dist/")),
    dependencies: Object.fromEntries(names.map((name) => [name, `^${manifest.dependencies[name]}`])),
    peerDependencies,
  };
}

function withoutSource(target) {
  if (typeof target === "string") return target;
  const { "idp-group-sync-source": _, ...built } = target;
  return built;
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
