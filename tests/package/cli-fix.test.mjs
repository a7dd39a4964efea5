// `fmt` and `check --fix`: what they make of files, and what they leave alone.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { cli, cliProject } from "./support/command-line.mjs";

let project;
let folder;
let count = 0;

before(async () => {
  project = await cliProject();
});

/** Each test has a folder of its own, within the project that has the program. */
beforeEach(() => {
  count += 1;
  folder = join(project, `fix-${count}`);
  mkdirSync(folder);
});

const write = (name, text) => writeFileSync(join(folder, name), text);
const read = (name) => readFileSync(join(folder, name), "utf8");
const run = (...args) => cli(args, { folder: project });
const fmt = (...args) => run("fmt", ...args.map((arg) => (arg.startsWith("-") ? arg : join(folder, arg))));
const fix = (name, ...args) => run("check", "--fix", join(folder, name), "--catalog", "catalog.json", ...args);

describe("fmt", () => {
  test("writes the canonical form, whose comments, blank lines and order are the text's", async () => {
    write("mapping.txt", '\n# Sales\n\n\nKey Accounts->crm,"Sales Team" → sales, # why\n\nb -> x\na -> x,,');
    assert.deepEqual(await fmt("mapping.txt"), {
      code: 0,
      stdout: `formatted ${join(folder, "mapping.txt")}\n`,
      stderr: "",
    });
    assert.equal(read("mapping.txt"), "# Sales\n\nKey Accounts -> crm\nSales Team -> sales, # why\n\nb -> x\na -> x\n");
    assert.deepEqual(await fmt("mapping.txt"), { code: 0, stdout: "", stderr: "" });
    assert.deepEqual(readdirSync(folder), ["mapping.txt"], "nothing is left beside it");
  });

  test("--check changes nothing", async () => {
    write("mapping.txt", "a->b");
    const { code, stdout } = await fmt("--check", "mapping.txt");
    assert.deepEqual([code, stdout], [1, `not formatted ${join(folder, "mapping.txt")}\n`]);
    assert.equal(read("mapping.txt"), "a->b");
  });

  test("a text with errors stays as it is, and the others are formatted", async () => {
    write("mapping.txt", "a=>b");
    write("b.mapping", "a->b");
    const { code, stdout, stderr } = await fmt("mapping.txt", "b.mapping");
    assert.deepEqual([code, stdout], [1, `formatted ${join(folder, "b.mapping")}\n`]);
    assert.match(stderr, /^error\[missing-arrow\]/);
    assert.match(
      stderr,
      /1 error; a text with errors is not formatted\n2 files: 1 formatted, 0 unchanged, 1 with errors\n$/,
    );
    assert.deepEqual([read("mapping.txt"), read("b.mapping")], ["a=>b", "a -> b\n"]);
  });

  test("line breaks of Windows, a byte order mark and the mode stay", async () => {
    write("mapping.txt", "\ufeffa->b\r\n\r\nc->d\r\n");
    chmodSync(join(folder, "mapping.txt"), 0o640);
    assert.equal((await fmt("mapping.txt")).code, 0);
    assert.equal(read("mapping.txt"), "\ufeffa -> b\r\n\r\nc -> d\r\n");
    assert.equal(statSync(join(folder, "mapping.txt")).mode & 0o777, 0o640);
  });

  test("of a link, the file that it leads to is written", async () => {
    write("real.txt", "a->b");
    symlinkSync("real.txt", join(folder, "mapping.txt"));
    assert.equal((await fmt("mapping.txt")).code, 0);
    assert.equal(read("real.txt"), "a -> b\n");
  });

  test("UTF-16 is refused, as it would not be what was there", async () => {
    write("mapping.txt", Buffer.from("\ufeffa->b", "utf16le"));
    const { code, stderr } = await fmt("mapping.txt");
    assert.equal(code, 2);
    assert.match(stderr, /mapping\.txt: this can't be written: it is in UTF-16; save it as UTF-8\n$/);
  });

  test("a folder stands for the texts in it, at any depth", async () => {
    mkdirSync(join(folder, "emea", ".git"), { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    for (const name of ["mapping.txt", "emea/new-mapping.txt", "emea/sales.mapping"]) write(name, "a->b");
    for (const name of ["notes.txt", "emea/.git/mapping.txt", "node_modules/mapping.txt"]) write(name, "a->b");
    const { stdout } = await fmt("--check", ".");
    assert.deepEqual(
      stdout.trim().split("\n"),
      ["emea/new-mapping.txt", "emea/sales.mapping", "mapping.txt"].map(
        (name) => `not formatted ${join(folder, name)}`,
      ),
    );
    const none = await fmt("emea/.git/..", "node_modules/../emea/.git");
    assert.equal(none.code, 0, "a hidden folder that is named is meant");
    mkdirSync(join(folder, "empty"));
    const empty = await fmt("empty");
    assert.equal(empty.code, 2);
    assert.match(empty.stderr, /empty: there is none of `mapping\.txt`, .* in this folder\n$/);
  });

  test("standard input is printed, and a configuration refused", async () => {
    assert.deepEqual(await cli(["fmt", "-"], { input: "a->b,c->d" }), {
      code: 0,
      stdout: "a -> b\nc -> d\n",
      stderr: "",
    });
    assert.equal((await cli(["fmt", "-", "--check"], { input: "a->b" })).code, 1);
    const { code, stderr } = await run("fmt", "catalog.json");
    assert.deepEqual(
      [code, stderr],
      [2, "error: catalog.json: this is a configuration; `fmt` writes the texts of mappings\n"],
    );
  });
});

describe("check --fix", () => {
  test("applies what the diagnostics offer, and nothing else", async () => {
    write("mapping.txt", "# one\nSales  Team => sales,\n\nMarketing Team -> marketting\nOther -> nothing alike\n");
    const { code, stdout, stderr } = await fix("mapping.txt");
    const name = join(folder, "mapping.txt");
    assert.equal(
      stderr,
      `fixed ${name}:2:13: write \`->\` instead of \`=>\`\nfixed ${name}:4:19: write \`marketing\`\n`,
    );
    assert.equal(code, 0);
    assert.match(stdout, /^warning\[unknown-target\]: `nothing alike`/);
    assert.equal(
      read("mapping.txt"),
      "# one\nSales  Team -> sales,\n\nMarketing Team -> marketing\nOther -> nothing alike\n",
    );
  });

  test("a fix may bring another to light", async () => {
    write("mapping.txt", "a => slaes\n");
    const { code } = await fix("mapping.txt", "--deny-warnings");
    assert.equal(code, 0);
    assert.equal(read("mapping.txt"), "a -> sales\n");
  });

  test("nothing to fix leaves the file alone", async () => {
    write("mapping.txt", "a   ->  sales");
    const { ino } = statSync(join(folder, "mapping.txt"));
    assert.deepEqual((await fix("mapping.txt")).stderr, "");
    assert.equal(statSync(join(folder, "mapping.txt")).ino, ino);
  });

  test("a mapping within JSON is not changed, which is said", async () => {
    const text = JSON.stringify({ mapping: "a => sales", catalogFile: "../catalog.json" });
    write("group-sync.json", text);
    const { code, stderr } = await run("check", "--fix", join(folder, "group-sync.json"));
    assert.equal(code, 1);
    assert.match(stderr, /^note: .* \(mapping\): 1 fix left out, as only a mapping in a file of its own is changed\n$/);
    assert.equal(read("group-sync.json"), text);
  });

  test("a mapping that a configuration names is changed", async () => {
    write("mine.txt", "a => sales");
    write("group-sync.json", JSON.stringify({ mappingFile: "mine.txt", catalogFile: "../catalog.json" }));
    assert.equal((await run("check", "--fix", join(folder, "group-sync.json"))).code, 0);
    assert.equal(read("mine.txt"), "a -> sales");
  });

  test("standard input is no file", async () => {
    const { code, stderr } = await cli(["check", "--fix", "-"], { input: "a => b" });
    assert.deepEqual([code, stderr], [2, "error: `--fix` changes files, and standard input is none\n"]);
  });
});
