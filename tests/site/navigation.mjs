// The sidebar leads to every guide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { trackedFiles } from "../../scripts/checks/tracked-files.mjs";
import { root } from "../../scripts/setup/place.mjs";

const navigation = JSON.parse(readFileSync(join(root, "www", "site", "navigation.json"), "utf8"));

test("every guide is in the navigation, once", () => {
  const listed = navigation.flatMap(({ pages }) => Object.keys(pages));
  const guides = trackedFiles.filter((file) => file.startsWith("docs/") && file.endsWith(".md"));
  assert.deepEqual(
    guides.filter((guide) => !listed.includes(guide)),
    [],
  );
  assert.deepEqual(listed, [...new Set(listed)]);
});
