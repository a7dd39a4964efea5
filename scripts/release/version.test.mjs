// What the pinned Changesets does to the manifests and the changelog, with the repository's own settings.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../setup/place.mjs";
import { takeUp } from "./version.mjs";

const place = mkdtempSync(join(tmpdir(), "idp-group-sync-"));
after(() => rmSync(place, { recursive: true, force: true }));

const read = (file) => readFileSync(join(place, file), "utf8");
const manifest = (file) => JSON.parse(read(join(file, "package.json")));
const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
const git = (...args) => execFileSync("git", [...who, ...args], { cwd: place, stdio: "ignore" });
const changesets = join(root, "node_modules", "@changesets", "cli", "bin.js");

test("changesets raise both npm packages to one version, with what depends on them, and are told in the one changelog", () => {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const file of ["package.json", ...workspaces.map((folder) => join(folder, "package.json"))]) {
    cpSync(join(root, file), join(place, file), { recursive: true });
  }
  cpSync(join(root, ".changeset", "config.json"), join(place, ".changeset", "config.json"), { recursive: true });
  writeFileSync(join(place, "CHANGELOG.md"), "# Changelog\n\n## 0.0.1\n\n- The first one.\n");
  const [major, minor] = manifest("pkg").version.split(".").map(Number);
  const next = `${major}.${minor + 1}.0`;
  writeFileSync(join(place, ".changeset", "one.md"), '---\n"idp-group-sync": minor\n---\n\nSomething new.\n');
  writeFileSync(
    join(place, ".changeset", "two.md"),
    '---\n"idp-group-sync": patch\n"idp-group-sync-elements": patch\n---\n\nA fault is gone.\n',
  );
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Two changes");

  takeUp(place, () => execFileSync(process.execPath, [changesets, "version"], { cwd: place, stdio: "pipe" }));

  assert.deepEqual([manifest("pkg").version, manifest("www/elements").version], [next, next]);
  assert.equal(manifest("server").dependencies["idp-group-sync"], next);
  assert.equal(manifest("www/admin").dependencies["idp-group-sync-elements"], next);
  assert.equal(manifest("server").version, "0.0.0");
  assert.match(
    read("CHANGELOG.md").replace(`## ${next}\n`, "## next\n"),
    /^# Changelog\n\n## next\n\n### Minor Changes\n\n- \w+: Something new\.\n\n### Patch Changes\n\n- \w+: A fault is gone\.\n\n## 0\.0\.1\n\n- The first one\.\n$/,
  );
  assert.deepEqual(readdirSync(join(place, ".changeset")), ["config.json"]);
  for (const folder of ["pkg", "www/elements"]) assert.deepEqual(readdirSync(join(place, folder)), ["package.json"]);
});
