#!/usr/bin/env node
// The command line, of the version that this checkout of the repository is of, from npm: what the hooks of pre-commit run.
// IDP_GROUP_SYNC_PACKAGE names another version, or a tarball.

import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const manifest = new URL("../pkg-template/package.json", import.meta.url);

/** Runs it with these arguments; what it prints is shown, or returned where `stdout` is "pipe". */
export function groupSync(args, { stdout = "inherit" } = {}) {
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
  const wanted = process.env.IDP_GROUP_SYNC_PACKAGE || `${name}@${version}`;
  const npx = ["--yes", "--package", wanted, "--", name, ...args];
  const shell = process.platform === "win32";
  const ended = spawnSync("npx", npx, {
    stdio: ["inherit", stdout, "inherit"],
    encoding: "utf8",
    shell,
    maxBuffer: 1 << 26,
  });
  if (ended.error) throw ended.error;
  return { code: ended.status ?? 1, stdout: ended.stdout ?? "" };
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = groupSync(process.argv.slice(2)).code;
}
