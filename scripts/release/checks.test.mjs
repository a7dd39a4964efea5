// What the checks of a release conclude, and how it is told.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { taken } from "./materials.mjs";
import { isUnreachable } from "./network.mjs";
import { check, demandNone, exitCode, LeftToDo, NothingToDo, NotRun, table, verdict } from "./outcomes.mjs";
import { programOf } from "./projects.mjs";
import { isBreaking, lostNames } from "./surface.mjs";

const place = mkdtempSync(join(tmpdir(), "idp-group-sync-"));
after(() => rmSync(place, { recursive: true, force: true }));

test("only a check that ran and found nothing is green", async (t) => {
  t.mock.method(console, "log", () => undefined);
  const outcomes = [];
  await check(outcomes, "a", () => "all");
  await check(outcomes, "b", () => demandNone(["one", "two"]));
  for (const [name, error] of Object.entries({
    c: new NotRun("no network"),
    d: new LeftToDo("fill it in"),
    e: new NothingToDo("new"),
  })) {
    await check(outcomes, name, async () => {
      throw error;
    });
  }
  assert.equal(
    table(outcomes),
    [
      "✓ a  all",
      "✗ b  FAILED: one …",
      "– c  NOT RUN: no network",
      "! d  TO DO: fill it in",
      "· e  NOT NEEDED: new",
      "",
      "1 passed, 1 failed, 1 not run, 1 to do, 1 not needed",
    ].join("\n"),
  );
});

test("what only a maintainer can do, and what could not be run, stop a release and no rehearsal", () => {
  const ends = (...states) =>
    [false, true].map((isStrict) =>
      exitCode(
        states.map((state) => ({ state })),
        isStrict,
      ),
    );
  assert.deepEqual(ends("passed", "not needed"), [0, 0]);
  assert.deepEqual(ends("passed", "to do"), [0, 1]);
  assert.deepEqual(ends("passed", "not run"), [0, 1]);
  assert.deepEqual(ends("passed", "failed"), [1, 1]);
  const left = [
    { name: "build", state: "passed" },
    { name: "changelog", state: "to do" },
    { name: "advisories", state: "not run" },
  ];
  const what = "Fill in before the release: changelog.\nNot run here, so nobody knows: advisories.";
  assert.equal(verdict(left, true), what);
  assert.match(verdict(left, false).replace(`${what}\n`, ""), /^As a rehearsal, this is a success/);
  assert.equal(verdict([{ name: "build", state: "passed" }], true), "Ready to be released.");
});

test("a network that is away is told from a fault", () => {
  assert.ok(isUnreachable("npm error network request failed, reason: getaddrinfo ENOTFOUND example.com"));
  assert.ok(isUnreachable("fatal: unable to access 'https://…': Could not resolve host: github.com"));
  assert.ok(!isUnreachable("error[vulnerability]: a crate has a known fault"));
  assert.ok(!isUnreachable("1 package has an invalid registry signature"));
});

test("a name or an entry that is gone breaks, and only some versions may", () => {
  const make = (name, entries, files) => {
    const folder = join(place, name);
    mkdirSync(folder);
    const exports = Object.fromEntries(
      entries.map((entry) => [`./${entry}`, { types: `./${entry}.d.ts`, default: "./a.js" }]),
    );
    writeFileSync(join(folder, "package.json"), JSON.stringify({ exports }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return folder;
  };
  const before = make("before", ["a", "b"], {
    "a.d.ts": 'export * from "./more.js";\nexport { One as Two, type Three };\n/* export class Not {} */',
    "b.d.ts": "export declare function kept(): void;\nexport interface Gone {}",
    "more.d.ts": "export declare const deep: 1;",
  });
  const after = make("after", ["b", "c"], {
    "b.d.ts": "export declare function kept(a?: string): void;",
    "c.d.ts": "export type New = 1;",
  });
  assert.deepEqual(lostNames(before, after), ["./a", "./a Three", "./a Two", "./a deep", "./b Gone"]);
  assert.deepEqual(lostNames(before, before), []);
  const may = (before, after) => isBreaking(before, after);
  assert.deepEqual(
    [may("0.1.0", "0.1.1"), may("0.1.0", "0.2.0"), may("1.0.0", "1.9.0"), may("1.0.0", "2.0.0")],
    [false, true, false, true],
  );
});

test("the libraries of which a package holds parts are read from their licences", () => {
  const dist = join(place, "package", "dist");
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "licences.txt"), "@lit/element 2.1.2\n\nMIT License\n\nversion 2.0 of it\n");
  writeFileSync(join(dist, "cli-licences.txt"), "commander 14.0.3\n\nMIT\n");
  assert.deepEqual(taken(join(place, "package")), { commander: "14.0.3", "@lit/element": "2.1.2" });
});

test("an example of the documentation becomes a program", () => {
  assert.equal(
    programOf("let a = f()?;\n# Ok::<(), MyError>(())\n"),
    "fn main() -> Result<(), MyError> {\n    let a = f()?;\n    Ok::<(), MyError>(())\n}\n",
  );
  assert.equal(programOf("f();\n"), "fn main() -> () {\n    f();\n}\n");
});
