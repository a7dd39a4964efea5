// What every manifest says about where the project is to be found, and which version it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { manifestsFor, pagesOf, repositoryAddress, siteAddress } from "../release/repository.mjs";
import { changelogFor, filesFor, notesOf } from "../release/version.mjs";
import { root } from "../setup/place.mjs";

const pathOf = (repository) => new URL(repository).pathname.slice(1);

for (const [file, text] of manifestsFor(repositoryAddress(), siteAddress())) {
  test(`${file} has the addresses as the root's package.json has them`, () => {
    assert.equal(readFileSync(join(root, file), "utf8"), text, "run `node scripts/release/repository.mjs`");
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

test("every file that names the version has that of the crate, and another one goes into all", () => {
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  for (const [file, text] of filesFor(version)) {
    if (file !== "CHANGELOG.md") assert.equal(readFileSync(join(root, file), "utf8"), text, file);
  }
  for (const [file, text] of filesFor("9.8.7", "2031-02-03")) {
    assert.ok(text.includes("9.8.7"), file);
    if (file !== "CHANGELOG.md") assert.ok(!new RegExp(`[@v"^]${version.replaceAll(".", "\\.")}\\b`).test(text), file);
  }
});

test("the changelog's newest section is given a version and its day, and a new one is begun above it", () => {
  const unreleased = "# Changelog\n\n## [Unreleased] – 0.1.0\n\n- a\n";
  const released = "# Changelog\n\n## [0.1.0] – 2031-02-03\n\n- a\n";
  assert.equal(changelogFor(unreleased, "0.1.0", "2031-02-03"), released);
  const begun = changelogFor(released, "0.2.0", null);
  assert.equal(begun, "# Changelog\n\n## [Unreleased] – 0.2.0\n\n## [0.1.0] – 2031-02-03\n\n- a\n");
  assert.equal(notesOf(begun, "0.1.0"), "- a\n");
  assert.throws(() => notesOf(begun, "0.2.0"), /no section/);
});
