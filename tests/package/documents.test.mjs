// What the documents show, run with the installed package.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { project, run } from "./support/project.mjs";

const example = join(root, "examples", "node-login.mjs");

test("examples/node-login.mjs takes at most ten lines of substance", () => {
  const code = readFileSync(example, "utf8").replace(/^\/\/.*\n/gm, "");
  const substance = code.slice(code.indexOf("const sync"));
  assert.ok(substance.split("\n").filter((line) => line.trim() !== "" && line !== "}").length <= 10, substance);
});

test("examples/node-login.mjs with its own sample", async () => {
  const folder = await project("node-esm");
  copyFileSync(example, join(folder, "node-login.mjs"));
  assert.deepEqual((await run(process.execPath, ["node-login.mjs"], folder)).trim().split("\n"), [
    "role: builder [ { kind: 'required-by', group: 'marketing' } ]",
    "groups: [ 'marketing' ]",
    "Marketing Team → marketing { nearMisses: [] }",
    "sales-team → nothing { nearMisses: [ 'Sales Team' ] }",
    "interns → nothing { nearMisses: [] }",
  ]);
});

test("examples/node-login.mjs with the payload of a token, from a file and from stdin", async () => {
  const folder = await project("node-esm");
  copyFileSync(example, join(folder, "node-login.mjs"));
  writeFileSync(join(folder, "payload.json"), '{ "groups": ["admin"] }');
  const expected = [
    "role: admin [ { kind: 'role-group', idpGroup: 'admin' } ]",
    "groups: []",
    "admin → admin { nearMisses: [] }",
  ];
  const fromFile = await run(process.execPath, ["node-login.mjs", "payload.json"], folder);
  assert.deepEqual(fromFile.trim().split("\n"), expected);
  const fromStdin = await run("sh", ["-c", `"${process.execPath}" node-login.mjs - < payload.json`], folder);
  assert.deepEqual(fromStdin.trim().split("\n"), expected);
});

test("the first lines of JavaScript in the package's README print what they say", async () => {
  const folder = await project("node-esm");
  const readme = readFileSync(join(folder, "node_modules", "idp-group-sync", "README.md"), "utf8");
  const [, code] = readme.match(/```js\n([\s\S]*?)```/);
  writeFileSync(join(folder, "readme.js"), code);
  const printed = await run(process.execPath, ["readme.js"], folder);
  const promised = [...code.matchAll(/^console\.log.*; \/\/ (.*)$/gm)].map(([, comment]) => comment);
  assert.ok(promised.length >= 2, "the README promises to print something");
  assert.deepEqual(printed.trim().split("\n"), promised);
});
