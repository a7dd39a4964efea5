// `diff` and `test`: two mappings compared, and a mapping held against expectations.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { diffMappings, runScenarios } from "idp-group-sync";
import { cli, cliProject } from "./support/command-line.mjs";

const catalog = { groups: [{ name: "marketing", requires: "builder" }, { name: "sales" }, { name: "crm" }] };
const oldText = "Marketing Team -> marketing\nSales Team -> sales\nSales Team -> crm\nIT -> admin\n";
const newText = "Marketing Team -> crm\nSales Team -> sales\nIT -> builder\nokta-* -> crm\n";
const config = (mapping) => ({ mapping, claim: "groups", catalog });

let folder;
const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));

before(async () => {
  folder = await cliProject();
});

describe("diff", () => {
  const diff = (args, input) => cli(["diff", ...args], { input });
  const sides = ["mapping.txt", "new-mapping.txt", "--catalog", "catalog.json"];

  test("every difference, and a sentence that counts them", async () => {
    assert.deepEqual(await diff(sides), {
      code: 0,
      stderr: "",
      stdout: `Marketing Team changes
    role    builder -> end-user
    groups  +crm, -marketing

Sales Team loses
    role    end-user
    groups  sales, -crm

IT loses
    role    admin -> builder
    groups  none

okta-* (pattern) gains
    role    none
    groups  +crm

${diffMappings(config(oldText), config(newText)).summary}
`,
    });
  });

  test("JSON is what `diffMappings` returns", async () => {
    const { stdout } = await diff([...sides, "--format", "json"]);
    assert.deepEqual(JSON.parse(stdout), diffMappings(config(oldText), config(newText)));
  });

  test("--exit-code tells whether there are any", async () => {
    assert.equal((await diff([...sides, "--exit-code"])).code, 1);
    const { code, stdout } = await diff(["mapping.txt", "mapping.txt", "--catalog", "catalog.json", "--exit-code"]);
    assert.deepEqual([code, stdout.split("\n").length], [0, 2]);
  });

  test("whole configurations, one of them from standard input", async () => {
    write("new.json", { mappingFile: "mapping.txt", catalog: { groups: [...catalog.groups, { name: "ops" }] } });
    const { stdout } = await diff(["-", "new.json"], JSON.stringify(config(oldText)));
    assert.match(stdout, /^ops gains\n {4}role {4}end-user\n {4}groups {2}\+ops\n\n/);
  });

  test("an option holds for both sides", async () => {
    write("new.json", { ...config(oldText), catalog: { groups: [] } });
    const { code } = await diff(["mapping.txt", "new.json", "--catalog", "catalog.json", "--exit-code"]);
    assert.equal(code, 0);
  });

  test("a configuration without a mapping", async () => {
    write("new.json", { catalog });
    const { code, stderr } = await diff(["mapping.txt", "new.json", "--catalog", "catalog.json"]);
    assert.deepEqual([code, stderr], [2, "error: new.json: this configuration has no mapping\n"]);
  });
});

describe("test", () => {
  const configuration = ["--mapping", "mapping.txt", "--catalog", "catalog.json"];
  const scenarios = [
    { name: "sales people", groups: ["Sales Team"], expect: { role: "end-user", groups: ["crm", "sales"] } },
    { name: "IT: 100 %, always", groups: ["It"], expect: { role: "admin", outcome: "resolved" } },
    {
      name: "kept by hand",
      claims: { groups: ["IT"] },
      membership: { role: "builder", groups: [{ name: "sales" }] },
      expect: { groups: [] },
    },
  ];

  before(() => {
    write("expected.json", scenarios);
    write("met.json", [scenarios[0], scenarios[2]]);
  });

  test("every scenario passes", async () => {
    assert.deepEqual(await cli(["test", "met.json", ...configuration]), {
      code: 0,
      stderr: "",
      stdout: "ok    sales people\nok    kept by hand\n\n2 scenarios: 2 passed, 0 failed\n",
    });
  });

  test("a scenario fails: what differs, and why", async () => {
    assert.deepEqual(await cli(["test", "expected.json", ...configuration]), {
      code: 1,
      stderr: "",
      stdout: `ok    sales people
FAIL  IT: 100 %, always (expected.json:15:3)
        role: expected \`admin\`, got \`end-user\`
        outcome: expected \`resolved\`, got \`no-match\`
      | It
      |     matches nothing; \`IT\` looks the same, but names are compared exactly
ok    kept by hand

3 scenarios: 2 passed, 1 failed
`,
    });
  });

  test("JSON is what `runScenarios` returns", async () => {
    const { code, stdout } = await cli(["test", "expected.json", ...configuration, "--format", "json"]);
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(stdout), runScenarios(config(oldText), scenarios));
  });

  test("GitHub annotations stand at the scenario", async () => {
    const { code, stdout } = await cli(["test", "expected.json", ...configuration, "--format", "github"]);
    assert.equal(code, 1);
    assert.equal(
      stdout,
      "::error file=expected.json,line=15,col=3,title=IT%3A 100 %25%2C always::role: expected `admin`, got `end-user`%0A" +
        "outcome: expected `resolved`, got `no-match`\n3 scenarios: 2 passed, 1 failed\n",
    );
  });
});
