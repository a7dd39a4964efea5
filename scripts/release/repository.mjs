// Where the repository and the documentation are to be found: said once, in the root's package.json, as `repository.url` and `homepage`,
// and written into every manifest that is published, and into the documents that name them.
//
// `node scripts/release/repository.mjs https://github.com/owner/name` sets both, as GitHub Pages publishes the documentation at an
// address of its own; one that is published elsewhere is named behind. Without an address, both are written anew.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../setup/place.mjs";

const rootManifest = "package.json";
/** By the folder that links of the package's README are relative to: those of the main package lead to docs/, here as in the package. */
const npmManifests = new Map([
  [rootManifest, null],
  ["pkg/package.json", null],
  ["www/elements/package.json", "www/elements"],
]);
/** They name the repository, the site, or both. */
const named = [
  "Cargo.toml",
  "README.md",
  "pkg-template/README.md",
  "www/elements/README.md",
  "docs/README.md",
  "docs/mapping.md",
  "docs/ci.md",
  "docs/releasing.md",
];

/** Stands for whoever owns the repository until a maintainer has filled it in: a part of both addresses. */
export const unfilled = "OWNER";

const read = (file) => readFileSync(join(root, file), "utf8");

/** The address of the repository, such as `https://github.com/owner/name`. */
export function repositoryAddress() {
  return JSON.parse(read(rootManifest)).repository.url.replace(/^git\+|\.git$/g, "");
}

/** The address of the documentation, such as `https://owner.github.io/name/`. */
export function siteAddress() {
  return JSON.parse(read(rootManifest)).homepage;
}

/** Where GitHub Pages publishes the site of a repository. */
export function pagesOf(repository) {
  const [, owner, name] = repository.match(/^https:\/\/github\.com\/([^/]+)\/([^/]+)$/) ?? [];
  return name && `https://${owner}.github.io/${name}/`;
}

/** What each file that names them is to hold, by file. */
export function manifestsFor(repository, site) {
  const npm = [...npmManifests.keys()].map((file) => [
    file,
    `${JSON.stringify(withAddresses(file, repository, site), null, 2)}\n`,
  ]);
  const pathOf = (address) => new URL(address).pathname.slice(1);
  const told = named.map((file) => [
    file,
    read(file)
      .replaceAll(repositoryAddress(), repository)
      .replaceAll(pathOf(repositoryAddress()), pathOf(repository))
      .replaceAll(siteAddress(), site),
  ]);
  return new Map([...npm, ...told]);
}

function withAddresses(file, repository, site) {
  const manifest = JSON.parse(read(file));
  const folder = npmManifests.get(file);
  return {
    ...manifest,
    homepage: site,
    bugs: `${repository}/issues`,
    repository: { type: "git", url: `git+${repository}.git`, ...(folder && { directory: folder }) },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [repository = repositoryAddress(), site = process.argv[2] ? pagesOf(repository) : siteAddress()] =
    process.argv.slice(2);
  if (!/^https:\/\/[^/\s"]+\/\S+[^/\s"]$/.test(repository)) {
    console.error(`${repository} is no address of a repository: give one such as https://github.com/owner/name`);
    process.exit(1);
  }
  if (!/^https:\/\/[^/\s"]+\/(\S+\/)?$/.test(site ?? "")) {
    console.error(
      `name the address of the documentation too, with a / at its end: ${repository} https://docs.example.com/`,
    );
    process.exit(1);
  }
  for (const [file, text] of manifestsFor(repository, site)) writeFileSync(join(root, file), text);
}
