// What runs on somebody else's machines: pinned, with the least permissions, and with nothing left out.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeVersions } from "../release/projects.mjs";
import { root } from "../setup/place.mjs";
import { parts } from "../test/parts.mjs";

const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
const { scripts, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

for (const { file, text } of workflows) {
  test(`${file}: every action is pinned to a commit, beside the version that it is`, () => {
    const used = [...text.matchAll(/^\s*-? ?uses: (.+)$/gm)].map(([, action]) => action);
    assert.ok(used.length > 0);
    for (const action of used) assert.match(action, /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${file}: nothing may be written but where a job asks for it, and no secret is read`, () => {
    assert.match(text, /^permissions:( \{\}|\n {2}contents: read)$/m);
    assert.match(text, /^concurrency:$/m);
    assert.doesNotMatch(text, /secrets\.|pull_request_target/);
  });

  test(`${file}: every script that it runs is there`, () => {
    const run = text.matchAll(/\bnpm (?:run )?([\w:]+)(?= --|$)/gm);
    for (const [, script] of run) assert.ok(script in scripts || script === "publish", script);
    for (const [, script] of text.matchAll(/\bnode (scripts\/[\w/.-]+)/g))
      assert.ok(existsSync(join(root, script)), script);
  });
}

const ci = workflows.find(({ file }) => file === "ci.yml").text;

test("a release is refused for what was not run, and for what is left to do; a change is not", () => {
  const release = workflows.find(({ file }) => file === "release.yml").text;
  assert.match(release, /^ {6}- run: npm run release:dry -- --strict$/m);
  assert.match(ci, /^ {6}- run: npm test -- release$/m);
});

test("every part of `npm test` that does not run by name alone runs for every change, once", () => {
  const [, listed] = ci.match(/^ {8}parts:\n((?: {10}- .+\n)+)/m);
  const named = listed
    .trim()
    .split(/[\s-]*\n\s*- |^- /)
    .join(" ")
    .trim()
    .split(/ +/);
  // `build` comes with those that are built upon it.
  const expected = parts.filter(({ byName, name }) => !byName && name !== "build").map(({ name }) => name);
  assert.deepEqual(named.toSorted(), expected.toSorted());
});

test("the oldest Node that is supported runs the suite, and what a release has packed", () => {
  const oldest = engines.node.replace(">=", "");
  assert.ok(ci.includes(`node-version: ${oldest}.`));
  assert.equal(nodeVersions[0], `${oldest}.0`);
});
