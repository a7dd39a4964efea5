// Every link to a heading of a document leads to one.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { trackedFiles } from "../../scripts/checks/tracked-files.mjs";
import { root } from "../../scripts/setup/place.mjs";

const documents = trackedFiles.filter((file) => file.endsWith(".md"));
const read = (file) => readFileSync(join(root, file), "utf8").replace(/^```[\s\S]*?^```/gm, "");

/** The names that headings have as targets of links, as GitHub makes them. */
function anchorsOf(file) {
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map((match) => match[1]);
  const slugs = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
  return new Set(slugs);
}

test("headings become the targets that GitHub gives them", () => {
  assert.ok(anchorsOf("docs/login.md").has("4-new-users"));
  assert.ok(anchorsOf("docs/diagnostics.md").has("errors-groupsyncerror"));
});

for (const file of documents) {
  test(`${file} links to headings that exist`, () => {
    const prose = read(file).replace(/`[^`\n]*`/g, "");
    const links = [...prose.matchAll(/\]\(([^)\s#]*)#([^)\s]+)\)/g)].filter(([, path]) => !/^\w+:/.test(path));
    const broken = links
      .map(([, path, anchor]) => ({ target: path === "" ? file : join(dirname(file), path), anchor }))
      .filter(({ target }) => target.endsWith(".md") && existsSync(join(root, target)))
      .filter(({ target, anchor }) => !anchorsOf(target).has(anchor));
    assert.deepEqual(broken, []);
  });
}
