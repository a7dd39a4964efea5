// The programs of docs/backend.md in a folder of their own, as a reader has them: with the files that the page has, those that it
// takes from docs/login.md, and the packages that it installs.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball } from "../../package/support/project.mjs";
import { blocksOf } from "../support/blocks.mjs";

export const page = "docs/backend.md";

/** Makes the folder; the other packages are found in the folder above it. */
export async function guide() {
  const above = emptyFolder();
  symlinkSync(join(root, "node_modules"), join(above, "node_modules"), "junction");
  const folder = join(above, "application");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  for (const source of ["docs/login.md", page]) {
    for (const { file, text } of blocksOf(source)) if (file !== undefined) writeFileSync(join(folder, file), text);
  }
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball()], folder);
  return folder;
}
