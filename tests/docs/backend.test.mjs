// The programs of docs/backend.md that need no network, each run as it stands.

import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { run } from "../package/support/project.mjs";
import { guide, page } from "./backend/guide.mjs";
import { blocksOf } from "./support/blocks.mjs";

const blocks = blocksOf(page).filter(({ language }) => ["js", "ts", "sql"].includes(language));
const files = blocks.filter(({ file }) => file !== undefined);
const programs = blocks.filter(({ file }) => file === undefined);

let folder;

before(async () => {
  folder = await guide();
});

test("each program checks what it says, and each file is used by another one or run", () => {
  assert.ok(programs.length > 0);
  for (const { line, text } of programs) assert.match(text, /\bassert\./, `${page}:${line} checks nothing`);
  const run = ["express-app.mjs", "fastify-app.mjs", "main.ts", "set-up.mjs", "identity-provider.mjs"];
  for (const { line, file } of files) {
    const others = blocks.filter((block) => block.file !== file);
    assert.ok(
      run.includes(file) || others.some(({ text }) => text.includes(file)),
      `${page}:${line}: ${file} is not used`,
    );
  }
});

for (const { line, text } of programs) {
  test(`${page}:${line}`, async () => {
    writeFileSync(join(folder, `line-${line}.mjs`), text);
    await run(process.execPath, [`line-${line}.mjs`], folder);
  });
}

test("after the engine has stopped, compiled logins are compiled again", async () => {
  cpSync(join(root, "tests", "package", "support", "trap.mjs"), join(folder, "trap.mjs"));
  cpSync(join(root, "tests", "docs", "backend", "stopped-engine.mjs"), join(folder, "stopped-engine.mjs"));
  await run(process.execPath, ["stopped-engine.mjs"], folder);
});
