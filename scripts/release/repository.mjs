// Where the repository is to be found: said once, in the root's package.json, and written into every manifest that is published, and
// into the guides that name it.
//
// `node scripts/release/repository.mjs https://github.com/owner/name` sets it, and without an address writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../setup/place.mjs";

const rootManifest = "package.json";
/** By the folder that links of the package's README are relative to: those of the main package lead to docs/, here as in the package. */
const npmManifests = new Map([
  [rootManifest, null],
  ["pkg-template/package.json", null],
  ["www/elements/package.json", "www/elements"],
]);
const crateManifest = "Cargo.toml";
/** They tell others what to take from the repository. */
const guides = ["docs/ci.md", "docs/releasing.md"];

/** Stands for whoever owns the repository until a maintainer has filled it in: the field `repository.url` of the root's package.json. */
export const unfilled = "OWNER";

const read = (file) => readFileSync(join(root, file), "utf8");

/** The address of the repository, such as `https://github.com/owner/name`. */
export function repositoryAddress() {
  return JSON.parse(read(rootManifest)).repository.url.replace(/^git\+|\.git$/g, "");
}

/** What each file that names it is to hold, by file. */
export function manifestsFor(address) {
  const npm = [...npmManifests.keys()].map((file) => [
    file,
    `${JSON.stringify(withRepository(file, address), null, 2)}\n`,
  ]);
  const crate = read(crateManifest).replace(/^repository = ".*"$/m, `repository = "${address}"`);
  const [before, after] = [repositoryAddress(), address].map((url) => new URL(url).pathname.slice(1));
  const told = guides.map((file) => [file, read(file).replaceAll(before, after)]);
  return new Map([...npm, [crateManifest, crate], ...told]);
}

function withRepository(file, address) {
  const manifest = JSON.parse(read(file));
  const folder = npmManifests.get(file);
  return {
    ...manifest,
    homepage: `${address}#readme`,
    bugs: `${address}/issues`,
    repository: { type: "git", url: `git+${address}.git`, ...(folder && { directory: folder }) },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [address = repositoryAddress()] = process.argv.slice(2);
  if (!/^https:\/\/[^/\s"]+\/\S+[^/\s"]$/.test(address)) {
    console.error(`${address} is no address of a repository: give one such as https://github.com/owner/name`);
    process.exit(1);
  }
  for (const [file, text] of manifestsFor(address)) writeFileSync(join(root, file), text);
}
