// Files that are read in another way than whoever wrote them meant: other encodings, and fields that stand twice.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { cli, cliProject } from "./support/command-line.mjs";

let folder;
const write = (name, content) => writeFileSync(join(folder, name), content);
const latin1 = (text) => Buffer.from(text, "latin1");
const config = ["-m", "mapping.txt", "--catalog", "catalog.json"];
const impact = ["impact", "--before", "mapping.txt", "--after", "mapping.txt", "--catalog", "catalog.json"];

before(async () => {
  folder = await cliProject();
  write("member.json", '{ "role": null, "groups": [] }');
});

/** The one sentence on standard error. */
async function refusal(args, input) {
  const { code, stdout, stderr } = await cli(args, { input });
  assert.deepEqual([code, stdout], [2, ""], stderr);
  assert.equal(stderr.split("\n").length, 2, stderr);
  return stderr.replace(/^error: (.*)\n$/, "$1");
}

describe("text that is not UTF-8", () => {
  const check = (content) => refusal(["check", "-", "--catalog", "catalog.json"], content);

  test("is refused with the place of the first such byte", async () => {
    const at = (place) => `<stdin>:${place}: this is not UTF-8; save the file as UTF-8`;
    assert.equal(await check(latin1("Verkäufe -> sales")), at("1:5"));
    assert.equal(await check(latin1("a -> sales\r\nb -> sales\rVerkäufe -> sales")), at("3:5"));
    assert.equal(await check(Buffer.concat([Buffer.from("\ufeffé🚀\ufffd -> a\n"), latin1("é")])), at("2:1"));
    assert.equal(await check(Buffer.concat([Buffer.from("ok -> a\n"), Buffer.from("é").subarray(0, 1)])), at("2:1"));
    assert.equal(await check(Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62])), at("1:2"), "a surrogate");
    assert.equal(await check(Buffer.from([0xc0, 0x80])), at("1:1"), "an overlong form");
  });

  test("is none where U+FFFD is meant", async () => {
    const { code } = await cli(["check", "-", "--catalog", "catalog.json"], { input: "a\ufffdb -> sales" });
    assert.equal(code, 0);
  });

  test("may be UTF-16, if it begins with a byte order mark", async () => {
    const text = Buffer.from("\ufeffVerkäufe -> sales", "utf16le");
    const checked = (input) => cli(["check", "-", "--catalog", "catalog.json"], { input });
    assert.equal((await checked(text)).stdout, "<stdin>: 1 entry; nothing to report\n");
    assert.equal((await checked(Buffer.from(text).swap16())).stdout, "<stdin>: 1 entry; nothing to report\n");
    const broken = Buffer.concat([text, Buffer.from("\nx\ud800", "utf16le")]);
    assert.equal(await check(broken), "<stdin>:2:2: this is not UTF-16; save the file as UTF-8");
  });

  test("is refused in every file that is read", async () => {
    write("latin-1", latin1('{ "é": 1 }'));
    for (const args of [
      ["check", "latin-1", "--catalog", "catalog.json"],
      ["check", "mapping.txt", "--catalog", "latin-1"],
      ["check", "mapping.txt", "--catalog", "catalog.json", "--policy", "latin-1"],
      ["explain", "latin-1", ...config],
      ["explain", "-g", "a", "-c", "latin-1"],
      ["plan", "-g", "a", "--membership", "latin-1", ...config],
      ["plan", "-g", "a", "--membership", "member.json", "--guards", "latin-1", ...config],
      ["test", "latin-1", ...config],
      ["diff", "latin-1", "mapping.txt", "--catalog", "catalog.json"],
    ]) {
      assert.equal(await refusal(args), "latin-1:1:4: this is not UTF-8; save the file as UTF-8", args.join(" "));
    }
    const payload = latin1('{"groups":["é"]}').toString("base64url");
    const jwt = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    const message = "<stdin> (payload):1:13: this is not UTF-8; save the file as UTF-8";
    assert.equal(await refusal(["explain", "-", ...config], jwt), message);
  });

  test("is a fault of its line among users", async () => {
    const users = Buffer.concat([Buffer.from('{"id":"ada","groups":[]}\n'), latin1('{"id":"é","groups":[]}\n')]);
    const { code, stderr } = await cli([...impact, "--users", "-"], { input: users });
    assert.equal(code, 1);
    assert.match(stderr, /^error: <stdin>:2: .*UTF-8.*\n$/);
  });
});

describe("a field that stands twice", () => {
  test("is refused with the place of the second, however deep", async () => {
    const catalog = (text) => refusal(["check", "mapping.txt", "--catalog", "-"], text);
    const twice = (place, name) => `<stdin>:${place}: the field \`${name}\` stands twice in this object`;
    assert.equal(await catalog('{ "groups": [], "groups": [{ "name": "a" }] }'), twice("1:17", "groups"));
    assert.equal(await catalog('{\n  "groups": [\n    { "name": "a", "name": "b" }\n  ]\n}'), twice("3:20", "name"));
    assert.equal(await catalog('{ "groups": [], "gr\\u006fups": [] }'), twice("1:17", "groups"));
    assert.equal(await catalog('{ "__proto__": 1, "__proto__": 2 }'), twice("1:19", "__proto__"));
  });

  test("is refused in every file of JSON", async () => {
    write("twice.json", '{ "a": 1, "a": 2 }');
    for (const args of [
      ["check", "mapping.txt", "--catalog", "catalog.json", "--policy", "twice.json"],
      ["explain", "twice.json", ...config],
      ["explain", "-g", "a", "-c", "twice.json"],
      ["explain", "-g", "a", ...config, "--claim", '{ "a": 1, "a": 2 }'],
      ["plan", "-g", "a", "--membership", "twice.json", ...config],
      ["plan", "-g", "a", "--membership", "member.json", "--guards", "twice.json", ...config],
      ["test", "twice.json", ...config],
      ["diff", "twice.json", "mapping.txt", "--catalog", "catalog.json"],
    ]) {
      assert.match(await refusal(args), /:1:11: the field `a` stands twice in this object$/, args.join(" "));
    }
  });

  test("is none in different objects", async () => {
    const input = '{ "groups": [{ "name": "a" }, { "name": "b", "requires": "admin" }] }';
    assert.equal((await cli(["check", "mapping.txt", "--catalog", "-"], { input })).code, 0);
  });
});

describe("scenarios that test nothing", () => {
  const run = (scenarios, args = []) => cli(["test", "-", ...config, ...args], { input: JSON.stringify(scenarios) });

  test("an empty list is refused", async () => {
    const { code, stdout, stderr } = await run([]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, "error: <stdin>:1:1: there are no scenarios, so nothing is tested\n");
  });

  test("one of which nothing is expected fails, and no other for it", async () => {
    const nothing = { name: "unfinished", groups: ["IT"], expect: {} };
    const { code, stdout } = await run([nothing, { name: "finished", groups: [], expect: { groups: [] } }]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^FAIL {2}unfinished \(<stdin>:1:2\)\n {8}expect: nothing is expected; give a role, groups or/,
    );
    assert.match(stdout, /^ok {4}finished$/m);
    const github = await run([nothing], ["--format", "github"]);
    assert.equal(github.code, 1);
    assert.match(github.stdout, /^::error .*title=unfinished::expect: nothing is expected; /);
  });
});

describe("check without a catalog", () => {
  const note = "note: without a catalog, only the syntax was checked; `--catalog FILE` checks the names too\n";

  test("checks the syntax, and says so", async () => {
    const fine = await cli(["check", "-"], { input: "a -> nowhere" });
    assert.deepEqual(fine, { code: 0, stdout: "<stdin>: 1 entry; nothing to report\n", stderr: note });
    const wrong = await cli(["check", "-", "--format", "json"], { input: "a => b" });
    assert.deepEqual([wrong.code, wrong.stderr], [1, note]);
    assert.deepEqual(
      JSON.parse(wrong.stdout).map(({ code }) => code),
      ["missing-arrow"],
    );
    const github = await cli(["check", "-", "--format", "github"], { input: "a => b" });
    assert.deepEqual([github.code, github.stderr], [1, note]);
  });

  test("heeds warnings too, if they are denied", async () => {
    const { code } = await cli(["check", "-", "--deny-warnings"], { input: "a -> b, a -> b" });
    assert.equal(code, 1);
  });
});
