// `impact`: any number of users, read and printed as they come.

import assert from "node:assert/strict";
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { before, describe, test } from "node:test";
import { cli, cliProject, shell } from "./support/command-line.mjs";
import { generatedUsers } from "./support/users.mjs";

const sides = ["--before", "mapping.txt", "--after", "new-mapping.txt", "--catalog", "catalog.json"];
const impact = (args, options) => cli(["impact", ...sides, ...args], options);

const users = [
  { id: "ada", groups: ["Marketing Team"] },
  { id: "ben", groups: ["IT"], membership: { role: "admin", groups: [{ name: "sales" }] } },
  { id: "eve", claims: { groups: ["okta-sales", "Sales Team"] } },
  { id: "zoe", groups: [] },
];
const lines = users.map((user) => `${JSON.stringify(user)}\n`);

let folder;

before(async () => {
  folder = await cliProject();
  writeFileSync(join(folder, "users.jsonl"), lines.join(""));
});

const report = `ben loses: role admin -> builder; groups none; loses the highest role
ada changes: role builder -> end-user; groups +crm, -marketing

4 users: 0 would be refused, 0 would be let in, 2 unchanged, 0 gain, 1 lose, 1 gain and lose
1 user loses the highest role

role      before  after
admin          1      0
builder        1      1
end-user       2      3
`;

test("changes, and totals", async () => {
  assert.deepEqual(await impact(["--users", "users.jsonl"]), { code: 0, stdout: report, stderr: "" });
});

test("a brake: what takes something from too many is held", async () => {
  const braked = (...limits) => impact(["--users", "users.jsonl", ...limits]);
  const held = (by) => report.replace("\n\nrole", `\nheld by ${by}: 2 users would lose something\n\nrole`);
  assert.deepEqual(await braked("--max-losers", "2", "--max-share", "50%"), { code: 0, stdout: report, stderr: "" });
  assert.deepEqual(await braked("--max-losers", "1"), { code: 3, stdout: held("--max-losers"), stderr: "" });
  const both = await braked("--max-losers", "0", "--max-share", "0.49", "--threads", "2");
  assert.deepEqual(both, { code: 3, stdout: held("--max-losers and --max-share"), stderr: "" });
  for (const limit of [
    ["--max-losers", "-1"],
    ["--max-losers", "1.5"],
    ["--max-share", "101%"],
    ["--max-share", "many"],
  ]) {
    assert.equal((await braked(...limit)).code, 2, limit.join(" "));
  }
});

test("standard input, a byte order mark, line breaks of Windows, and no line break at the end", async () => {
  const input = `\ufeff${lines.join("").replaceAll("\n", "\r\n").trimEnd()}`;
  assert.deepEqual(await impact(["--users", "-"], { input }), { code: 0, stdout: report, stderr: "" });
});

test("JSON Lines: every change, and at last the summary", async () => {
  const { stdout } = await impact(["--users", "users.jsonl", "--format", "json"]);
  const printed = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    printed.map(({ id, summary }) => id ?? summary.users),
    ["ada", "ben", 4],
  );
  assert.deepEqual(printed[0], {
    id: "ada",
    effect: "changes",
    before: { role: "builder", groups: ["marketing"] },
    after: { role: "end-user", groups: ["crm"] },
  });
});

describe("who would be refused", () => {
  const users = [
    { id: "amy", groups: ["Sales Team"], membership: { role: "end-user", groups: [] } },
    { id: "refused", groups: ["visitors"], membership: { role: "admin", groups: [{ name: "sales" }] } },
    { id: "kept", groups: ["visitors"] },
  ];
  const input = users.map((user) => JSON.stringify(user)).join("\n");
  const config = (policy) => ({ mapping: "", claim: "groups", catalog: { groups: [{ name: "sales" }] }, policy });
  const args = ["impact", "--before", "open.json", "--after", "closed.json", "--users", "-"];

  before(() => {
    writeFileSync(join(folder, "open.json"), JSON.stringify({ ...config({ noMatch: "keep" }) }));
    writeFileSync(
      join(folder, "closed.json"),
      JSON.stringify({ ...config({ noMatch: "deny" }), mapping: "Sales Team -> sales" }),
    );
  });

  test("stands first, and is counted first", async () => {
    const { code, stdout } = await cli(args, { input });
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `refused would be refused: role admin -> none; groups -sales; loses the highest role
kept would be refused: role end-user -> none; groups none
amy gains: role end-user; groups +sales

3 users: 2 would be refused, 0 would be let in, 0 unchanged, 1 gain, 0 lose, 0 gain and lose
1 user loses the highest role

role      before  after
admin          1      0
builder        0      0
end-user       2      1
`,
    );
  });

  test("and the reverse is no gain", async () => {
    const back = ["impact", "--before", "closed.json", "--after", "open.json", "--users", "-"];
    const { stdout } = await cli(back, { input });
    assert.match(stdout, /^refused would be let in: role none -> admin; groups \+sales$/m);
    assert.match(stdout, /^3 users: 0 would be refused, 2 would be let in, 0 unchanged, 0 gain, 1 lose, /m);
  });

  test("in JSON it is an effect, with whoever loses the highest role", async () => {
    const { stdout } = await cli([...args, "--format", "json"], { input });
    const [, refused, kept, { summary }] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(refused, {
      id: "refused",
      effect: "denied",
      before: { role: "admin", groups: ["sales"] },
      after: { role: null, groups: [], denied: true },
      topRoleLost: true,
    });
    assert.deepEqual([kept.effect, kept.topRoleLost], ["denied", undefined]);
    assert.deepEqual([summary.denied, summary.admitted, summary.topRoleLost], [2, 0, 1]);
  });
});

test("what a guard refuses is told, and is not lost", async () => {
  const ben = { ...users[1], groups: ["Sales Team"], guards: { lastAdmin: true } };
  const seats = { roles: { builder: { used: 3, limit: 3 } } };
  const cy = {
    id: "cy",
    groups: ["Marketing Team", "IT"],
    membership: { role: "end-user", groups: [] },
    guards: { seats },
  };
  const input = [ben, cy].map((user) => JSON.stringify(user)).join("\n");
  const { stdout } = await impact(["--users", "-"], { input });
  assert.equal(
    stdout.split("\n\n")[0],
    `cy changes: role admin -> end-user; groups +crm, -marketing; loses the highest role; \
role builder is not given: no seat of the licence is left for it
ben loses: role admin; groups sales, -crm; role end-user is not given: the last user with the highest role keeps it`,
  );
});

test("no users at all", async () => {
  const { code, stdout } = await impact(["--users", "-"]);
  assert.equal(code, 0);
  assert.match(stdout, /^0 users: 0 would be refused, /);
});

describe("lines that cannot be read", () => {
  test("are reported by number, stop nothing, and fail", async () => {
    const input = [lines[0], '{ "id": "x" }\n', "\n", "oops\n", lines[1]].join("");
    const { code, stdout, stderr } = await impact(["--users", "-"], { input });
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^2 users: 0 would be refused, 0 would be let in, 0 unchanged, 0 gain, 1 lose, 1 gain and lose$/m,
    );
    assert.match(
      stderr,
      /^error: <stdin>:2: user x: needs `claims` or `groups`\nerror: <stdin>:4: no JSON from column 1 on: .*\n$/,
    );
  });

  test("are listed up to a hundred", async () => {
    const { code, stderr } = await impact(["--users", "-"], { input: "{}\n".repeat(1_234) });
    const printed = stderr.trimEnd().split("\n");
    assert.deepEqual([code, printed.length], [1, 101]);
    assert.match(printed[99], /^error: <stdin>:100: /);
    assert.equal(printed[100], "error: <stdin>: 1,134 more lines could not be read");
  });
});

describe("progress", () => {
  test("is shown on a terminal, and taken away at the end", async () => {
    const env = { NODE_OPTIONS: `--import=${join(folder, "as-terminal.mjs")}`, NO_COLOR: "1" };
    const { code, stdout, stderr } = await impact(["--users", "users.jsonl"], { env });
    assert.deepEqual([code, stdout], [0, report]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how a line is written over
    assert.match(stderr, /^\u001b\[1G\u001b\[2K\[#{24}\] 100 % {2}2 changes\u001b\[1G\u001b\[2K$/);
  });

  test("of standard input says how much was read, since nobody knows how much there is", async () => {
    const env = { NODE_OPTIONS: `--import=${join(folder, "as-terminal.mjs")}`, NO_COLOR: "1" };
    const { stderr } = await impact(["--users", "-"], { env, input: lines[0].repeat(100) });
    assert.match(stderr, /\d KiB read {2}100 changes/);
  });
});

describe("200,000 users", () => {
  const file = (count) => join(folder, `${count}.jsonl`);

  before(async () => {
    for (const count of [20_000, 200_000])
      await pipeline(Readable.from(generatedUsers(count)), createWriteStream(file(count)));
  });

  test("take no more memory than 20,000", async (t) => {
    const memory = async (count) => {
      // A heap that does not hold the file; and how far it grows does not depend on how busy the machine is.
      const env = { NODE_OPTIONS: `--max-old-space-size=16 --import=${join(folder, "print-memory.mjs")}` };
      const { code, stdout, stderr } = await impact(["--users", file(count)], { env });
      assert.equal(code, 0);
      assert.equal(stdout.match(/^u\d+ loses: role end-user; groups sales, -crm$/gm).length, count / 10);
      assert.ok(stdout.includes(`\n${count.toLocaleString("en-GB")} users: `));
      return Number(stderr.match(/^maxRSS (\d+)$/m)[1]) / 1024;
    };
    const [few, many] = [await memory(20_000), await memory(200_000)];
    t.diagnostic(`${Math.round(few)} MiB for 20,000 users, ${Math.round(many)} MiB for 200,000`);
    // The second file alone has 27 MiB.
    assert.ok(many - few < 16, `${few} MiB and ${many} MiB`);
  });

  test("end when nobody reads on", async () => {
    const { code, stdout, stderr } = await shell(
      `idp-group-sync impact ${sides.join(" ")} --users 200000.jsonl | head -n 2`,
      folder,
    );
    assert.deepEqual([code, stdout.split("\n").length, stderr], [0, 3, ""]);
  });
});
