// What the repository's documents say about it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "../setup/place.mjs";
import { parts } from "../test/parts.mjs";
import { linesOf, trackedFiles } from "./tracked-files.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");

test("CONTRIBUTING.md lists every part of `npm test`, in order", () => {
  const listed = [...read("CONTRIBUTING.md").matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(
    listed,
    parts.map((part) => part.name),
  );
});

test("every link from one document to a file of the repository leads somewhere", () => {
  const broken = linesOf((file) => file.endsWith(".md")).flatMap(({ file, lines }) =>
    linkedFiles(lines.join("\n"))
      .filter((target) => !existsSync(join(root, placeOf(file), target)))
      .map((target) => `${file} → ${target}`),
  );
  assert.deepEqual(broken, []);
  assert.ok(trackedFiles.some((file) => file.endsWith(".md")));
});

/** The folder that links are relative to: the package's README stands beside the guides where it is published. */
function placeOf(file) {
  return file === "pkg-template/README.md" ? "" : dirname(file);
}

/** The relative link targets of a Markdown text, without what stands in code. */
function linkedFiles(text) {
  const prose = text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1].split("#")[0])
    .filter((target) => target && !/^[a-z]+:/.test(target));
}
