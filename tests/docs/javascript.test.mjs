// The JavaScript in the documents is what a reader would copy: each block is run, as it is, in a project of its own kind with
// the packed package installed.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { emptyFolder, run, tarball } from "../package/support/project.mjs";
import { blocksOf } from "./support/blocks.mjs";

/** The endings of files by the language of a block; as in a project that says nothing about modules. */
const endings = { js: "mjs", cjs: "cjs" };

const programsOf = (file) => blocksOf(file).filter(({ language }) => language in endings);

let folder;

before(async () => {
  folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball()], folder);
});

test("docs/javascript.md has examples of both kinds of module, and each checks what it says", () => {
  const programs = programsOf("docs/javascript.md");
  assert.deepEqual(new Set(programs.map(({ language }) => language)), new Set(Object.keys(endings)));
  for (const { line, text } of programs) assert.match(text, /\bassert\./, `docs/javascript.md:${line} checks nothing`);
});

for (const file of ["README.md", "docs/javascript.md"]) {
  for (const { language, line, text } of programsOf(file)) {
    test(`${file}:${line}`, async () => {
      const program = `${file.replace(/\W/g, "-")}-${line}.${endings[language]}`;
      writeFileSync(join(folder, program), text);
      await run(process.execPath, [program], folder);
    });
  }
}
