#!/usr/bin/env node
// The command line, of the version that this checkout of the repository is of, from npm: what the hooks of pre-commit run.
// IDP_GROUP_SYNC_PACKAGE names another version, or a tarball.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { name, version } = JSON.parse(readFileSync(new URL("../pkg/package.json", import.meta.url), "utf8"));
const wanted = process.env.IDP_GROUP_SYNC_PACKAGE || `${name}@${version}`;
const { error, status } = spawnSync("npx", ["--yes", "--package", wanted, "--", name, ...process.argv.slice(2)], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (error) throw error;
process.exitCode = status ?? 1;
