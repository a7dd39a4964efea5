// Projects as a user has them: an empty folder with a few files, into which the packed package is installed.

import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { root } from "../../../scripts/setup/place.mjs";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const execute = promisify(execFile);
const folders = [];
let packed;

process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder that is removed when the tests of this file are done; far from the repository, whose packages it cannot find. */
export function emptyFolder() {
  const folder = mkdtempSync(join(tmpdir(), "idp-group-sync-"));
  folders.push(folder);
  return folder;
}

/** Packs pkg/ as `npm publish` would, once for every test file. */
export function tarball() {
  packed ??= pack();
  return packed;
}

async function pack() {
  const folder = emptyFolder();
  await run("npm", ["pack", join(root, "pkg"), "--pack-destination", folder, "--ignore-scripts"], folder);
  return join(folder, readdirSync(folder)[0]);
}

/** Copies a fixture into an empty folder and installs the packed package there. Nothing is downloaded: it has no dependencies. */
export async function project(fixture) {
  const folder = emptyFolder();
  cpSync(join(fixtures, "common"), folder, { recursive: true });
  cpSync(join(fixtures, fixture), folder, { recursive: true });
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball()], folder);
  return folder;
}

/** Runs a program in a folder and returns what it prints; a failure carries all of its output. */
export async function run(program, args, cwd, env = {}) {
  const shell = process.platform === "win32";
  try {
    const { stdout } = await execute(program, args, { cwd, shell, env: { ...process.env, NODE_OPTIONS: "", ...env } });
    return stdout;
  } catch ({ message, stdout, stderr }) {
    throw new Error([message, stdout, stderr].filter(Boolean).join("\n"));
  }
}

/** Runs a JavaScript file with this Node, and reads what it prints as JSON. */
export async function runNode(file, cwd) {
  return JSON.parse(await run(process.execPath, [file], cwd));
}

/** A program that came with the repository's npm packages. */
export function tool(name) {
  return join(root, "node_modules", ".bin", name);
}
