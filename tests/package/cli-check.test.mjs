// `check`: what it prints, down to the column.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkMapping } from "idp-group-sync";
import { cli, cliProject, shell } from "./support/command-line.mjs";

const catalog = { groups: [{ name: "marketing", requires: "builder" }, { name: "sales" }, { name: "crm" }] };
const check = (input, args = [], env = {}) => cli(["check", "-", "--catalog", "catalog.json", ...args], { input, env });

/** The lines of the first frame: the source, and the carets under it. */
async function frameOf(text) {
  const { stdout } = await check(text);
  const lines = stdout.split("\n");
  const caret = lines.findIndex((line) => /^ *\| +\^/.test(line));
  return lines.slice(caret - 1, caret + 1);
}

test("nothing to report", async () => {
  const { code, stdout, stderr } = await cli(["check", "mapping.txt", "--catalog", "catalog.json", "--deny-warnings"]);
  assert.deepEqual(
    [code, stderr, stdout.split("\n").slice(-2)],
    [0, "", ["mapping.txt: 4 entries; 1 info", ""]],
    "the highest role is an info, which fails nothing",
  );
  assert.deepEqual(await check("Sales Team -> sales"), {
    code: 0,
    stdout: "<stdin>: 1 entry; nothing to report\n",
    stderr: "",
  });
});

test("errors and warnings, with their fixes", async () => {
  const { code, stdout, stderr } = await cli(["check", "typos.txt", "--catalog", "catalog.json"]);
  assert.deepEqual([code, stderr], [1, ""]);
  assert.equal(
    stdout,
    `error[missing-arrow]: \`=>\` is not an arrow
 --> typos.txt:1:12
  |
1 | Sales Team => sales
  |            ^^
  = help: write \`IdP group -> app group\`
  = fix: write \`->\` instead of \`=>\`
1 + Sales Team -> sales

warning[unknown-target]: \`marketting\` is neither a role nor a group of the application, so it grants nothing
 --> typos.txt:2:19
  |
2 | Marketing Team -> marketting
  |                   ^^^^^^^^^^
  = help: create the group in the application, or name one that exists
  = fix: write \`marketing\`
2 + Marketing Team -> marketing

typos.txt: 1 entry; 1 error, 1 warning
`,
  );
});

test("a fix that removes a line shows the line that goes", async () => {
  const { stdout } = await check("a -> sales\r\na -> sales\r\nb -> crm");
  assert.match(stdout, /= fix: remove the repeated entry\n2 - a -> sales\n\n/);
});

test("--deny-warnings fails for a warning, and nothing else does", async () => {
  assert.equal((await check("a -> slaes")).code, 0);
  assert.equal((await check("a -> slaes", ["--deny-warnings"])).code, 1);
});

describe("carets stand under what is meant", () => {
  const cases = {
    "after a tab, which is four spaces": ["\tA => sales", "1 |     A => sales", "  |       ^^"],
    "after wide characters": ["営業部 => sales", "1 | 営業部 => sales", "  |        ^^"],
    "under wide characters": ["a -> 営業", "1 | a -> 営業", "  |      ^^^^"],
    "after combining characters": ["Cafe\u0301 => sales", "1 | Cafe\u0301 => sales", "  |      ^^"],
    "after emoji of several code points": ["👩‍💻🇨🇭👍🏽 => sales", "1 | 👩‍💻🇨🇭👍🏽 => sales", "  |        ^^"],
    "after what cannot be seen": ["A\u200b => sales", "1 | A\\u{200B} => sales", "  |           ^^"],
    "on a later line of a text from Windows": ["a -> crm\r\nb => crm\r\n", "2 | b => crm", "  |   ^^"],
    "behind a byte order mark": ["\ufeffA => sales", "1 | A => sales", "  |   ^^"],
    "at the end of a line": ["a -> crm\nSales ->\n", "2 | Sales ->", "  |       ^^"],
  };
  for (const [name, [text, ...frame]] of Object.entries(cases)) {
    test(name, async () => assert.deepEqual(await frameOf(text), frame));
  }
});

describe("a long line is cut", () => {
  const entries = Array.from({ length: 60 }, (_, index) => `Team ${index} -> crm`);

  for (const [name, at] of [
    ["behind", 0],
    ["on both sides", 30],
    ["before", 59],
  ]) {
    test(`${name} what is meant`, async () => {
      const text = entries.with(at, "営業 => crm").join(", ");
      const [line, carets] = await frameOf(text);
      assert.equal(line.startsWith("1 | …"), at > 0);
      assert.equal(line.endsWith("…"), at < 59);
      assert.ok(line.length <= 120, line);
      const [before] = line.split("=>");
      const wide = 2;
      assert.equal(carets, `  | ${" ".repeat(before.length + wide - 4)}^^`);
    });
  }

  test("which takes no time in proportion to its square", async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `Team ${index} => crm`).join(",");
    const folder = await cliProject();
    writeFileSync(join(folder, "many.txt"), text);
    // So many seconds of work, however long they take on a busy machine.
    const { stdout } = await shell("ulimit -t 20; idp-group-sync check many.txt --catalog catalog.json", folder);
    assert.match(stdout, /0 entries; 20,000 errors\n$/);
  });
});

test("a name cannot steer the terminal", async () => {
  const { stdout } = await check("\u001b]0;owned\u0007\u001b[2J\u202eevil -> nothing");
  assert.doesNotMatch(stdout, /[^\n -~]/);
  assert.match(stdout, /`\\u\{1B\}\]0;owned\\u\{7\}\\u\{1B\}\[2J\\u\{202E\}evil`/);
});

test("UTF-16, as some Windows programs write it", async () => {
  const folder = await cliProject();
  writeFileSync(join(folder, "utf-16.txt"), Buffer.from("\ufeffSales Team -> sales\r\n", "utf16le"));
  const { stdout } = await cli(["check", "utf-16.txt", "--catalog", "catalog.json"]);
  assert.equal(stdout, "utf-16.txt: 1 entry; nothing to report\n");
});

test("JSON is what `checkMapping` returns", async () => {
  const text = "Sales Team => sales\nMarketing Team -> marketting\n";
  const { code, stdout } = await check(text, ["--format", "json"]);
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout), checkMapping(text, catalog));
});

describe("GitHub annotations", () => {
  const annotate = (text, env) => check(text, ["--format", "github"], env);

  test("are escaped as workflow commands need it", async () => {
    const folder = await cliProject();
    writeFileSync(join(folder, "100%, a:b.txt"), "a -> 100%\n");
    const { stdout } = await cli(["check", "100%, a:b.txt", "--catalog", "catalog.json", "--format", "github"]);
    assert.equal(
      stdout,
      "::warning file=100%25%2C a%3Ab.txt,line=1,col=6,endLine=1,endColumn=10,title=unknown-target::" +
        "`100%25` is neither a role nor a group of the application, so it grants nothing%0A" +
        "create the group in the application, or name one that exists\n" +
        "100%, a:b.txt: 1 entry; 1 warning\n",
    );
  });

  test("name no file for standard input, and call an info a notice", async () => {
    const { stdout } = await annotate("Chiefs -> admin");
    assert.match(stdout, /^::notice title=grants-top-role::the members of `Chiefs` get the highest role, `admin`\n/);
  });

  test("have paths from the root of the repository, and forge no other command", async () => {
    const folder = await cliProject();
    const args = ["check", "typos.txt", "--catalog", "catalog.json", "--format", "github"];
    const { stdout } = await cli(args, { env: { GITHUB_WORKSPACE: join(folder, "..") } });
    assert.match(stdout, /^::error file=[^/]+\/typos\.txt,line=1,/);
    const forged = await annotate('"x\\n::error::forged" -> nothing');
    assert.equal(forged.stdout.split("\n").filter((line) => line.startsWith("::error")).length, 0);
  });
});

describe("colours", () => {
  const terminal = async () => ({ NODE_OPTIONS: `--import=${join(await cliProject(), "as-terminal.mjs")}` });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
  const isColoured = ({ stdout }) => /\u001b\[1m/.test(stdout);

  test("on a terminal only", async () => {
    assert.equal(isColoured(await check("a => b")), false);
    assert.equal(isColoured(await check("a => b", [], await terminal())), true);
    assert.equal(isColoured(await check("a => b", [], { ...(await terminal()), TERM: "dumb" })), false);
  });

  test("by NO_COLOR and FORCE_COLOR", async () => {
    assert.equal(isColoured(await check("a => b", [], { FORCE_COLOR: "1" })), true);
    assert.equal(isColoured(await check("a => b", [], { ...(await terminal()), NO_COLOR: "1" })), false);
    assert.equal(isColoured(await check("a => b", [], { ...(await terminal()), FORCE_COLOR: "0" })), false);
  });

  test("never in JSON", async () => {
    assert.equal(isColoured(await check("a => b", ["--format", "json"], { FORCE_COLOR: "1" })), false);
  });
});
