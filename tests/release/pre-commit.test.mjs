// The hooks, as pre-commit runs them when somebody commits to a repository made from examples/admin-repository.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, tarball } from "../package/support/project.mjs";
import { preCommit } from "./support/python.mjs";

const git = (cwd, ...args) => execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];

/** What of the repository the hooks are made of, committed, as pre-commit clones it. */
function hooks() {
  const folder = emptyFolder();
  for (const path of [".pre-commit-hooks.yaml", "ci", join("pkg", "package.json")]) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, ...who, "commit", "--quiet", "--message", "Hooks");
  return { repo: folder, rev: git(folder, "rev-parse", "HEAD").trim() };
}

test("a commit is formatted, checked and tested", async () => {
  const folder = emptyFolder();
  cpSync(join(root, "examples", "admin-repository"), folder, { recursive: true });
  const { repo, rev } = hooks();
  const ids = ["group-sync-fmt", "group-sync-check", "group-sync-test"];
  const listed = ids.map((id) => `      - id: ${id}\n`).join("");
  const config = `repos:\n  - repo: ${repo}\n    rev: ${rev}\n    hooks:\n${listed}`;
  writeFileSync(join(folder, ".pre-commit-config.yaml"), config);
  git(folder, "init", "--quiet");
  const env = {
    ...process.env,
    IDP_GROUP_SYNC_PACKAGE: await tarball(),
    PRE_COMMIT_HOME: emptyFolder(),
    npm_config_cache: emptyFolder(),
    npm_config_offline: "true",
  };
  const commit = () => {
    git(folder, "add", "--all");
    const { status, stdout, stderr } = spawnSync(preCommit, ["run"], { cwd: folder, env, encoding: "utf8" });
    return { status, printed: stdout + stderr };
  };
  const file = join(folder, "mapping.txt");
  const mapping = readFileSync(file, "utf8");

  const right = commit();
  assert.equal(right.status, 0, right.printed);
  assert.equal(right.printed.match(/Passed/g)?.length, ids.length, right.printed);

  writeFileSync(file, mapping.replace("Sales Team -> sales", "Sales Team  ->   sales"));
  const unformatted = commit();
  assert.equal(unformatted.status, 1);
  assert.match(unformatted.printed, /files were modified by this hook/);
  assert.equal(readFileSync(file, "utf8"), mapping);

  writeFileSync(file, mapping.replace("Engineering -> developers\n", ""));
  const unexpected = commit();
  assert.equal(unexpected.status, 1);
  assert.match(unexpected.printed, /engineers build/);

  writeFileSync(file, mapping.replace("Key Accounts -> crm", "Key Accounts -> cmr"));
  const doubtful = commit();
  assert.equal(doubtful.status, 1);
  assert.match(doubtful.printed, /check group mappings\.*Failed[\s\S]*fix: write `crm`/);

  writeFileSync(file, `${mapping}Sales Team ->\n`);
  const wrong = commit();
  assert.equal(wrong.status, 1);
  assert.match(wrong.printed, /check group mappings\.*Failed/);
});
