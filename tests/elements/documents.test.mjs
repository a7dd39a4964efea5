// docs/elements.md and the package's README against the package.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { sharedTable, tablesIn, tablesOf } from "./support/tables.mjs";

const built = join(root, "www", "elements", "pkg");
const guide = readFileSync(join(root, "docs", "elements.md"), "utf8");
const readme = readFileSync(join(built, "README.md"), "utf8");
const { modules } = JSON.parse(readFileSync(join(built, "custom-elements.json"), "utf8"));
const elements = modules.flatMap(({ declarations }) => declarations);

const sectionOf = (title) => {
  const [, section] = guide.split(`\n## ${title}\n`);
  assert.ok(section, `docs/elements.md has no section ${title}`);
  return section.split("\n## ")[0];
};

test("the manifest describes the elements", () => {
  assert.deepEqual(
    elements.map(({ tagName }) => tagName),
    ["group-mapping-editor", "group-sync-preview", "group-sync-settings"],
  );
  for (const { members, events } of elements) {
    for (const { name, description } of [...members, ...events]) assert.ok(description, `${name} is not described`);
  }
});

for (const element of elements) {
  test(`the tables of <${element.tagName}> are those of the manifest`, () => {
    assert.deepEqual(tablesIn(sectionOf(`\`<${element.tagName}>\``)), Object.values(tablesOf(element)));
  });

  test(`the design tokens of <${element.tagName}> are listed`, () => {
    assert.deepEqual(tablesIn(sectionOf("Colours and measures")), [sharedTable(element)]);
  });
}

test("the guide and the README list every entry of the package", () => {
  const { name, exports } = JSON.parse(readFileSync(join(built, "package.json"), "utf8"));
  const entries = Object.keys(exports)
    .filter((entry) => !entry.endsWith(".json"))
    .map((entry) => entry.replace(/^\./, name));
  for (const text of [guide, readme]) {
    const listed = [...text.matchAll(/^\| `(idp-group-sync-elements[^`]*)` \|/gm)].map(([, entry]) => entry);
    assert.deepEqual(new Set(listed), new Set(entries));
  }
});

test("the guide names every element that is registered", () => {
  const dist = join(built, "dist");
  const modules = readdirSync(dist, { recursive: true }).filter((file) => /^(?!standalone).*\.js$/.test(file));
  const parts = modules.map((file) => join(dist, file));
  const code = parts.map((file) => readFileSync(file, "utf8")).join("\n");
  const registered = [...code.matchAll(/\bcustomElement(?:\$\d+)?\("([\w-]+)"\)/g)].map(([, name]) => name);
  const own = elements.map(({ tagName }) => tagName);
  const named = [...sectionOf("Registered names").matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  const insides = registered.filter((name) => name.startsWith("group-sync-") && !own.includes(name));
  assert.ok(insides.length > 0 && named.includes("group-sync-"));
  const others = named.filter((name) => name !== "group-sync-");
  assert.deepEqual(new Set([...others, ...own, ...insides]), new Set(registered));
});
