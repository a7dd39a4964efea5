// What the changelog says of a version, and what waits to be said in it.
//
// `node scripts/release/changelog.mjs 0.2.0` prints the notes of a release.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../setup/place.mjs";

/** The changesets that no version has taken up yet, by their files. */
export function waiting(folder = join(root, ".changeset")) {
  return readdirSync(folder).filter((file) => file.endsWith(".md"));
}

/** Whether what a changeset says comes into the changelog, which is that of the main package; an empty one has nothing to say. */
export function isTold(changeset) {
  return (
    /^---\n(?:.+\n)*"idp-group-sync": (?:major|minor|patch)\n(?:.+\n)*---\n\s*\S/.test(changeset) ||
    /^---\n---\s*$/.test(changeset)
  );
}

/** What the changelog says of a version. */
export function notesOf(version, text = readFileSync(join(root, "CHANGELOG.md"), "utf8")) {
  const [, section] = text.split(new RegExp(`^## ${version.replaceAll(".", "\\.")}$`, "m"));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}`);
  return `${section.split(/^## /m)[0].trim()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(notesOf(process.argv[2]));
