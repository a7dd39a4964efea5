// What all integrations install, once: the packages of ../package.json by their lock file, in a folder that is far from the
// repository's packages, and the packed package among them. Applications are made in folders within it, where they find all of it.

import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../../../scripts/setup/place.mjs";
import { blocksOf } from "../../docs/support/blocks.mjs";
import { run, tarball } from "../../package/support/project.mjs";

const here = fileURLToPath(new URL("../", import.meta.url));

/** One for each lock file and copy of the repository. */
const lock = readFileSync(join(here, "package-lock.json"));
const name = createHash("sha256").update(root).update(lock).digest("hex").slice(0, 16);
const installed = join(tmpdir(), "idp-group-sync-integrations", name);

/** Installs what is not there yet, and the package as it is in pkg/ now. */
export async function install() {
  if (!existsSync(installed)) await installPackages();
  // As `npm install` would put it there, which with some hundred packages takes its time.
  const place = join(installed, "node_modules", "idp-group-sync");
  const staging = mkdtempSync(join(installed, "package-"));
  await run("tar", ["-xzf", await tarball(), "-C", staging], installed);
  rmSync(place, { recursive: true, force: true });
  renameSync(join(staging, "package"), place);
  rmSync(staging, { recursive: true });
}

async function installPackages() {
  mkdirSync(dirname(installed), { recursive: true });
  const staging = mkdtempSync(`${installed}-`);
  for (const file of ["package.json", "package-lock.json", ".npmrc"])
    copyFileSync(join(here, file), join(staging, file));
  await run("npm", ["ci", "--ignore-scripts", "--prefer-offline"], staging);
  renameSync(staging, installed);
}

/** The pages with what the applications share: the verified claims and the identity provider, and the roles, groups and mapping. */
export const shared = ["docs/backend.md", "docs/integrations/README.md"];

/**
 * A new folder with an application: the files that these pages have, in this order, and the packages that are installed. `type` is that
 * of its package.json.
 */
export function application(pages, { type = "module" } = {}) {
  if (!existsSync(join(installed, "node_modules", "idp-group-sync"))) {
    throw new Error("run `npm test -- integrations` first, which installs what the applications need");
  }
  const folder = mkdtempSync(join(installed, "application-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true, type })}\n`);
  for (const { file, text } of pages.flatMap((page) => blocksOf(page))) {
    if (file === undefined) continue;
    const path = join(folder, ...file.split("/"));
    if (!path.startsWith(folder + sep)) throw new Error(`${file} leads out of the application`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** A file of the packages that are installed, and a program of theirs. */
export const installedFile = (path) => join(installed, "node_modules", path);
export const installedTool = (name) => installedFile(join(".bin", name));

if (process.argv[1] === fileURLToPath(import.meta.url)) await install();
