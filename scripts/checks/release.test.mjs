// What every manifest says about where the project is to be found, and which version it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { manifestsFor, repositoryAddress } from "../release/repository.mjs";
import { changelogFor, filesFor, notesOf } from "../release/version.mjs";
import { root } from "../setup/place.mjs";

const ownPath = new URL(repositoryAddress()).pathname.slice(1);

for (const [file, text] of manifestsFor(repositoryAddress())) {
  test(`${file} has the repository's address as the root's package.json does`, () => {
    assert.equal(readFileSync(join(root, file), "utf8"), text, "run `node scripts/release/repository.mjs`");
    assert.ok(text.includes(ownPath));
  });
}

test("another address goes into every manifest and guide", () => {
  for (const [file, text] of manifestsFor("https://example.com/owner/name")) {
    assert.ok(text.includes("owner/name"), file);
    assert.ok(!text.includes(ownPath), file);
  }
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
