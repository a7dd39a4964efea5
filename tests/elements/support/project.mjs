// Projects of people who embed the elements: an empty folder with both packed packages and the libraries that they ask for.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball } from "../../package/support/project.mjs";

let packed;

/** Packs the elements as `npm publish` would, once for every test file. */
export function elementsTarball() {
  packed ??= (async () => {
    const folder = emptyFolder();
    const source = join(root, "www", "elements", "pkg");
    await run("npm", ["pack", source, "--pack-destination", folder, "--ignore-scripts"], folder);
    return join(folder, readdirSync(folder)[0]);
  })();
  return packed;
}

/**
 * A project with both packages, and others that the application itself needs. Nothing is downloaded: libraries are copied from the
 * repository's, and npm says afterwards whether they are what the packages ask for.
 */
export async function project(others = []) {
  const folder = emptyFolder();
  const modules = join(folder, "node_modules");
  await unpack(await tarball(), join(modules, "idp-group-sync"));
  await unpack(await elementsTarball(), join(modules, "idp-group-sync-elements"));
  const { dependencies } = manifestOf(join(modules, "idp-group-sync-elements"));
  for (const name of [...Object.keys(dependencies), ...others]) copyLibrary(name, modules);
  const wanted = ["idp-group-sync", "idp-group-sync-elements", ...others];
  const versions = wanted.map((name) => [name, manifestOf(join(modules, name)).version]);
  const manifest = { private: true, type: "module", dependencies: Object.fromEntries(versions) };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

async function unpack(file, folder) {
  mkdirSync(folder, { recursive: true });
  await run("tar", ["-xzf", file, "--strip-components=1", "-C", folder], folder);
}

function copyLibrary(name, modules) {
  if (existsSync(join(modules, name))) return;
  const installed = join(root, "node_modules", name);
  cpSync(installed, join(modules, name), { recursive: true });
  for (const dependency of Object.keys(manifestOf(installed).dependencies ?? {})) copyLibrary(dependency, modules);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
