// What every manifest says about where the project is to be found, and which version it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isTold, notesOf, waiting } from "../release/changelog.mjs";
import { manifestsFor, pagesOf, repositoryAddress, siteAddress } from "../release/repository.mjs";
import { filesFor } from "../release/version.mjs";
import { root } from "../setup/place.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");
const pathOf = (repository) => new URL(repository).pathname.slice(1);

for (const [file, text] of manifestsFor(repositoryAddress(), siteAddress())) {
  test(`${file} has the addresses as the root's package.json has them`, () => {
    assert.equal(read(file), text, "run `node scripts/release/repository.mjs`");
    assert.ok(text.includes(pathOf(repositoryAddress())) || text.includes(siteAddress()));
  });
}

test("other addresses go into every manifest and guide", () => {
  const site = "https://docs.example.com/";
  for (const [file, text] of manifestsFor("https://example.com/owner/name", site)) {
    assert.ok(text.includes("owner/name") || text.includes(site), file);
    assert.ok(!text.includes(pathOf(repositoryAddress())) && !text.includes(siteAddress()), file);
  }
});

test("GitHub Pages gives the documentation of a repository its address", () => {
  assert.equal(pagesOf("https://github.com/owner/name"), "https://owner.github.io/name/");
  assert.equal(pagesOf("https://example.com/owner/name"), undefined);
});

test("the crate, both npm packages and the changelog have one version, and every guide names it", () => {
  const version = read("Cargo.toml").match(/^version = "(.+)"$/m)[1];
  for (const file of ["pkg/package.json", "www/elements/package.json"]) {
    assert.equal(JSON.parse(read(file)).version, version, file);
  }
  assert.ok(notesOf(version).length > 0);
  for (const [file, text] of filesFor(version)) assert.equal(read(file), text, file);
  for (const [file, text] of filesFor("9.8.7")) {
    assert.ok(text.includes("9.8.7"), file);
    assert.ok(!new RegExp(`[@v"^]${version.replaceAll(".", "\\.")}\\b`).test(text), file);
  }
});

test("every changeset names the main package, whose changelog is that of everything", () => {
  const untold = waiting().filter((file) => !isTold(read(`.changeset/${file}`)));
  assert.deepEqual(untold, [], 'name "idp-group-sync" in it, and say what changes');
  const main = '"idp-group-sync": minor\n';
  const elements = '"idp-group-sync-elements": patch\n';
  for (const names of [main, main + elements, elements + main]) assert.ok(isTold(`---\n${names}---\n\nNew.\n`));
  assert.ok(isTold("---\n---\n"));
  assert.ok(!isTold(`---\n${elements}---\n\nNew.\n`));
  assert.ok(!isTold(`---\n${main}---\n\n`));
});

test("the notes of a release are its section of the changelog", () => {
  const changelog = "# Changelog\n\n## 0.2.0\n\n### Minor Changes\n\n- b\n\n## 0.1.0\n\n- a\n";
  assert.equal(notesOf("0.2.0", changelog), "### Minor Changes\n\n- b\n");
  assert.equal(notesOf("0.1.0", changelog), "- a\n");
  assert.throws(() => notesOf("0.3.0", changelog), /no section 0\.3\.0/);
});
