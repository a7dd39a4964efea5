// The JSON Schemas of the package: they hold what the engine reads and writes, and refuse what it refuses.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { adminRepository, cli } from "./support/command-line.mjs";

let folder;
let place;
let schemas;

before(async () => {
  folder = await adminRepository();
  place = join(folder, "node_modules", "idp-group-sync", "schemas");
  // Types are told beside `anyOf`, and formats of numbers are notes.
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  schemas = Object.fromEntries(readdirSync(place).map((name) => [name, ajv.compile(fileOf(name))]));
});

const fileOf = (name) => JSON.parse(readFileSync(join(place, name), "utf8"));
const jsonOf = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const settings = {
  version: 1,
  enabled: true,
  claim: "groups",
  mapping: "",
  policy: { removal: "mapped" },
  defaultWorkspace: "main",
  workspaces: [{ id: "main", enabled: true }],
};
const linesOf = (text) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

function holds(name, value) {
  assert.ok(schemas[name](value), `${name}: ${JSON.stringify(schemas[name].errors)}`);
}

test("the examples are as the schemas that they name say", () => {
  const named = readdirSync(folder).flatMap((name) => {
    if (!name.endsWith(".json")) return [];
    const { $schema } = jsonOf(name);
    return $schema === undefined ? [] : [[name, $schema]];
  });
  assert.ok(named.length >= 5);
  for (const [name, address] of named) {
    assert.ok(existsSync(join(folder, address)), `${name} names a schema that there is`);
    holds(address.split("/").at(-1), jsonOf(name));
  }
  holds("scenarios.json", jsonOf("scenarios.json"));
  for (const line of linesOf(readFileSync(join(folder, "users.jsonl"), "utf8"))) holds("users-line.json", line);
  for (const line of linesOf(readFileSync(join(folder, "directory.jsonl"), "utf8"))) holds("directory-line.json", line);
  holds("policy.json", jsonOf("group-sync.json").policy);
  holds("guards.json", { lastAdmin: true, seats: { roles: { builder: { used: 5, limit: 5 } } } });
  holds("idp-groups.json", ["Sales Team", { name: "8f3b", label: "Sales", users: 12 }]);
});

test("a type that several files have is the same in all of them, and stands under its name in the definitions", () => {
  const { $defs: definitions } = fileOf("definitions.json");
  const files = Object.keys(schemas).filter((name) => name !== "definitions.json");
  const names = new Set(files.flatMap((name) => Object.keys(fileOf(name).$defs ?? {})));
  assert.ok(names.size > 40);
  for (const name of names) {
    const [first, ...others] = files.flatMap((file) => fileOf(file).$defs?.[name] ?? []);
    for (const other of others) assert.deepEqual(other, first, name);
    assert.equal(definitions[name].description, first.description);
  }
  for (const [, name] of JSON.stringify(definitions).matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)) {
    assert.ok(name in definitions, name);
  }
});

test("the definitions are as the types say: what may be left out is not null, unless that has a meaning", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(fileOf("definitions.json"), "all");
  const allows = (name, value) => ajv.validate({ $ref: `all#/$defs/${name}` }, value);
  assert.ok(allows("WorkspaceSettings", { id: "lab", enabled: true }));
  assert.ok(!allows("WorkspaceSettings", { id: "lab", enabled: true, claim: null }));
  assert.ok(allows("Membership", { role: null, groups: [] }));
  assert.ok(!allows("Membership", { role: null, roleGrantedBy: null, groups: [] }));
  assert.ok(allows("Expectation", { role: null }));
  assert.ok(!allows("Expectation", { groups: null }));
  assert.ok(allows("InstanceSettings", settings));
  assert.ok(!allows("InstanceSettings", { ...settings, colour: "red" }));
});

test("what the commands refuse, the schemas refuse", async () => {
  const wrong = {
    "settings.json": [{ ...jsonOf("settings.json"), colour: "red" }, ["check", "--settings"]],
    "configuration.json": [{ ...jsonOf("group-sync.json"), colour: "red" }, ["check", "--config"]],
    "catalog.json": [{ roles: "admin", groups: [] }, ["check", "mapping.txt", "--catalog"]],
    "scenarios.json": [[{ name: "no expectation", groups: [] }], ["test", "--config", "group-sync.json"]],
    "membership.json": [{ role: "builder" }, ["plan", "-g", "a", "--config", "group-sync.json", "--membership"]],
  };
  for (const [name, [value, args]] of Object.entries(wrong)) {
    writeFileSync(join(folder, "wrong.json"), JSON.stringify(value));
    assert.equal((await cli([...args, "wrong.json"], { folder })).code, 2, name);
    assert.equal(schemas[name](value), false, name);
  }
  const line = { id: "ada", groups: ["a"], colour: "red" };
  writeFileSync(join(folder, "wrong.jsonl"), JSON.stringify(line));
  const sides = ["--before", "mapping.txt", "--after", "mapping.txt", "--config", "group-sync.json"];
  assert.equal((await cli(["impact", ...sides, "--users", "wrong.jsonl"], { folder })).code, 1);
  assert.equal(schemas["users-line.json"](line), false);
});

test("what the commands print is as the schemas say", async () => {
  writeFileSync(join(folder, "after.txt"), "Sales Team => slaes\nEngineering -> marketting\n");
  writeFileSync(join(folder, "other.txt"), "Sales Team -> sales\n");
  const config = ["--config", "group-sync.json"];
  const print = async (...args) => (await cli([...args, "--format", "json"], { folder })).stdout;
  const json = async (...args) => JSON.parse(await print(...args));
  const diagnostics = await json("check", "after.txt", "--catalog", "catalog.json");
  assert.ok(diagnostics.length > 1);
  for (const diagnostic of diagnostics) holds("diagnostic.json", diagnostic);
  holds("resolution.json", await json("explain", "token.json", ...config));
  holds("plan.json", await json("plan", "token.json", "--membership", "membership.json", ...config));
  holds("mapping-diff.json", await json("diff", "mapping.txt", "other.txt", ...config));
  for (const result of await json("test", "scenarios.json", ...config)) holds("scenario-result.json", result);
  const { guarantees } = await json("test", "guarantees.json", ...config);
  for (const result of guarantees) holds("guarantee-result.json", result);
  holds("imported-mapping.json", await json("import", "mapping.txt"));
  const users = ["--before", "mapping.txt", "--after", "other.txt", "--users", "users.jsonl", ...config];
  const directory = ["--settings", "settings.json", "--directory", "directory.jsonl"];
  for (const [kind, args] of Object.entries({ impact: ["impact", ...users], reconcile: ["reconcile", ...directory] })) {
    const lines = linesOf(await print(...args));
    assert.ok(lines.length > 1);
    for (const line of lines.slice(0, -1)) holds(`${kind}-change.json`, line);
    holds(`${kind}-summary.json`, lines.at(-1).summary);
  }
});
