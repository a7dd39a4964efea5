// What every manifest says about where the project is to be found.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { manifestsFor, repositoryAddress } from "../release/repository.mjs";
import { root } from "../setup/place.mjs";

for (const [file, text] of manifestsFor(repositoryAddress())) {
  test(`${file} has the repository's address as the root's package.json does`, () => {
    assert.equal(readFileSync(join(root, file), "utf8"), text, "run `node scripts/release/repository.mjs`");
    assert.ok(text.includes(repositoryAddress()));
  });
}

test("another address goes into every manifest", () => {
  for (const [file, text] of manifestsFor("https://example.com/owner/name")) {
    assert.ok(text.includes("https://example.com/owner/name"), file);
    assert.ok(!text.includes(repositoryAddress()), file);
  }
});
