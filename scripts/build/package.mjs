// The npm package: what pkg-template/ holds, compiled around the engine.

import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";
import { writeCommandLine } from "./command-line.mjs";
import { writeCommonJs } from "./common-js.mjs";
import { keepPublicDeclarations } from "./declarations.mjs";
import { engineFolder, engineName, readSchemas } from "./engine.mjs";
import { writeEntryPoints } from "./entry-points.mjs";
import { writeGenerated } from "./generated.mjs";
import { writeGuides } from "./guides.mjs";
import { writeSchemas } from "./schemas.mjs";
import { workFolder } from "./stamp.mjs";

export const packageFolder = join(root, "pkg");

const template = join(root, "pkg-template");
const copied = [
  ["pkg", "package.json"],
  ["pkg-template", "README.md"],
  ["", "LICENSE-APACHE"],
  ["", "LICENSE-MIT"],
];

export function packageInputs() {
  const own = readdirSync(join(root, "scripts", "build")).map((name) => join(root, "scripts", "build", name));
  const sources = readdirSync(join(template, "src"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(template, "src", entry.name))
    .concat(
      ["app", "cli", "directory", "integrations", "store-test", "stores"].map((folder) =>
        join(template, "src", folder),
      ),
    );
  const files = copied.map(([folder, name]) => join(root, folder, name));
  return {
    files: [
      engineFolder,
      join(root, "docs"),
      ...files,
      join(template, "tsconfig.json"),
      join(template, "wasm.d.ts"),
      ...sources,
      ...own,
    ],
    values: ["esbuild", "typescript", "commander", "jsonc-parser", "string-width", "yaml"].map(versionOf),
  };
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
}

export function buildPackage() {
  const staging = join(workFolder, "package");
  const dist = join(staging, "dist");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });

  const generated = join(template, "src", "generated");
  writeGenerated(generated);
  const modules = join(workFolder, "modules");
  rmSync(modules, { recursive: true, force: true });
  if (!succeeds("tsc", ["--project", template, "--outDir", modules, "--declarationDir", dist])) {
    throw new Stop("the TypeScript wrapper does not compile; the messages above say where");
  }
  cpSync(generated, join(modules, "generated"), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  writeEntryPoints(modules, dist);
  copyFileSync(join(template, "wasm.d.ts"), join(dist, "wasm.d.ts"));
  copyFileSync(join(engineFolder, `${engineName}_bg.wasm`), join(dist, `${engineName}_bg.wasm`));
  keepPublicDeclarations(dist);
  writeCommonJs(dist);
  writeCommandLine(dist, JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version);
  for (const [folder, name] of copied) copyFileSync(join(root, folder, name), join(staging, name));
  writeGuides(staging);
  writeSchemas(staging, readSchemas());

  rmSync(packageFolder, { recursive: true, force: true });
  renameSync(staging, packageFolder);
}
