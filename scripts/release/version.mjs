// `npm run version`: takes up the changesets. Changesets raises both npm packages and writes the changelog; the crate, the guides that
// name the version and the lock files follow.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, npm, Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");

/** Where others are told which version to take: a tag, or the package of npm. */
const mention = /((?:@|rev: |\/)v|idp-group-sync@)\d+\.\d+\.\d+(?:-[\w.]+)?/g;

/** What every file that names the version, and that Changesets does not know, is to hold, by file. */
export function filesFor(version) {
  return new Map([
    ["Cargo.toml", read("Cargo.toml").replace(/^version = ".*"$/m, `version = "${version}"`)],
    ...["action.yml", "docs/ci.md", "ci/gitlab.yml"].map((file) => [
      file,
      read(file).replaceAll(mention, `$1${version}`),
    ]),
  ]);
}

/** Changesets keeps a changelog beside each package. Here is one, of everything: every changeset names the main package. */
export function takeUp(folder, run) {
  const [changelog, beside] = [join(folder, "CHANGELOG.md"), join(folder, "pkg", "CHANGELOG.md")];
  renameSync(changelog, beside);
  const isTaken = run();
  renameSync(beside, changelog);
  rmSync(join(folder, "www", "elements", "CHANGELOG.md"), { force: true });
  return isTaken;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => {
    if (!takeUp(root, () => succeeds("changeset", ["version"]))) throw new Stop("Changesets says above what is wrong");
    const { version } = JSON.parse(read("pkg/package.json"));
    for (const [file, text] of filesFor(version)) writeFileSync(join(root, file), text);
    const isLocked =
      npm(["install", "--package-lock-only", "--ignore-scripts"]) && succeeds("cargo", ["update", "--workspace"]);
    return isLocked ? 0 : 1;
  });
}
