// What other programs read: SARIF, JUnit, annotations and comments, and the scripts for shells.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { Ajv } from "ajv";
import { adminRepository, cli } from "./support/command-line.mjs";

let folder;

before(async () => {
  folder = await adminRepository();
  writeFileSync(join(folder, "odd name.txt"), 'a => sales\n"x<&>\\u{1}]]>" -> "nothing & <none>"\n');
});

const run = (...args) => cli(args, { folder });

/** What SARIF 2.1.0 says of the parts that are printed, and nothing beside them. */
const object = (properties, required) => ({ type: "object", additionalProperties: false, properties, required });
const text = { type: "string", minLength: 1 };
const place = { type: "integer", minimum: 1 };
const region = object({ startLine: place, startColumn: place, endLine: place, endColumn: place }, ["startLine"]);
const physicalLocation = object({ artifactLocation: object({ uri: text }, ["uri"]), region }, ["artifactLocation"]);
const result = object(
  {
    ruleId: text,
    ruleIndex: { type: "integer", minimum: 0 },
    level: { enum: ["none", "note", "warning", "error"] },
    message: object({ text }, ["text"]),
    locations: { type: "array", items: object({ physicalLocation }, []) },
  },
  ["message"],
);
const driver = object(
  { name: text, version: text, rules: { type: "array", uniqueItems: true, items: object({ id: text }, ["id"]) } },
  ["name"],
);
const sarif = new Ajv().compile(
  object(
    {
      $schema: text,
      version: { const: "2.1.0" },
      runs: {
        type: "array",
        items: object(
          {
            tool: object({ driver }, ["driver"]),
            columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
            results: { type: "array", items: result },
          },
          ["tool"],
        ),
      },
    },
    ["version", "runs"],
  ),
);

async function sarifOf(...args) {
  const { code, stdout } = await run(...args, "--format", "sarif");
  const printed = JSON.parse(stdout);
  assert.ok(sarif(printed), JSON.stringify(sarif.errors));
  return { code, results: printed.runs[0].results, rules: printed.runs[0].tool.driver.rules };
}

describe("SARIF", () => {
  test("of diagnostics, at their places", async () => {
    const { code, results, rules } = await sarifOf("check", "odd name.txt", "--catalog", "catalog.json");
    assert.equal(code, 1);
    assert.deepEqual(rules, [{ id: "missing-arrow" }, { id: "invisible-character" }, { id: "unknown-target" }]);
    assert.deepEqual(results[0], {
      ruleId: "missing-arrow",
      ruleIndex: 0,
      level: "error",
      message: { text: "`=>` is not an arrow\nwrite `IdP group -> app group`\nfix: write `->` instead of `=>`" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "odd%20name.txt" },
            region: { startLine: 1, startColumn: 3, endLine: 1, endColumn: 5 },
          },
        },
      ],
    });
  });

  test("of what is in no file, without a place; and of nothing", async () => {
    const { stdout } = await cli(["check", "-", "--format", "sarif"], { folder, input: "a => b" });
    assert.equal("locations" in JSON.parse(stdout).runs[0].results[0], false);
    const printed = JSON.parse((await cli(["check", "-", "--format", "sarif"], { folder, input: "" })).stdout);
    assert.ok(sarif(printed));
    assert.deepEqual(printed.runs[0].results, []);
  });

  test("of scenarios and guarantees, and of a mapping that may not run", async () => {
    const { code, results } = await sarifOf("test", "guarantees.json", "--config", "group-sync.json");
    assert.equal(code, 1);
    assert.deepEqual(
      results.map(({ ruleId, level, message }) => [ruleId, level, message.text]),
      [["guarantee", "error", "only the sales team sells: a user in `Key Accounts` alone joins `sales`, by line 7"]],
    );
    const options = ["--mapping", "odd name.txt", "--catalog", "catalog.json"];
    assert.equal((await sarifOf("test", "scenarios.json", ...options)).results[0].ruleId, "missing-arrow");
  });
});

/** The elements of an XML text, if it is well-formed as far as JUnit goes: tags that close each other, and escaped text. */
function elementsOf(xml) {
  const [declaration, ...rest] = xml.split("\n");
  assert.equal(declaration, '<?xml version="1.0" encoding="UTF-8"?>');
  const open = [];
  const elements = [];
  let between = "";
  for (const [, markup, raw] of rest.join("\n").matchAll(/<([^<>]*)>|([^<>]+)/g)) {
    if (raw !== undefined) {
      assert.doesNotMatch(raw, /&(?!(amp|lt|gt|quot);)/);
      between += raw;
      continue;
    }
    const [, closes, name, attributes, empty] = /^(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)$/.exec(markup) ?? [];
    assert.ok(name, markup);
    if (closes) assert.equal(open.pop(), name);
    else {
      assert.doesNotMatch(attributes, /&(?!(amp|lt|gt|quot);)/);
      elements.push({ tag: name, within: open.at(-1), ...Object.fromEntries(attributesOf(attributes)) });
      if (!empty) open.push(name);
    }
    between = "";
  }
  assert.deepEqual([open, between.trim()], [[], ""]);
  return elements;
}

const attributesOf = (text) => [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);

/** What the schemas of Jenkins (junit-10.xsd) allow of what is printed. */
const allowed = {
  testsuites: { within: [undefined], attributes: ["name", "tests", "failures", "errors"] },
  testsuite: { within: ["testsuites"], attributes: ["name", "tests", "failures", "errors", "file"] },
  testcase: { within: ["testsuite"], attributes: ["name", "classname"] },
  failure: { within: ["testcase"], attributes: ["type", "message"] },
  "system-out": { within: ["testcase"], attributes: [] },
};

async function junitOf(...args) {
  const { code, stdout } = await run(...args, "--format", "junit");
  const elements = elementsOf(stdout.trimEnd());
  for (const { tag, within, ...attributes } of elements) {
    assert.ok(allowed[tag]?.within.includes(within), `${tag} in ${within}`);
    for (const attribute of Object.keys(attributes)) {
      assert.ok(allowed[tag].attributes.includes(attribute), `${tag} ${attribute}`);
    }
  }
  return { code, stdout, elements };
}

describe("JUnit", () => {
  test("has a case for each diagnostic, which fails if the command does", async () => {
    const { code, stdout } = await junitOf("check", "odd name.txt", "mapping.txt", "--catalog", "catalog.json");
    assert.equal(code, 1);
    assert.match(stdout, /<testsuites name="[^"]+" tests="4" failures="1" errors="0">/);
    assert.match(stdout, /<testsuite name="odd name\.txt" tests="3" failures="1" errors="0" file="odd name\.txt">/);
    assert.match(stdout, /<failure type="missing-arrow" message="`=&gt;` is not an arrow">odd name\.txt:1:3\n/);
    assert.match(stdout, /<system-out>warning: odd name\.txt:2:\d+\n`nothing &amp; &lt;none&gt;` is neither/);
    const denied = await junitOf("check", "odd name.txt", "--deny-warnings", "--catalog", "catalog.json");
    assert.match(denied.stdout, /tests="3" failures="3"/);
  });

  test("has a case where there is nothing to report", async () => {
    writeFileSync(join(folder, "fine.txt"), "Sales Team -> sales\n");
    const { code, stdout } = await junitOf("check", "fine.txt", "--catalog", "catalog.json");
    assert.equal(code, 0);
    assert.match(stdout, /<testcase name="nothing to report" classname="fine\.txt"\/>/);
  });

  test("has a case for each scenario and guarantee", async () => {
    const { code, stdout } = await junitOf("test", ".", "--config", "group-sync.json");
    assert.equal(code, 1);
    assert.match(stdout, /<testsuites name="[^"]+" tests="10" failures="1" errors="0">/);
    assert.match(stdout, /<testcase name="engineers build" classname="scenarios\.json"\/>/);
    assert.match(
      stdout,
      /<failure type="guarantee" message="a user in `Key Accounts` alone joins `sales`, by line 7">/,
    );
    assert.match(stdout, /<testcase name="lab: no sales people in the lab" classname="settings\.json"\/>/);
  });

  test("cannot be broken by a name", async () => {
    const scenarios = [{ name: '"]]>\u0000\uffff<failure>\n&amp;', groups: [], expect: { role: "admin" } }];
    writeFileSync(join(folder, "hostile.json"), JSON.stringify(scenarios));
    const { elements } = await junitOf("test", "hostile.json", "--config", "group-sync.json");
    assert.equal(elements.filter(({ tag }) => tag === "failure").length, 1);
  });
});

describe("impact for a pull request", () => {
  const lines = (users) => users.map((user) => JSON.stringify(user)).join("\n");
  const impact = (...args) =>
    run("impact", "--before", "mapping.txt", "--after", "after.txt", "--config", "group-sync.json", ...args);

  before(() => {
    writeFileSync(join(folder, "after.txt"), "Sales Team -> sales\n");
    const admins = ["CN=IT Operations,OU=Groups,DC=example,DC=com"];
    const users = [
      { id: "@octocat `<b>`", groups: admins, membership: { role: "admin", groups: [] } },
      { id: "second", groups: admins, membership: { role: "admin", groups: [] } },
      { id: "same", groups: ["Sales Team"], membership: { role: "end-user", groups: [{ name: "sales" }] } },
    ];
    writeFileSync(join(folder, "people.jsonl"), lines(users));
    const many = Array.from({ length: 120 }, (_, index) => ({
      id: `user ${index}`,
      groups: ["Key Accounts"],
      membership: { role: "end-user", groups: [{ name: "crm" }, { name: "sales" }] },
    }));
    writeFileSync(join(folder, "many.jsonl"), lines(many));
  });

  test("names who loses the highest role, as code that calls nobody", async () => {
    const { code, stdout } = await impact("--users", "people.jsonl", "--format", "markdown");
    assert.equal(code, 0);
    assert.match(stdout, /^<!-- idp-group-sync impact -->\n### Group sync: 2 of 3 users would change\n/);
    assert.match(stdout, /<summary><b>2 users<\/b> lose the highest role<\/summary>\n\n- `` @octocat `<b>` ``: /m);
    assert.match(stdout, /\| `admin` \| 2 \| 0 \|/);
  });

  test("is no longer than a comment may be", async () => {
    const { stdout } = await impact("--users", "many.jsonl", "--format", "markdown");
    assert.match(stdout, /\n- `user 49`: .*\n- and 70 more\n/);
    assert.doesNotMatch(stdout, /user 50/);
  });

  test("says that nothing changes", async () => {
    const same = ["impact", "--before", "mapping.txt", "--after", "mapping.txt", "--config", "group-sync.json"];
    const { code, stdout } = await run(...same, "--users", "people.jsonl", "--format", "markdown", "--exit-code");
    assert.equal(code, 0);
    assert.match(stdout, /### Group sync: nothing changes for anybody\n/);
  });

  test("--exit-code tells a change, and a brake comes first", async () => {
    assert.equal((await impact("--users", "people.jsonl", "--exit-code")).code, 1);
    const held = await impact("--users", "people.jsonl", "--exit-code", "--max-losses", "1");
    assert.equal(held.code, 3);
    assert.deepEqual(await impact("--users", "people.jsonl", "--exit-code", "--max-losers", "1"), held);
  });

  test("annotates each kind of change, and that it is held", async () => {
    const { stdout } = await impact("--users", "people.jsonl", "--format", "github", "--max-losses", "1");
    const [held, vacant, lost, totals] = stdout.split("\n");
    assert.equal(held, "::error file=after.txt,title=held::2 users would lose something; apply nothing");
    const nobody = "nobody would have the highest role, `admin`, any more";
    assert.equal(vacant, `::warning file=after.txt,title=nobody left in the highest role::${nobody}`);
    assert.equal(lost, "::warning file=after.txt,title=2 users lose the highest role::@octocat `<b>`, second");
    assert.match(totals, /^3 users: /);
  });
});

describe("completions", () => {
  /** What bash offers for words of which the last is being written. */
  function offered(script, words) {
    const program = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
_idp_group_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", program], { cwd: folder, encoding: "utf8" });
    assert.equal(stderr, "");
    return stdout.split("\n").filter(Boolean);
  }

  test("of bash: commands, options, values and files", async () => {
    const { stdout } = await run("completions", "bash");
    const complete = (...words) => offered(stdout, ["idp-group-sync", ...words]);
    assert.deepEqual(complete("ex"), ["explain"]);
    assert.deepEqual(complete("check", "--de"), ["--deny-warnings"]);
    assert.deepEqual(complete("check", "--format", ""), ["human", "json", "github", "sarif", "junit"]);
    assert.deepEqual(complete("check", "--format", "="), complete("check", "--format", ""));
    assert.deepEqual(complete("check", "--format", "=", "j"), ["json", "junit"]);
    assert.deepEqual(complete("check", "--catalog", "cat"), ["catalog.json"]);
    assert.deepEqual(complete("check", "odd"), ["odd name.txt"]);
    assert.deepEqual(complete("check", "--catalog", "=", "odd"), ["odd name.txt"]);
    assert.deepEqual(complete("test", "scen"), ["scenarios.json"]);
    assert.deepEqual(complete("completions", ""), ["bash", "zsh", "fish"]);
    assert.deepEqual(complete("help", "rec"), ["reconcile"]);
  });

  test("of each shell: every option that the help of a command names", async () => {
    const help = (await run("help", "impact")).stdout;
    const options = [...help.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    assert.ok(options.includes("--max-losses") && options.includes("--workspace"));
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, stdout } = await run("completions", shell);
      assert.equal(code, 0);
      for (const option of options) {
        assert.ok(stdout.includes(shell === "fish" ? `-l ${option.slice(2)}` : option), `${shell} ${option}`);
      }
    }
  });

  test("of another shell there are none", async () => {
    const { code, stderr } = await run("completions", "cmd");
    assert.equal(code, 2);
    assert.match(stderr, /Allowed choices are bash, zsh, fish/);
  });
});
