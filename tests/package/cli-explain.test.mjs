// `explain` and `plan`: one login, as people and as programs read it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { GroupSync } from "idp-group-sync";
import { cli, cliProject } from "./support/command-line.mjs";

const configuration = ["--mapping", "mapping.txt", "--catalog", "catalog.json"];
const claims = { sub: "ada", groups: ["Marketing Team", "sales-team", "crm", "interns"] };
const sync = new GroupSync({
  mapping: "Marketing Team -> marketing\nSales Team -> sales\nSales Team -> crm\nIT -> admin\n",
  claim: "groups",
  catalog: { groups: [{ name: "marketing", requires: "builder" }, { name: "sales" }, { name: "crm" }] },
});

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = `${base64url({ alg: "RS256" })}.${base64url(claims)}.c2lnbmF0dXJl`;

const trace = `
Marketing Team
    grants group \`marketing\`, by mapping.txt:1: Marketing Team -> marketing
sales-team
    matches nothing; \`Sales Team\` looks the same, but names are compared exactly
crm
    grants group \`crm\`, by its name
interns
    matches nothing

`;
const result = `outcome  resolved
role     builder, since group \`marketing\` requires it
groups   marketing, crm
`;

let folder;

before(async () => {
  folder = await cliProject();
  const write = (name, value) =>
    writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  write("token.json", claims);
  write("token.jwt", `${jwt}\n`);
  write("member.json", { role: "admin", groups: [{ name: "sales" }, { name: "crm" }] });
});

describe("explain", () => {
  const explain = (args, options) => cli(["explain", ...configuration, ...args], options);

  test("claims", async () => {
    assert.deepEqual(await explain(["token.json"]), {
      code: 0,
      stderr: "",
      stdout: `token    token.json\nclaim    \`groups\` is present with 4 IdP groups, found at groups\n${trace}${result}`,
    });
  });

  test("a JWT is decoded, and says that nobody checked it", async () => {
    const { code, stdout } = await explain(["token.jwt"]);
    assert.equal(code, 0);
    assert.equal(stdout.split("\n")[0], "token    token.jwt (payload); decoded only, its signature was not checked");
    assert.ok(stdout.endsWith(trace + result));
    for (const input of [jwt, `Bearer ${jwt}`, `${base64url({ alg: "none" })}.${base64url(claims)}.`]) {
      assert.ok((await explain(["-"], { input })).stdout.endsWith(trace + result), input);
    }
  });

  test("JSON is what `resolve` returns", async () => {
    const { stdout, stderr } = await explain(["token.jwt", "--format", "json"]);
    assert.deepEqual(JSON.parse(stdout), sync.resolve(claims));
    assert.equal(stderr, "note: the token was only decoded; its signature was not checked\n");
    const named = await explain(["-g", "crm", "-g", "a, b", "--format", "json"]);
    assert.deepEqual(JSON.parse(named.stdout), sync.resolveGroups(["crm", "a, b"]));
    assert.equal(named.stderr, "");
  });

  test("a claim further down, and how to read it", async () => {
    const input = JSON.stringify({ realm_access: { roles: ["/staff/crm"] } });
    const claim = JSON.stringify({ name: "realm_access.roles", item: "last-path-segment" });
    const { stdout } = await explain(["-", "--claim", claim], { input });
    assert.match(stdout, /^claim {4}`realm_access\.roles` is present with 1 IdP group, found at realm_access\.roles$/m);
    assert.match(stdout, /^groups {3}crm$/m);
  });

  test("a claim that nobody sends, with what is there instead", async () => {
    const input = JSON.stringify({ sub: "ada", aud: ["app"], Groups: ["crm"], realm_access: { roles: ["crm"] } });
    for (const args of [["explain"], ["plan", "--membership", "member.json"]]) {
      const { stdout } = await cli([args[0], ...configuration, "-", ...args.slice(1)], { input });
      assert.match(stdout, /^info\[claim-missing\]: the token has no claim `groups`$/m);
      assert.match(stdout, /^ = help: if the groups .* set that: the token has `Groups`, `realm_access\.roles`$/m);
    }
    const { stdout } = await explain(["-", "--claim", "realm_access/roles"], { input });
    assert.match(stdout, /^ = help: if the groups .*: the token has `realm_access\.roles`, `Groups`$/m);
  });

  test("what the policy decides, and what the claim has wrong", async () => {
    const { code, stdout } = await explain(["-"], { input: '{ "groups": ["sales", true] }' });
    assert.equal(code, 0);
    assert.match(stdout, /^claim {4}`groups` is malformed, found at groups$/m);
    assert.match(stdout, /^error\[claim-malformed\]: /m);
    assert.match(stdout, /^outcome {2}keep: by the policy, nothing changes\n$/m);
  });

  test("an unknown target is shown at its line", async () => {
    const { stdout } = await cli(["explain", "-g", "Marketing Team", "-m", "-", "--catalog", "catalog.json"], {
      input: "# staff\nMarketing Team -> marketting\n",
    });
    assert.match(stdout, /^ {4}grants nothing: there is no role or group `marketting`, by <stdin>:2: /m);
    assert.match(stdout, /^ --> <stdin>:2:19\n {2}\|\n2 \| Marketing Team -> marketting\n {2}\| {19}\^{10}$/m);
  });

  test("a condition that is not met says what is missing, and what is in the way", async () => {
    const input = "IT && EU -> crm\nIT && !Guests && night-* -> sales\n";
    const { stdout } = await cli(["explain", "-g", "IT", "-g", "Guests", "-m", "-", "--catalog", "catalog.json"], {
      input,
    });
    const second =
      "    does not meet <stdin>:2: IT && !Guests && night-* -> sales: this needs `night-*`, and excludes `Guests`\n";
    assert.ok(
      stdout.includes(
        `IT\n    matches nothing\n    does not meet <stdin>:1: IT && EU -> crm: this needs \`EU\`\n${second}Guests\n    matches nothing\n${second}`,
      ),
      stdout,
    );
  });

  test("a name of a token cannot steer the terminal", async () => {
    const input = JSON.stringify({ groups: ["\u001b[31mred\u001b[0m", "a\r\nb", "\u202eabc", "\ud83d\ude80 crew"] });
    const { stdout } = await explain(["-"], { input });
    assert.match(stdout, /^\\u\{1B\}\[31mred\\u\{1B\}\[0m\n.*\na\\r\\nb\n.*\n\\u\{202E\}abc\n.*\n🚀 crew$/m);
  });

  test("many reasons are not all listed", async () => {
    const args = Array.from({ length: 6 }, (_, index) => ["-g", `it-${index}`]).flat();
    const input = "it-* -> admin";
    const { stdout } = await cli(["explain", ...args, "-m", "-", "--catalog", "catalog.json"], { input });
    assert.match(
      stdout,
      /^role {5}admin, since IdP group `it-0` grants it and IdP group `it-1` grants it and IdP group `it-2` grants it and 3 more$/m,
    );
  });
});

describe("plan", () => {
  const plan = (args, options) => cli(["plan", ...configuration, ...args], options);

  test("changes", async () => {
    writeFileSync(join(folder, "not-last.json"), '{ "lastAdmin": false }');
    const args = ["token.json", "--membership", "member.json", "--guards", "not-last.json"];
    const { code, stdout, stderr } = await plan(args);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.ok(
      stdout.endsWith(`${trace}plan     change
role     admin -> builder, since group \`marketing\` requires it
join     marketing
leave    sales
keep     crm
`),
      stdout,
    );
  });

  test("an admin is lowered, and nobody said whether it is the last one", async () => {
    const { code, stdout } = await plan(["token.json", "--membership", "member.json"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^warning\[last-admin-unknown\]: the role goes down from `admin` to `builder`, and it is not known /m,
    );
    assert.match(stdout, /^ = help: set `guards\.lastAdmin` to `true` if nobody else has /m);
  });

  test("what a guard refuses, and why the role stays", async () => {
    writeFileSync(join(folder, "guards.json"), '{ "lastAdmin": true }');
    const { stdout } = await plan(["-g", "crm", "--membership", "member.json", "--guards", "guards.json"]);
    assert.match(stdout, /^role {5}admin, as it is$/m);
    assert.match(stdout, /^blocked {2}role `end-user`, by last-admin: the last user with the highest role keeps it$/m);
  });

  test("seats that are taken", async () => {
    writeFileSync(join(folder, "seats.json"), '{ "seats": { "roles": { "builder": { "used": 5, "limit": 5 } } } }');
    const input = '{ "role": null, "groups": [] }';
    const { stdout } = await plan(["token.json", "--membership", "-", "--guards", "seats.json"], { input });
    assert.match(stdout, /^role {5}end-user, for a new member$/m);
    assert.match(stdout, /^blocked {2}role `builder`, by seat-limit: no seat of the licence is left for it$/m);
    assert.match(stdout, /^blocked {2}join `marketing`, by seat-limit: no seat of the licence is left for it$/m);
  });

  test("nothing, by the policy, and a refusal", async () => {
    for (const [policy, line] of [
      ["keep", "plan     skipped: nothing may change"],
      ["deny", "plan     denied: the policy refuses the user"],
    ]) {
      writeFileSync(join(folder, "policy.json"), JSON.stringify({ missingClaim: policy }));
      const args = ["-", "--membership", "member.json", "--policy", "policy.json"];
      const { code, stdout } = await plan(args, { input: "{}" });
      assert.equal(code, 0);
      assert.ok(stdout.includes(`${line}\nreason   claim-missing: the token has no such claim\n`), stdout);
      assert.equal(/^keep /m.test(stdout), policy === "keep", stdout);
    }
  });

  test("JSON is what `plan` returns", async () => {
    const { stdout } = await plan(["token.json", "--membership", "member.json", "--format", "json"]);
    const membership = { role: "admin", groups: [{ name: "sales" }, { name: "crm" }] };
    assert.deepEqual(JSON.parse(stdout), sync.plan(claims, membership));
  });
});
