// Input that is missing, broken or of the wrong shape: one sentence with its place, and exit code 2.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { cli, cliProject } from "./support/command-line.mjs";

let folder;
const write = (name, text) => writeFileSync(join(folder, name), text);

/** The one sentence on standard error. */
async function refusal(args, input) {
  const { code, stdout, stderr } = await cli(args, { input });
  assert.deepEqual([code, stdout], [2, ""], stderr);
  assert.equal(stderr.split("\n").length, 2, stderr);
  return stderr.replace(/^error: (.*)\n$/, "$1");
}

before(async () => {
  folder = await cliProject();
});

test("files that cannot be read", async () => {
  const check = (name) => refusal(["check", name, "--catalog", "catalog.json"]);
  assert.equal(await check("none.txt"), "none.txt: the mapping can't be read: there is no such file");
  assert.equal(await check("mapping.txt/x"), "mapping.txt/x: the mapping can't be read: there is no such file");
  const membership = ["plan", "-g", "a", "-m", "mapping.txt", "--catalog", "catalog.json", "--membership", "."];
  assert.equal(await refusal(membership), ".: the membership can't be read: it is a folder");
  const impact = [
    "impact",
    "--before",
    "mapping.txt",
    "--after",
    "mapping.txt",
    "--catalog",
    "catalog.json",
    "--users",
  ];
  assert.equal(await refusal([...impact, "none"]), "none: the users can't be read: there is no such file");
  assert.equal(await refusal([...impact, "."]), ".: the users can't be read: it is a folder");
  write("utf-16.jsonl", Buffer.from('\ufeff{"id":"a"}', "utf16le"));
  assert.equal(
    await refusal([...impact, "utf-16.jsonl"]),
    "utf-16.jsonl: the users are written in UTF-16; write them in UTF-8",
  );
});

describe("JSON that is none", () => {
  const broken = {
    "": ": this is empty, where JSON is expected",
    " \r\n": ": this is empty, where JSON is expected",
    '{\n  "groups": [\n    { "name": "a", }\n  ]\n}':
      ":3:20: this is no JSON: expected a field's name in double quotes; there may be a comma too many",
    '{\r\n  "groups": [],\r\n  "roles": [1 2]\r\n}': ":3:15: this is no JSON: expected `,`",
    '{ "groups": [{ "name": "a" }': ":1:29: this is no JSON: expected `]`",
    '{ "groups" [] }': ":1:12: this is no JSON: expected `:`",
    "{ 'groups': [] }": ":1:3: this is no JSON: expected a value, or text in double quotes",
    '{ "groups": [] } {}': ":1:18: this is no JSON: nothing may follow the value",
    '{ "groups": [] } // none': ":1:18: this is no JSON: JSON has no comments",
    '{ "groups": ["a\\x"] }': ":1:14: this is no JSON: this escape does not exist; a backslash is written twice",
    '{ "groups": ["a\nb"] }': ":1:14: this is no JSON: this text is not closed with a double quote on its line",
    nothing: ":1:1: this is no JSON: expected a value, or text in double quotes",
  };
  for (const [text, message] of Object.entries(broken)) {
    test(JSON.stringify(text), async () => {
      write("broken.json", text);
      assert.equal(await refusal(["check", "mapping.txt", "--catalog", "broken.json"]), `broken.json${message}`);
    });
  }

  test("nested without end", async () => {
    write("deep.json", "[".repeat(200_000));
    const deep = await refusal(["check", "mapping.txt", "--catalog", "deep.json"]);
    assert.match(deep, /^deep\.json: this is no JSON: /);
    write("deep.json", `{ "groups": ${"[".repeat(200_000)}${"]".repeat(200_000)} }`);
    const closed = await refusal(["check", "mapping.txt", "--catalog", "deep.json"]);
    assert.match(closed, /^deep\.json:1:1: groups\[0\].*: arrays and objects may be nested 128 deep, and no deeper$/);
  });
});

describe("the wrong shape is named with the file's own path, line and column", () => {
  const plan = ["plan", "-g", "IT", "-m", "mapping.txt", "--catalog", "catalog.json"];

  test("in a catalog", async () => {
    write(
      "wrong.json",
      '\ufeff{\r\n  "groups": [\r\n    { "name": "a" },\r\n    { "name": "b", "requires": "bulider" }\r\n  ]\r\n}',
    );
    assert.equal(
      await refusal(["check", "mapping.txt", "--catalog", "wrong.json"]),
      "wrong.json:4:20: groups[1].requires: `bulider` is not a role; the roles are `end-user`, `builder`, `admin`",
    );
    write("wrong.json", '{\n  "role": []\n}');
    const message = await refusal(["check", "mapping.txt", "--catalog", "wrong.json"]);
    assert.match(message, /^wrong\.json:2:3: role: there is no such field; expected `roles` or `groups`$/);
    write("wrong.json", "[]");
    assert.match(await refusal(["check", "mapping.txt", "--catalog", "wrong.json"]), /^wrong\.json:1:1: expected /);
  });

  test("in a policy, a membership, guards and claims", async () => {
    write("wrong.json", '{ "noMatch": "drop" }');
    const policy = await refusal(["check", "mapping.txt", "--catalog", "catalog.json", "--policy", "wrong.json"]);
    assert.match(policy, /^wrong\.json:1:3: noMatch: expected .*`drop`/);
    write("wrong.json", '{ "role": "amdin", "groups": [] }');
    assert.match(
      await refusal([...plan, "--membership", "wrong.json"]),
      /^wrong\.json:1:3: role: `amdin` is not a role/,
    );
    write("member.json", '{ "role": "admin", "groups": [] }');
    write("wrong.json", '{ "seats": { "roles": { "owner": { "used": "1" } } } }');
    assert.match(
      await refusal([...plan, "--membership", "member.json", "--guards", "wrong.json"]),
      /^wrong\.json:1:36: seats\.roles\.owner\.used: /,
    );
    const explain = ["explain", "-", "-m", "mapping.txt", "--catalog", "catalog.json"];
    assert.match(await refusal(explain, '["IT"]'), /^<stdin>:1:1: the claims are an array, not an object$/);
    assert.match(
      await refusal([...explain, "--claim", '{ "nam": 1 }'], "{}"),
      /^--claim:1:3: nam: there is no such field/,
    );
    assert.match(
      await refusal([...explain, "--claim", '{ "name": 1'], "{}"),
      /^--claim:1:12: this is no JSON: expected `}`$/,
    );
    assert.equal(await refusal([...explain, "--claim", ""], "{}"), "--claim: name: the claim name is empty");
  });

  test("in scenarios", async () => {
    const args = ["test", "wrong.json", "-m", "mapping.txt", "--catalog", "catalog.json"];
    write("wrong.json", '[\n  { "name": "a", "groups": [], "expect": {} },\n  { "name": "b", "expect": {} }\n]');
    assert.match(await refusal(args), /^wrong\.json:3:3: \[1\]: needs `claims` or `groups`$/);
    write("wrong.json", "{}");
    assert.match(await refusal(args), /^wrong\.json:1:1: there are no scenarios/);
  });

  test("tokens that hold no claims", async () => {
    const explain = ["explain", "-", "-m", "mapping.txt", "--catalog", "catalog.json"];
    assert.match(await refusal(explain, "e30.bm90IEpTT04.c2ln"), /^<stdin> \(payload\):1:1: this is no JSON: /);
    assert.equal(
      await refusal(explain, "e30.a2V5.aXY.dGV4dA.dGFn"),
      "<stdin>: this token is encrypted; give its claims as JSON",
    );
  });
});

describe("a configuration file", () => {
  const explain = (...args) => cli(["explain", "-g", "IT", "--config", "config/c.json", ...args]);
  const configure = (value) => write("config/c.json", JSON.stringify(value));
  const catalog = { groups: [{ name: "it" }] };

  before(() => {
    mkdirSync(join(folder, "config"));
    write("config/own.txt", "IT -> it\n");
    write("config/own-catalog.json", JSON.stringify(catalog));
    write("config/own-policy.json", '{ "noMatch": "deny" }');
  });

  test("holds everything, or names files beside it", async () => {
    configure({ mapping: "IT -> it", claim: "groups", catalog, policy: {} });
    assert.match((await explain()).stdout, /by config\/c\.json \(mapping\):1: IT -> it$/m);
    configure({ mappingFile: "own.txt", catalogFile: "own-catalog.json", policyFile: "own-policy.json", claim: null });
    assert.match((await explain()).stdout, /by config\/own\.txt:1: IT -> it$/m);
    const unmatched = await cli(["explain", "-g", "x", "--config", "config/c.json"]);
    assert.match(unmatched.stdout, /^outcome {2}deny: by the policy, the user is refused$/m);
  });

  test("may be the argument of check", async () => {
    configure({ mappingFile: "own.txt", catalogFile: "own-catalog.json" });
    const { code, stdout } = await cli(["check", "config/c.json"]);
    assert.deepEqual([code, stdout], [0, "config/own.txt: 1 entry; nothing to report\n"]);
  });

  test("of which an option replaces a part", async () => {
    configure({ mappingFile: "own.txt", catalogFile: "own-catalog.json", policyFile: "own-policy.json" });
    const { stdout } = await explain("--mapping", "mapping.txt");
    assert.match(stdout, /by mapping\.txt:4: IT -> admin/);
    assert.match((await explain("--catalog", "catalog.json")).stdout, /grants nothing: there is no role or group `it`/);
  });

  test("is refused with what is wrong", async () => {
    const refused = async (value) => {
      configure(value);
      return refusal(["explain", "-g", "IT", "--config", "config/c.json"]);
    };
    assert.match(
      await refused({ maping: "" }),
      /^config\/c\.json:1:2: maping: there is no such field; a configuration has /,
    );
    assert.match(await refused([]), /^config\/c\.json: a configuration is an object with `mapping`, /);
    assert.match(await refused({ mapping: 7 }), /^config\/c\.json:1:2: mapping: expected the text of a mapping$/);
    assert.match(await refused({ mappingFile: 7 }), /^config\/c\.json:1:2: mappingFile: expected the path of a file$/);
    assert.match(
      await refused({ mapping: "", mappingFile: "own.txt" }),
      /mappingFile: the configuration has a `mapping` already/,
    );
    assert.match(await refused({ mappingFile: "none.txt" }), /^config\/none\.txt: the mapping can't be read: /);
    assert.match(await refused({ mapping: "" }), /^there is no catalog: give /);
    assert.match(
      await refused({ mapping: "", catalog: { groups: [{ name: "" }] } }),
      /^config\/c\.json:1:37: catalog\.groups\[0\]\.name: /,
    );
  });
});

describe("a mapping with errors", () => {
  const config = ["-m", "typos.txt", "--catalog", "catalog.json"];

  test("never runs: its errors are shown, and the exit code is 1", async () => {
    const { code, stdout, stderr } = await cli(["explain", "-g", "a", ...config]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(
      stderr,
      `error[missing-arrow]: \`=>\` is not an arrow
 --> typos.txt:1:12
  |
1 | Sales Team => sales
  |            ^^
  = help: write \`IdP group -> app group\`
  = fix: write \`->\` instead of \`=>\`
1 + Sales Team -> sales

error: typos.txt: 1 error; a mapping with errors may not run
`,
    );
  });

  test("in every command, each with the right file", async () => {
    write("scenarios.json", '[{ "name": "a", "groups": [], "expect": { "groups": [] } }]');
    write("users.jsonl", "");
    write("member.json", '{ "role": null, "groups": [] }');
    const shared = ["--catalog", "catalog.json"];
    for (const args of [
      ["plan", "-g", "a", "--membership", "member.json", ...config],
      ["test", "scenarios.json", ...config],
      ["diff", "mapping.txt", "typos.txt", ...shared],
      ["diff", "typos.txt", "mapping.txt", ...shared],
      ["impact", "--before", "mapping.txt", "--after", "typos.txt", "--users", "users.jsonl", ...shared],
      ["impact", "--before", "typos.txt", "--after", "mapping.txt", "--users", "users.jsonl", ...shared],
    ]) {
      const { code, stdout, stderr } = await cli(args);
      assert.deepEqual([code, stdout], [1, ""], args.join(" "));
      assert.match(stderr, /^ --> typos\.txt:1:12$/m, args.join(" "));
    }
  });

  test("in a configuration is annotated at the line of its value", async () => {
    write("inline.json", '{\n  "catalog": { "groups": [] },\n  "mapping": "a -> b\\nc => d"\n}');
    const { code, stdout } = await cli(["test", "scenarios.json", "-c", "inline.json", "--format", "github"]);
    assert.equal(code, 1);
    assert.match(stdout, /^::error file=inline\.json,line=3,title=missing-arrow::/);
  });
});
