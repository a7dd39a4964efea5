// The JavaScript in the documents is what a reader would copy: each block is run, as it is, in a project of its own kind with
// the packed package installed.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball } from "../package/support/project.mjs";
import { blocksOf } from "./support/blocks.mjs";

/** The endings of files by the language of a block; as in a project that says nothing about modules. */
const endings = { js: "mjs", cjs: "cjs" };

/** Pages whose programs print what they say, and have it written beside it. */
const printing = ["README.md", "docs/compare.md", "docs/why.md"];

/** Pages whose programs check what they say. */
const guides = ["docs/application.md", "docs/javascript.md", "docs/planning.md", "docs/settings.md", "docs/login.md"];
const pages = [...printing, "pkg-template/README.md", ...guides];

/** What the programs use besides the package. */
const database = join(root, "node_modules", "@electric-sql", "pglite");

const programsOf = (page) => blocksOf(page).filter(({ language, file }) => language in endings && file === undefined);
const filesOf = (page) => blocksOf(page).filter(({ file }) => file !== undefined);
const promisedBy = (text) => [...text.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
const folderOf = (page) => join(folder, page.replace(/\W/g, "-"));

let folder;

before(async () => {
  folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball(), database], folder);
  for (const page of pages) {
    mkdirSync(folderOf(page));
    for (const { file, text } of filesOf(page)) writeFileSync(join(folderOf(page), file), text);
  }
});

test("docs/javascript.md has examples of both kinds of module", () => {
  const languages = programsOf("docs/javascript.md").map(({ language }) => language);
  assert.deepEqual(new Set(languages), new Set(Object.keys(endings)));
});

for (const page of printing) {
  test(`${page} has programs, and each says what it prints`, () => {
    const programs = programsOf(page);
    assert.ok(programs.length > 0);
    for (const { line, text } of programs) assert.ok(promisedBy(text).length > 0, `${page}:${line} says nothing`);
  });
}

for (const page of guides) {
  test(`${page} has programs; each checks what it says, and each file is used by one`, () => {
    const programs = programsOf(page);
    assert.ok(programs.length > 0);
    for (const { line, text } of programs)
      assert.match(text, /\b(assert\.|testStore\()/, `${page}:${line} checks nothing`);
    for (const { line, file } of filesOf(page)) {
      assert.ok(
        programs.some(({ text }) => text.includes(file)),
        `${page}:${line}: no program uses ${file}`,
      );
    }
  });
}

for (const page of pages) {
  for (const { language, line, text } of programsOf(page)) {
    test(`${page}:${line}`, async () => {
      const program = `line-${line}.${endings[language]}`;
      writeFileSync(join(folderOf(page), program), text);
      const printed = await run(process.execPath, [program], folderOf(page));
      const promised = promisedBy(text);
      if (promised.length > 0) assert.equal(printed, `${promised.join("\n")}\n`);
    });
  }
}
