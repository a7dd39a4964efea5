// `diff` and `test`: two mappings compared, and a mapping held against expectations.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { diffMappings, proveGuarantees, runScenarios } from "idp-group-sync";
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

okta-* (pattern, such as okta-xxx) gains
    role    end-user
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

  test("everybody else, and the choices", async () => {
    write("strict-config.json", {
      ...config("Marketing Team -> marketing"),
      claim: { name: "roles" },
      policy: { noMatch: "deny" },
    });
    const { code, stdout } = await diff(
      ["-", "strict-config.json", "--exit-code"],
      JSON.stringify(config("Marketing Team -> marketing")),
    );
    assert.deepEqual(
      [code, stdout],
      [
        1,
        `any other IdP group (such as xxx) would be refused
    role    end-user -> none
    groups  none

a user without IdP groups would be refused
    role    end-user -> none
    groups  none

claim  groups -> roles
policy.noMatch  default-role -> deny

members of any other IdP group and users without IdP groups are refused; the claim differs; the policy differs in \`noMatch\`
`,
      ],
    );
  });

  test("--exit-code tells of choices that show in no change", async () => {
    for (const policy of [{ removal: "none" }, { missingClaim: "deny" }, { roleWithoutRoleGroup: "keep" }]) {
      write("other.json", { ...config(oldText), policy });
      const { code, stdout } = await diff(["-", "other.json", "--exit-code"], JSON.stringify(config(oldText)));
      const [field] = Object.keys(policy);
      assert.equal(code, 1);
      assert.ok(stdout.endsWith(`\n\nthe policy differs in \`${field}\`\n`), stdout);
    }
  });

  test("what could not be compared is no reason to say that nothing differs", async () => {
    const patterns = Array.from({ length: 4000 }, (_, index) => `*${index}* -> sales`);
    const names = Array.from({ length: 3000 }, (_, index) => `n${index} -> sales`);
    write("many.json", { ...config([...patterns, ...names].join("\n")), policy: { noMatch: "keep" } });
    write("none.json", { ...config([...names, ...patterns].join("\n")), policy: { noMatch: "deny" } });
    const { code, stdout } = await diff(["many.json", "none.json", "--exit-code"]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /left out, as it would take too long: \d+ patterns from `\*\d+\*` on, \d+ IdP groups from `n\d+` on\n$/,
    );
  });

  test("annotations for GitHub Actions", async () => {
    write("new.json", { ...config(newText), policy: { removal: "none" } });
    const { code, stdout } = await diff(["-", "new.json", "--format", "github"], JSON.stringify(config(oldText)));
    const lines = stdout.split("\n");
    assert.equal(code, 0);
    assert.deepEqual(lines.slice(0, 1).concat(lines.slice(3, 6)), [
      "::warning file=new.json,title=Marketing Team changes::role    builder -> end-user%0Agroups  +crm, -marketing",
      "::notice file=new.json,title=okta-* (pattern%2C such as okta-xxx) gains::role    end-user%0Agroups  +crm",
      "::warning file=new.json,title=policy.removal::policy.removal  all -> none",
      diffMappings(config(oldText), { ...config(newText), policy: { removal: "none" } }).summary,
    ]);
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

  test("guarantees beside scenarios, in every format", async () => {
    const guarantees = [
      { name: "nobody", only: { role: "admin", groups: [] } },
      { name: "sales", only: { group: "sales", groups: [] } },
    ];
    const document = { scenarios: [scenarios[0]], guarantees };
    write("both.json", document);
    const results = {
      scenarios: runScenarios(config(oldText), document.scenarios),
      guarantees: proveGuarantees(config(oldText), guarantees),
    };
    const { verdict, counterexample } = results.guarantees[1];
    assert.equal(verdict, "fails");

    const asJson = await cli(["test", "both.json", ...configuration, "--format", "json"]);
    assert.equal(asJson.code, 1);
    assert.deepEqual(JSON.parse(asJson.stdout), results);

    const asText = await cli(["test", "both.json", ...configuration]);
    assert.match(asText.stdout, /^ok {4}sales people\n/);
    assert.ok(asText.stdout.includes(`        ${counterexample.text}\n`), asText.stdout);

    const asAnnotations = await cli(["test", "both.json", ...configuration, "--format", "github"]);
    assert.match(asAnnotations.stdout, /^::error file=both\.json,line=\d+,col=\d+,title=/m);
    assert.ok(asAnnotations.stdout.includes(counterexample.text), asAnnotations.stdout);
  });

  test("a file of neither scenarios nor guarantees", async () => {
    write("odd.json", { guarantee: [] });
    const { code, stderr } = await cli(["test", "odd.json", ...configuration]);
    assert.equal(code, 2);
    assert.match(stderr, /there is no such field; expected `scenarios` or `guarantees`/);
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
