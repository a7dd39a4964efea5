// Documents in YAML, the `$schema` of a document, several of them at once, and settings by their own option.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { adminRepository, cli } from "./support/command-line.mjs";

let folder;

before(async () => {
  folder = await adminRepository();
});

const run = (...args) => cli(args, { folder });
const write = (name, text) => writeFileSync(join(folder, name), text);
const jsonOf = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

describe("YAML", () => {
  test("is read wherever JSON is, and means the same", async () => {
    // Every JSON text is YAML too, so the same files serve.
    for (const name of ["catalog", "group-sync", "scenarios", "guarantees", "settings", "membership"]) {
      write(`${name}.yaml`, `# ${name}\n${readFileSync(join(folder, `${name}.json`), "utf8")}`);
    }
    const both = [
      (end) => ["check", "mapping.txt", "--catalog", `catalog.${end}`],
      (end) => ["test", `scenarios.${end}`, "--config", `group-sync.${end}`],
      (end) => ["explain", "token.json", "--settings", `settings.${end}`, "-w", "lab"],
      (end) => ["plan", "token.json", "--membership", `membership.${end}`, "--config", `group-sync.${end}`],
      (end) => ["diff", `group-sync.${end}`, `settings.${end}`],
      (end) => ["reconcile", "--settings", `settings.${end}`, "--directory", "directory.jsonl"],
    ];
    for (const args of both) {
      const [json, yaml] = [await run(...args("json")), await run(...args("yaml"))];
      const text = (output) => output.stdout.replaceAll(".yaml", ".json").replace(/json:\d+/g, "json");
      assert.deepEqual([yaml.code, text(yaml), yaml.stderr], [json.code, text(json), json.stderr], args("yaml")[0]);
    }
  });

  test("faults have their place", async () => {
    const refusals = {
      "a: 1\na: 2\n": "2:1: this is no YAML: this field stands twice in its object",
      "catalogFile: catalog.json\nmapping: [a\n": "3:1: this is no YAML: ",
      "a: 1\n---\nb: 1\n": "2:1: this is no YAML: only one document may stand in a file",
      "mapping: !!python x\n": "1:10: this is no YAML: unresolved tag",
      "mapping: *none\n": "1:1: this is no YAML: unresolved alias",
      "mapping: a -> b\ncolour: red\n": "2:1: colour: there is no such field",
      "mapping: 7\n": "1:1: mapping: expected the text of a mapping",
      "catalog:\n  groups:\n    - name: 7\nmapping: ''\n": "3:7: catalog.groups[0].name: expected",
      "# nothing\n": " this is empty, where YAML is expected",
    };
    for (const [text, message] of Object.entries(refusals)) {
      write("wrong.yaml", text);
      const { code, stderr } = await run("check", "wrong.yaml");
      assert.equal(code, 2, text);
      assert.ok(stderr.startsWith(`error: wrong.yaml:${message}`), `${JSON.stringify(text)}: ${stderr}`);
    }
  });

  test("cannot be made large by what refers to itself", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const bomb = names.map((name, index) =>
      index === 0
        ? `${name}: &${name} x`
        : `${name}: &${name} [${Array(10)
            .fill(`*${names[index - 1]}`)
            .join(", ")}]`,
    );
    write("bomb.yaml", `${bomb.join("\n")}\n`);
    const { code, stderr } = await run("check", "bomb.yaml");
    assert.equal(code, 2);
    assert.match(stderr, /^error: bomb\.yaml:1:1: this is no YAML: excessive alias count/);
  });
});

describe("$schema", () => {
  test("is passed over in every document", async () => {
    for (const name of ["catalog", "group-sync", "settings", "membership"]) {
      write(`with-${name}.json`, JSON.stringify({ $schema: "./schemas/x.json", ...jsonOf(`${name}.json`) }));
    }
    write("with-scenarios.json", JSON.stringify({ $schema: "x", scenarios: jsonOf("scenarios.json") }));
    const options = ["--config", "with-group-sync.json", "--catalog", "with-catalog.json"];
    assert.equal((await run("test", "with-scenarios.json", ...options)).code, 0);
    assert.equal((await run("test", "with-settings.json")).code, 0);
    assert.equal((await run("plan", "-g", "a", "--membership", "with-membership.json", ...options)).code, 0);
  });

  test("is an address", async () => {
    write("number.json", '{ "$schema": 7, "groups": [] }');
    const { code, stderr } = await run("check", "mapping.txt", "--catalog", "number.json");
    assert.deepEqual([code, stderr], [2, "error: number.json:1:3: $schema: expected the address of a JSON Schema\n"]);
  });
});

describe("several files", () => {
  test("are checked one after the other, and the configuration of a text is found", async () => {
    const { code, stdout, stderr } = await run("check", ".", "--format", "json");
    assert.equal(code, 0);
    assert.match(stderr, /^note: .* only the syntax of new-mapping\.txt was checked/);
    const found = JSON.parse(stdout).map(({ file, workspace }) => [file, workspace]);
    for (const one of [
      ["mapping.txt", null],
      ["settings.json", null],
      ["settings.json", "lab"],
    ]) {
      assert.equal(found.filter((other) => other.join() === one.join()).length >= 1, true, one.join());
    }
  });

  test("one that has no catalog is named", async () => {
    mkdirSync(join(folder, "alone"));
    write("alone/mapping.txt", "a -> b\n");
    const { stderr } = await run("check", "settings.json", "alone");
    assert.match(stderr, /^note: without a catalog, only the syntax of alone\/mapping\.txt was checked/);
  });

  test("are tested together", async () => {
    const { code, stdout } = await run(
      "test",
      "scenarios.json",
      "settings.json",
      "-c",
      "group-sync.json",
      "-f",
      "json",
    );
    assert.equal(code, 0);
    assert.deepEqual(
      JSON.parse(stdout).map(({ file, workspace, scenarios }) => [file, workspace, scenarios.length]),
      [
        ["scenarios.json", null, 5],
        ["settings.json", null, 1],
        ["settings.json", "lab", 0],
      ],
    );
  });

  test("standard input is one of them at most", async () => {
    const { code, stderr } = await run("check", "-", "--catalog", "catalog.json", "-");
    assert.equal(code, 2);
    assert.match(stderr, /standard input \(`-`\) can be only one file, not `mappings` and `mappings`/);
  });
});

describe("--settings", () => {
  test("decides in every command, by what holds in a workspace", async () => {
    const lab = ["--settings", "settings.json", "--workspace", "lab"];
    assert.match((await run("explain", "-g", "Researchers", ...lab)).stdout, /\ngroups {3}labs\n/);
    assert.match((await run("check", ...lab)).stdout, /mapping of lab\): 2 entries/);
    assert.match(
      (await run("check", "--settings", "settings.json")).stdout,
      /\(mapping\): .*\n(.*\n)*.*mapping of lab\)/,
    );
    assert.match((await run("test", ...lab)).stdout, /^ok {4}lab: no sales people in the lab\n\n1 guarantee/);
    assert.equal((await run("test", "--settings", "settings.json")).code, 0);
    write("expected.json", '[{ "name": "labs", "groups": ["Researchers"], "expect": { "groups": ["labs"] } }]');
    assert.equal((await run("test", "expected.json", ...lab)).code, 0);
    assert.equal((await run("test", "expected.json", "--settings", "settings.json", "-w", "main")).code, 1);
    write("empty.txt", "");
    const compared = await run("diff", "empty.txt", "settings.json", ...lab);
    assert.match(compared.stdout, /Researchers .*gains/);
    const member = ["--membership", "membership.json"];
    assert.match((await run("plan", "-g", "Researchers", ...member, ...lab)).stdout, /\njoin {5}labs\n/);
  });

  test("and an option replaces its part", async () => {
    const { document } = { document: jsonOf("settings.json") };
    delete document.catalogs;
    write("stored.json", JSON.stringify(document));
    const without = await run("explain", "-g", "Sales Team", "--settings", "stored.json");
    assert.match(without.stderr, /^error: there is no catalog/);
    const { stdout } = await run(
      "explain",
      "-g",
      "Sales Team",
      "--settings",
      "stored.json",
      "--catalog",
      "catalog.json",
    );
    assert.match(stdout, /\ngroups {3}sales\n/);
  });

  test("is one file of settings, and no other configuration", async () => {
    const refused = async (...args) => {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2);
      return stderr;
    };
    const explain = ["explain", "-g", "a"];
    assert.match(await refused(...explain, "--settings", "group-sync.json"), /this is no file of settings/);
    assert.match(await refused(...explain, "-s", "settings.json", "-w", "kitchen"), /there is no workspace `kitchen`/);
    assert.match(await refused(...explain, "-s", "settings.json", "-c", "group-sync.json"), /cannot be used with/);
    assert.match(await refused("test"), /there is nothing to test/);
    assert.match(await refused("test", "settings.json", "-s", "settings.json"), /leave `--settings` out/);
  });
});

describe("explain --why-not", () => {
  const whyNot = async (name, ...args) => {
    const { stdout } = await run("explain", "token.json", "-c", "group-sync.json", "--why-not", name, ...args);
    return stdout.slice(stdout.indexOf("why not"));
  };

  test("shows the ways to a group, and what is missing", async () => {
    const lines = (await whyNot("crm")).trimEnd().split("\n");
    assert.deepEqual(lines.slice(0, 3), [
      "why not  group `crm` is given",
      "    by mapping.txt:8: Key Accounts -> crm",
      "        needs `Key Accounts`, which is not there",
    ]);
    assert.match(await whyNot("marketing"), /`marketing-team` looks the same, but names are compared exactly/);
  });

  test("of a role, also the groups that require it", async () => {
    assert.match(await whyNot("builder"), /by mapping\.txt:2: .*, with group `developers`, which requires `builder`/);
  });

  test("what they have, what nothing gives, and what there is not", async () => {
    assert.equal(await whyNot("sales"), "why not  group `sales` is granted\n");
    write(
      "none.json",
      '{ "mapping": "a -> sales", "catalogFile": "catalog.json", "policy": { "matchByName": false } }',
    );
    const nothing = await run("explain", "-g", "a", "-c", "none.json", "--why-not", "admin");
    assert.match(nothing.stdout, /why not {2}role `admin`: nothing in the mapping gives it\n$/);
    const { code, stderr } = await run("explain", "-g", "a", "-c", "group-sync.json", "--why-not", "nope");
    assert.deepEqual([code, stderr], [2, "error: --why-not: there is no group and no role called `nope`\n"]);
  });

  test("a condition says what it lacks, and what is in its way", async () => {
    write("condition.txt", "Engineering && EU && !Contractors -> crm\n");
    const options = ["-m", "condition.txt", "--catalog", "catalog.json", "--why-not", "crm"];
    const { stdout } = await run("explain", "-g", "Engineering", "-g", "EU", "-g", "Contractors", ...options);
    assert.match(stdout.slice(stdout.indexOf("why not")), /this excludes `Contractors`/);
  });

  test("as JSON, beside the resolution", async () => {
    const { stdout } = await run("explain", "-g", "a", "-c", "group-sync.json", "--why-not", "crm", "-f", "json");
    const { outcome, whyNot: answer } = JSON.parse(stdout);
    assert.equal(outcome, "no-match");
    assert.deepEqual([answer.kind, answer.granted, answer.isKnown], ["group", false, true]);
    assert.deepEqual(answer.ways[0].missing, ["Key Accounts"]);
  });
});
