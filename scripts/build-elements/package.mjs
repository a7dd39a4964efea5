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
  const www = ["src", "package.json", "tsconfig.json"].map((name) => join(root, "www", name));
  const own = ["src", "package.json", "tsconfig.json"].map((name) => join(template, name));
  const scripts = ["build-elements", "build-elements.mjs"].map((name) => join(root, "scripts", name));
  return {
    files: [packageFolder, ...www, ...own, ...copied.map((path) => join(...path)), ...scripts],
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
  writeJson(join(staging, "package.json"), withDependencies(readJson(template, "package.json"), imported));
  for (const [folder, name] of copied) copyFileSync(join(folder, name), join(staging, name));

  rmSync(elementsFolder, { recursive: true, force: true });
  renameSync(staging, elementsFolder);
}

/** What the modules import is a dependency, from the version on that the page is built and tested with. */
function withDependencies(template, imported) {
  const { dependencies: known } = readJson(root, "www", "package.json");
  const names = imported.filter((name) => !(name in template.peerDependencies)).sort();
  const unknown = names.find((name) => !(name in known));
  if (unknown !== undefined) throw new Error(`${unknown} is imported and not in the dependencies of www/package.json`);
  const dependencies = Object.fromEntries(names.map((name) => [name, `^${known[name]}`]));
  return { ...template, dependencies };
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
