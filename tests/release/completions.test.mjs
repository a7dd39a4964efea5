// What zsh and fish themselves offer with the scripts of `completions`. Those of bash are tested with the package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { adminRepository, cli } from "../package/support/command-line.mjs";

const capture = fileURLToPath(new URL("support/capture.zsh", import.meta.url));

/** What is typed, and what is offered; a word stands for itself, without what is told about it. */
const expected = {
  ex: ["explain"],
  "--": ["--help", "--version"],
  "check --de": ["--deny-warnings"],
  "check --format ": ["github", "human", "json", "junit", "sarif"],
  "check --format=j": ["json", "junit"],
  "check --catalog cat": ["catalog.json"],
  "check odd": ["odd name.txt"],
  "explain --claim ": [],
  "test scen": ["scenarios.json"],
  "completions ": ["bash", "fish", "zsh"],
  "help rec": ["reconcile"],
  // A file called as a command.
  "fmt check --che": ["--check"],
  "fmt check --de": [],
};

let folder;

before(async () => {
  folder = await adminRepository();
  copyFileSync(join(folder, "mapping.txt"), join(folder, "odd name.txt"));
  copyFileSync(join(folder, "mapping.txt"), join(folder, "check"));
  for (const shell of ["zsh", "fish"]) {
    const { stdout } = await cli(["completions", shell], { folder });
    writeFileSync(join(folder, `completions.${shell}`), stdout);
  }
});

/** Without the settings of whoever runs this. */
function run(shell, args, input = "") {
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, ZDOTDIR: home, XDG_CONFIG_HOME: home, LC_ALL: "C.UTF-8" };
  const { stdout, stderr, error } = spawnSync(shell, args, { cwd: folder, env, input, encoding: "utf8" });
  assert.equal(error, undefined);
  assert.equal(stderr, "");
  return stdout;
}

test("fish offers commands, options, values and files", () => {
  for (const [words, offers] of Object.entries(expected)) {
    const line = `idp-group-sync ${words}`;
    const script = "source completions.fish; complete --do-complete $argv[1]";
    const printed = run("fish", ["--no-config", "--command", script, line]);
    const found = printed
      .split("\n")
      .filter(Boolean)
      .map((offer) => offer.split("\t")[0].replace(/^--format=/, ""));
    assert.deepEqual(found.sort(), offers, line);
  }
});

test("zsh offers commands, options, values and files", () => {
  const lines = Object.keys(expected).map((words) => `idp-group-sync ${words}`);
  const printed = run("zsh", ["-f", capture, "completions.zsh"], lines.join("\n").concat("\n"));
  const found = printed
    .split(/^LINE /m)
    .slice(1)
    .map((block) => {
      const [line, ...offers] = block.split("\n");
      return [
        line,
        offers
          .filter(Boolean)
          .map((offer) => offer.replace(/^OFFER /, ""))
          .sort(),
      ];
    });
  const wanted = Object.values(expected).map((offers, index) => [lines[index], offers]);
  assert.deepEqual(found, wanted);
});
