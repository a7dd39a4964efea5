// The installed package in Node: `import`, `require`, both, and bundled into one file.

import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { expected } from "./support/expected.mjs";
import { emptyFolder, project, runNode } from "./support/project.mjs";

test("`import` in Node", async () => {
  assert.deepEqual(await runNode("main.js", await project("node-esm")), expected);
});

test("`require` of a module that has the `import`, in Node", async () => {
  assert.deepEqual(await runNode("required.cjs", await project("node-esm")), expected);
});

test("`require` in Node", async () => {
  assert.deepEqual(await runNode("login.cjs", await project("node-cjs")), expected);
});

test("`import` and `require` in one process", async () => {
  assert.deepEqual(await runNode("both.cjs", await project("node-cjs")), [expected, expected, expected]);
});

for (const [file, fixture] of [
  ["slim.js", "node-esm"],
  ["slim.cjs", "node-cjs"],
]) {
  test(`the main entry and the slim one share engine and classes (${file})`, async () => {
    const shared = { before: "not-initialised", after: [], sameClasses: true };
    assert.deepEqual(await runNode(file, await project(fixture)), shared);
  });
}

test("the slim entry in Node, with the module from its own place or handed over", async () => {
  const folder = await project("slim-node");
  for (const file of ["init.js", "init.cjs", "init-sync.js", "init-sync.cjs"]) {
    assert.deepEqual(await runNode(file, folder), expected, file);
  }
});

test("a module that cannot be loaded is reported, and another may be loaded after it", async () => {
  const notLoaded = ["GroupSyncError", "invalid-input", "source"];
  assert.deepEqual(await runNode("failures.js", await project("slim-node")), {
    failures: {
      nothing: ["GroupSyncError", "not-initialised", null],
      missing: notLoaded,
      refused: notLoaded,
      text: notLoaded,
      bytes: notLoaded,
      sync: notLoaded,
      otherModule: notLoaded,
    },
    after: [],
  });
});

for (const { title, ...options } of [
  { title: "as esm", format: "esm" },
  { title: "as cjs", format: "cjs" },
  { title: "as esm, with conditions as Node has them", format: "esm", conditions: ["node"] },
  { title: "as cjs, with conditions as Node has them", format: "cjs", conditions: ["node"] },
]) {
  test(`bundled by esbuild for Node ${title}, moved, and run without the package`, async () => {
    const folder = await project("esbuild");
    const elsewhere = emptyFolder();
    const outfile = join(elsewhere, options.format === "esm" ? "bundle.mjs" : "bundle.cjs");
    await build({
      absWorkingDir: folder,
      entryPoints: ["main.js"],
      outfile,
      bundle: true,
      minify: true,
      platform: "node",
      ...options,
      logLevel: "silent",
    });
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    assert.deepEqual(await runNode(outfile, elsewhere), expected);
  });
}
