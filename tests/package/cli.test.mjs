// The program `idp-group-sync` as a whole: that it is there, its help, its options, and how it ends.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { cli, cliProject, shell } from "./support/command-line.mjs";
import { run } from "./support/project.mjs";

const commands = [
  "check",
  "fmt",
  "explain",
  "plan",
  "diff",
  "test",
  "impact",
  "reconcile",
  "merge",
  "import",
  "completions",
];

describe("the package brings the program", () => {
  test("npx runs it", async () => {
    const folder = await cliProject();
    const { version } = JSON.parse(
      readFileSync(join(folder, "node_modules", "idp-group-sync", "package.json"), "utf8"),
    );
    assert.equal(await run("npx", ["--no-install", "idp-group-sync", "--version"], folder), `${version}\n`);
  });

  test("with the licence of every library in it, and no dependency", async () => {
    const folder = join(await cliProject(), "node_modules", "idp-group-sync");
    assert.equal(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies, undefined);
    const modules = ["cli.js", "cli-yaml.js"];
    const program = modules.map((name) => readFileSync(join(folder, "dist", name), "utf8")).join("");
    const libraries = [...program.matchAll(/^\/\/ (?:.*\/)?node_modules\/([^/\n]+)/gm)].map(([, name]) => name);
    const licences = readFileSync(join(folder, "dist", "cli-licences.txt"), "utf8");
    const named = [...licences.matchAll(/^([\w-]+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
    assert.deepEqual(named, [...new Set(libraries)].sort());
    assert.ok(named.includes("commander"));
    assert.equal(licences.match(/permission (to use, copy.* )?is\s+hereby granted/gis).length, named.length);
  });

  test("and asks the package's own entry for every decision", async () => {
    const file = join(await cliProject(), "node_modules", "idp-group-sync", "dist", "cli.js");
    const program = readFileSync(file, "utf8");
    assert.match(program, /await import\("idp-group-sync"\)/);
    assert.doesNotMatch(program, /WebAssembly/);
    assert.ok(program.startsWith("#!/usr/bin/env node\n"));
    assert.ok(statSync(file).size < 320_000);
  });
});

describe("help", () => {
  test("without a command, on standard error", async () => {
    const { code, stdout, stderr } = await cli([]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^Usage: idp-group-sync \[options\] \[command\]/);
  });

  test("lists every command", async () => {
    const { code, stdout, stderr } = await cli(["--help"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name]) => name);
    assert.deepEqual(listed, [...commands, "help"]);
  });

  for (const command of commands) {
    test(`of ${command}: options, examples and exit codes`, async () => {
      const { code, stdout } = await cli(["help", command]);
      assert.equal(code, 0);
      assert.equal((await cli([command, "--help"])).stdout, stdout);
      // What is configured by whole settings, or needs to know nothing of the application.
      const configured = ["fmt", "import", "reconcile", "merge", "completions"].includes(command)
        ? []
        : ["Configuration"];
      for (const heading of ["Usage:", "Options:", ...configured, "Examples:", "Exit codes:"]) {
        assert.match(stdout, new RegExp(`^${heading}`, "m"));
      }
      assert.match(stdout, new RegExp(`^ {2}\\$ .*idp-group-sync ${command} `, "m"));
      const long = stdout.split("\n").filter((line) => line.length > 90);
      assert.deepEqual(long, []);
    });
  }
});

describe("options", () => {
  const refused = [
    [["chek"], "error: unknown command 'chek'\n(Did you mean check?)\n(--help says what there is)\n"],
    [
      ["check", "--catalogue", "x"],
      "error: unknown option '--catalogue'\n(Did you mean --catalog?)\n(--help says what there is)\n",
    ],
    [["diff", "mapping.txt"], "error: missing required argument 'new'\n(--help says what there is)\n"],
    [["plan", "-g", "a"], "error: required option '--membership <file>' not specified\n(--help says what there is)\n"],
    [
      ["check", "--format", "xml"],
      "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are human, json, github, sarif, junit.\n(--help says what there is)\n",
    ],
    [
      ["check", "mapping.txt", "--mapping", "mapping.txt"],
      "error: the mapping is given twice, as an argument and as `--mapping`; give one of them\n",
    ],
    [
      ["explain", "token.json", "-g", "a"],
      "error: both a token and groups are given: give the token's file, or `--groups NAME` for each IdP group\n",
    ],
    [
      ["explain"],
      "error: there is no token and there are no groups: give the token's file, or `--groups NAME` for each IdP group\n",
    ],
    [
      ["explain", "-g", "a", "-m", "mapping.txt"],
      "error: there is no catalog: give `--catalog FILE`, or `catalog` or `catalogFile` in the file of `--config`\n",
    ],
    [
      ["explain", "-g", "a", "--catalog", "catalog.json"],
      "error: there is no mapping: give `--mapping FILE`, or `mapping` or `mappingFile` in the file of `--config`\n",
    ],
    [
      ["check", "-", "--catalog", "-"],
      "error: standard input (`-`) can be only one file, not `mappings` and `--catalog`\n",
    ],
  ];

  for (const [args, message] of refused) {
    test(args.join(" "), async () => {
      assert.deepEqual(await cli(args), { code: 2, stdout: "", stderr: message });
    });
  }
});

test("a fault of the program itself is told from problems in what it reads", async () => {
  const env = { NODE_OPTIONS: `--import=${join(await cliProject(), "broken.mjs")}` };
  const { code, stderr } = await cli(["check", "mapping.txt", "--catalog", "catalog.json"], { env });
  assert.equal(code, 4);
  assert.match(
    stderr,
    /^error: this is a fault of idp-group-sync; please report it\nError: broken on purpose\n {4}at /,
  );
});

test("a reader that has seen enough ends the program quietly", async () => {
  const folder = await cliProject();
  const entries = 'i=0; while [ $i -lt 4000 ]; do echo "Team $i => sales"; i=$((i+1)); done';
  const { stdout, stderr } = await shell(
    `(${entries}) | idp-group-sync check - --catalog catalog.json | head -n 1`,
    folder,
  );
  assert.deepEqual([stdout, stderr], ["error[missing-arrow]: `=>` is not an arrow\n", ""]);
});
