// `reconcile`, whole and in parts, and `merge`: what comes of all users is the same however they are cut.

import assert from "node:assert/strict";
import { createWriteStream, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { before, describe, test } from "node:test";
import { adminRepository, cli, shell } from "./support/command-line.mjs";

let folder;
let lines;

before(async () => {
  folder = await adminRepository();
  lines = readFileSync(join(folder, "directory.jsonl"), "utf8").trimEnd().split("\n");
});

const run = (args, options) => cli(args, { folder, ...options });
const reconcile = (args, options) => run(["reconcile", "--settings", "settings.json", ...args], options);
const write = (name, content) => writeFileSync(join(folder, name), content);
const jsonLines = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("standard input gives what a file gives", async () => {
  const file = await reconcile(["--directory", "directory.jsonl"]);
  assert.deepEqual([file.code, file.stderr], [0, ""]);
  assert.deepEqual(await reconcile(["--directory", "-"], { input: lines.join("\r\n") }), file);
});

test("one workspace alone, as if sync were off elsewhere", async () => {
  const { stdout } = await reconcile(["--directory", "directory.jsonl", "-w", "lab"]);
  assert.match(stdout, /^eve in lab: groups \+labs$/m);
  assert.match(stdout, /^1 user would lose something$/m);
});

describe("--apply", () => {
  test("prints every plan, and the summary behind them", async () => {
    const { code, stdout, stderr } = await reconcile([
      "--directory",
      "directory.jsonl",
      "--apply",
      "--max-losers",
      "2",
    ]);
    assert.deepEqual([code, stderr], [0, ""]);
    const printed = jsonLines(stdout);
    assert.deepEqual(
      printed.map(({ id, user, summary }) => [id ?? summary.users, user]),
      [
        ["ben", "archive"],
        ["eve", "keep"],
        ["ian", "create"],
        ["zoe", "keep"],
        [5, undefined],
      ],
    );
    assert.deepEqual(printed[1].workspaces[1].plan.join, ["labs"]);
  });

  test("prints no plan where the brake holds", async () => {
    const { code, stdout, stderr } = await reconcile([
      "--directory",
      "directory.jsonl",
      "--apply",
      "--max-losers",
      "1",
    ]);
    assert.equal(code, 3);
    assert.deepEqual(
      jsonLines(stdout).map(({ summary }) => summary.heldBy),
      [["max-losers"]],
    );
    assert.match(stderr, /^held by --max-losers: 2 users would lose something$/m);
  });

  test("prints no plan where more lines are unreadable than may be", async () => {
    write("faulty.jsonl", [...lines, '{ "id": "cut", "directory": "abs'].join("\n"));
    const strict = await reconcile(["--directory", "faulty.jsonl", "--apply"]);
    assert.deepEqual([strict.code, jsonLines(strict.stdout).length], [1, 1]);
    assert.match(strict.stderr, /^error: faulty\.jsonl:6: user cut: no JSON from column 33 on: /);
    const lenient = await reconcile(["--directory", "faulty.jsonl", "--apply", "--allow-faults", "1"]);
    assert.deepEqual([lenient.code, jsonLines(lenient.stdout).length], [0, 5]);
  });

  test("needs a file, unless it is a part", async () => {
    const { code, stdout, stderr } = await reconcile(["--directory", "-", "--apply"], { input: lines.join("\n") });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: <stdin>: `--apply` reads the users twice/);
    const part = await reconcile(["--directory", "-", "--apply", "--part"], { input: lines.join("\n") });
    assert.deepEqual([part.code, jsonLines(part.stdout).length], [0, 5]);
  });
});

test("what is wrong with the settings is said in a sentence", async () => {
  const settings = JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"));
  write("bare.json", JSON.stringify({ ...settings, catalogs: undefined }));
  const bare = ["reconcile", "--settings", "bare.json", "--directory", "directory.jsonl"];
  assert.match(
    (await run(bare)).stderr,
    /^error: bare\.json: there is no catalog of `main`: give `catalogs` in the settings/,
  );
  write("catalogs.json", JSON.stringify(settings.catalogs));
  assert.deepEqual(
    await run([...bare, "--catalogs", "catalogs.json"]),
    await reconcile(["--directory", "directory.jsonl"]),
  );
  for (const [args, message] of [
    [
      ["--settings", "group-sync.json"],
      "error: group-sync.json: this is no file of settings: it has no `workspaces`\n",
    ],
    [
      ["--settings", "settings.json", "-w", "none"],
      "error: settings.json: there is no workspace `none`; the file has `main`, `lab`\n",
    ],
  ]) {
    const refused = await run(["reconcile", "--directory", "directory.jsonl", ...args]);
    assert.deepEqual(refused, { code: 2, stdout: "", stderr: message });
  }
});

describe("in parts", () => {
  const impact = ["impact", "--config", "group-sync.json", "--before", "mapping.txt", "--after", "none.txt"];

  test("every way to cut and to merge gives what one process gives", async () => {
    const whole = await reconcile(["--directory", "directory.jsonl", "--max-losers", "1"]);
    const totals = whole.stdout.split("\n\n")[1];
    for (let cut = 0; cut <= lines.length; cut += 1) {
      const outputs = [lines.slice(0, cut), lines.slice(cut)].map(async (part, index) => {
        const { code, stdout } = await reconcile(["--directory", "-", "--part"], { input: part.join("\n") });
        assert.equal(code, 0);
        write(`part-${index}.jsonl`, stdout);
        return stdout;
      });
      const input = (await Promise.all(outputs)).join("");
      const merged = await run(["merge", "part-1.jsonl", "part-0.jsonl", "--parts", "2", "--max-losers", "1"]);
      assert.deepEqual(merged, { code: 3, stdout: totals, stderr: "" });
      const again = await run(["merge", "-", "--format", "json"], { input });
      assert.deepEqual(await run(["merge", "-", "--max-losers", "1"], { input: again.stdout }), merged);
    }
  });

  test("an impact", async () => {
    write("none.txt", "");
    const users = readFileSync(join(folder, "users.jsonl"), "utf8").trimEnd().split("\n");
    const whole = await run([...impact, "--users", "users.jsonl"]);
    const parts = await Promise.all(users.map((input) => run([...impact, "--users", "-", "--part"], { input })));
    const input = parts.map(({ stdout }) => stdout).join("");
    const merged = await run(["merge", "-", "--parts", String(users.length)], { input });
    const summary = whole.stdout.indexOf(`${users.length} users`);
    assert.ok(summary > 0);
    assert.deepEqual(merged, { code: 0, stdout: whole.stdout.slice(summary), stderr: "" });
  });

  test("what is unreadable ends no part, and is told of the user", async () => {
    const input = `${lines[0]}\n{ "id": "cut", "directory": "absent" }\noops\n`;
    const part = await reconcile(["--directory", "-", "--part"], { input });
    assert.equal(part.code, 0);
    const merged = await run(["merge", "-"], { input: part.stdout });
    assert.equal(merged.code, 1);
    assert.match(merged.stderr, /^error: line 3 of a part: no JSON .*\nerror: user cut: method: .*\n$/);
    assert.equal((await run(["merge", "-", "--allow-faults", "2"], { input: part.stdout })).code, 0);
  });

  test("a part that is missing, cut short or of something else is no part", async () => {
    const { stdout } = await reconcile(["--directory", "directory.jsonl", "--part"]);
    const [summary] = jsonLines(stdout).slice(-1);
    write("whole.jsonl", stdout);
    write("cut.jsonl", stdout.slice(0, stdout.indexOf('{"summary')));
    write("half.jsonl", stdout.slice(0, -20));
    write("impact.jsonl", JSON.stringify({ summary: { ...summary.summary, roles: {} } }));
    for (const [args, message] of [
      [["whole.jsonl", "--parts", "2"], /^error: expected the summaries of 2 parts, found 1; apply nothing\n$/],
      [["whole.jsonl", "cut.jsonl"], /^error: cut\.jsonl: there is no summary, so it was cut short; apply nothing\n$/],
      [["half.jsonl"], /^error: half\.jsonl:5: this is no whole line of JSON\n$/],
      [["whole.jsonl", "impact.jsonl"], /^error: summaries\[1\]\.roles: expected what the summaries before have/],
      [["nowhere.jsonl"], /^error: nowhere\.jsonl: the output can't be read: there is no such file\n$/],
    ]) {
      const { code, stdout, stderr } = await run(["merge", ...args]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    }
  });

  test("a part has neither brake nor faults", async () => {
    for (const limit of ["--max-losers", "--max-share", "--allow-faults"]) {
      const { code, stderr } = await reconcile(["--directory", "directory.jsonl", "--part", limit, "1"]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`option '--part' cannot be used with option '.*${limit} <`));
    }
  });

  test("the exit code is kept by a pipe of a shell that is told to", async () => {
    const command = "idp-group-sync reconcile --settings settings.json --directory directory.jsonl --max-losers 1";
    const { code } = await shell(`bash -c 'set -o pipefail; ${command} | tee report.txt'`, folder);
    assert.equal(code, 3);
  });
});

test("100,000 users fit into memory that has no room for their lines", async () => {
  const users = function* () {
    for (let number = 0; number < 100_000; number += 1)
      yield `${lines[number % 5].replace('"id": "', `$&${number}-`)}\n`;
  };
  await pipeline(Readable.from(users()), createWriteStream(join(folder, "many.jsonl")));
  assert.ok(statSync(join(folder, "many.jsonl")).size > 18 * 1024 * 1024);
  const command = "idp-group-sync reconcile --settings settings.json --directory many.jsonl --apply";
  const { code, stdout, stderr } = await shell(`${command} | wc -l`, folder, {
    NODE_OPTIONS: "--max-old-space-size=16",
  });
  assert.deepEqual([code, stdout.trim(), stderr], [0, "80001", ""]);
});
