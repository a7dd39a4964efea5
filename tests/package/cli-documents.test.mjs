// Every example of docs/cli.md is run in examples/admin-repository, and prints what the document says.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { blocksOf } from "../docs/support/blocks.mjs";
import { adminRepository, shell } from "./support/command-line.mjs";

const blocks = blocksOf("docs/cli.md").filter(({ language }) => language === "console");

let folder;

before(async () => {
  folder = await adminRepository();
});

test("docs/cli.md shows every command", () => {
  const shown = blocks.flatMap(({ text }) =>
    [...text.matchAll(/^\$ npx idp-group-sync (\w+)/gm)].map(([, name]) => name),
  );
  assert.deepEqual([...new Set(shown)].sort(), [
    "check",
    "completions",
    "diff",
    "explain",
    "fmt",
    "impact",
    "import",
    "merge",
    "plan",
    "reconcile",
    "test",
  ]);
});

for (const { line, text } of blocks) {
  test(`docs/cli.md:${line}`, async () => {
    const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command]) => command);
    const { stdout } = await shell(script(commands), folder);
    const printed = stdout.split("\0");
    const session = commands.map((command, index) => `$ ${command}\n${printed[index]}`).join("");
    assert.equal(session, text);
  });
}

/**
 * Runs one command after the other, with a NUL after what each of them printed; `$?` is the exit code of the one before. The
 * program is found without npx, which would take half a second each time; another test runs it that way.
 */
function script(commands) {
  const steps = commands.map((command) => `(exit $code); ${command.replaceAll("npx ", "")}; code=$?; printf '\\0'`);
  return ["exec 2>&1", "code=0", ...steps].join("\n");
}
