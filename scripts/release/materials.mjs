// What is handed out beside the packages: what they are made of, and checksums.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { requireTool } from "../setup/cargo-tool.mjs";
import { root } from "../setup/place.mjs";
import { run } from "./outcomes.mjs";
import { npmPackages, version } from "./pack.mjs";
import { checkFolder, releaseFolder } from "./place.mjs";

// renovate: cargo-cyclonedx
const cargoCycloneDx = "0.5.9";

/** Writes a bill of materials for the crate, and one for the module that both npm packages hold. */
export function writeCargoMaterials() {
  requireTool("cargo-cyclonedx", ["cargo-cyclonedx cyclonedx"], cargoCycloneDx);
  const name = `materials-${process.pid}`;
  const written = [
    [".", `idp-group-sync-${version}.crate.cdx.json`, []],
    ["wasm", `idp-group-sync-${version}.wasm.cdx.json`, ["--target", "wasm32-unknown-unknown"]],
  ].map(([folder, file, options]) => {
    const manifest = join(root, folder, "Cargo.toml");
    run("cargo", [
      ...["cyclonedx", "--manifest-path", manifest, "--format", "json", "--spec-version", "1.5"],
      ...["--no-build-deps", "--override-filename", name, ...options],
    ]);
    renameSync(join(root, folder, `${name}.json`), join(releaseFolder, file));
    // It writes one for each member of the workspace, whichever it is asked for.
    for (const member of members()) rmSync(join(root, member, `${name}.json`), { force: true });
    return file;
  });
  return written.map(describe).join(", ");
}

/** The folders of the workspace's crates. */
function members() {
  const [, listed] = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^members = \[(.*)\]$/m);
  return [".", ...JSON.parse(`[${listed}]`)];
}

/** The same for the libraries in JavaScript: those that a package asks for, and those of which it holds parts. */
export function writeNpmMaterials(unpacked) {
  return Object.entries(npmPackages)
    .map(([folder, name]) => {
      const project = join(checkFolder, `materials-${name}`);
      mkdirSync(project, { recursive: true });
      const { license, dependencies = {} } = JSON.parse(readFileSync(join(unpacked[folder], "package.json"), "utf8"));
      const manifest = { name, version, license, dependencies: { ...dependencies, ...taken(unpacked[folder]) } };
      writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
      run("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit"], { cwd: project });
      const materials = run("npm", ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"], { cwd: project });
      const file = `${name}-${version}.npm.cdx.json`;
      writeFileSync(join(releaseFolder, file), materials);
      return describe(file);
    })
    .join(", ");
}

/** The libraries that were bundled: the package lists their licences, each under its name and version. */
export function taken(folder) {
  const dist = join(folder, "dist");
  const texts = readdirSync(dist)
    .filter((name) => /licences\.txt$/.test(name))
    .map((name) => readFileSync(join(dist, name), "utf8"));
  const libraries = texts.flatMap((text) => [...text.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+\S*)$/gm)]);
  if (libraries.length === 0) throw new Error(`${folder} lists the licence of no library`);
  return Object.fromEntries(libraries.map(([, name, version]) => [name, version]));
}

function describe(file) {
  const { bomFormat, components = [] } = JSON.parse(readFileSync(join(releaseFolder, file), "utf8"));
  if (bomFormat !== "CycloneDX" || components.length === 0) throw new Error(`${file} lists nothing`);
  return `${file} (${components.length} components)`;
}

/** As `sha256sum --check` reads them. */
export function writeChecksums() {
  const name = "SHA256SUMS";
  const files = readdirSync(releaseFolder)
    .filter((file) => file !== name)
    .sort();
  const lines = files.map((file) => {
    const bytes = readFileSync(join(releaseFolder, file));
    return `${createHash("sha256").update(bytes).digest("hex")}  ${basename(file)}\n`;
  });
  writeFileSync(join(releaseFolder, name), lines.join(""));
  return `${files.length} files`;
}
