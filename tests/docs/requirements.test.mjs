// docs/requirements.md against the shared cases: what it names exists, and no requirement is without a case.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";

const page = readFileSync(join(root, "docs", "requirements.md"), "utf8");
const cases = join(root, "tests", "cases");

/** The requirements of the page: number, and the cases under it by file. */
const requirements = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ number: section.match(/^R\d+/)?.[0], named: casesNamedIn(section) }));

function casesNamedIn(section) {
  const named = [];
  let file;
  for (const line of section.split("\n")) {
    const link = line.match(/^- \[(\S+)\]\(\.\.\/tests\/cases\/(\S+)\.json\)$/);
    if (link) {
      assert.equal(link[1], link[2], `the link of ${link[1]} leads to another file`);
      file = link[2];
    }
    const name = line.match(/^ {2}- `(.+)`$/)?.[1];
    if (name !== undefined) named.push({ file, name });
  }
  return named;
}

const namesIn = (file) => JSON.parse(readFileSync(join(cases, `${file}.json`), "utf8")).cases.map(({ name }) => name);

test("the page has R1 to R16, in order", () => {
  const numbers = Array.from({ length: 16 }, (_, index) => `R${index + 1}`);
  assert.deepEqual(
    requirements.map(({ number }) => number),
    numbers,
  );
});

for (const { number, named } of requirements) {
  test(`${number} is proved by cases that exist`, () => {
    assert.ok(named.length > 0, `${number} names no case`);
    const known = new Set(readdirSync(cases));
    for (const { file, name } of named) {
      assert.ok(known.has(`${file}.json`), `there is no file ${file}.json`);
      const found = namesIn(file).filter((other) => other === name);
      assert.equal(found.length, 1, `${file}.json has ${found.length} cases called \`${name}\``);
    }
  });
}

test("every case of a requirement stands under it", () => {
  const listed = requirements.flatMap(({ number, named }) =>
    named.filter(({ file }) => file === "requirements").map(({ name }) => [number, name]),
  );
  const expected = namesIn("requirements").map((name) => [name.match(/^R\d+/)?.[0], name]);
  assert.deepEqual(new Set(listed.map(String)), new Set(expected.map(String)));
});
