// What may be in something that is published, by the folder that it was unpacked into.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix, sep } from "node:path";
import { linkedFiles } from "../build/guides.mjs";
import { output, Stop } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const licences = ["LICENSE-APACHE", "LICENSE-MIT"];
const picture = /\.(png|jpe?g|gif|webp|avif|svg|ico|pdf)$/i;

/** By the name of the folder in the repository: what else than `dist/` and the like is there, and what is inside of these. */
export const published = {
  pkg: { files: [...licences, "README.md", "package.json"], folders: /^(dist|docs|schemas)\//, hasGuides: true },
  "www/elements/pkg": {
    files: [...licences, "README.md", "custom-elements.json", "package.json"],
    folders: /^dist\//,
  },
  crate: {
    files: [...licences, "README.md", "CHANGELOG.md", "Cargo.toml", "Cargo.toml.orig", "Cargo.lock"],
    // cargo writes the commit into the first one, where there is one.
    folders: /^(\.cargo_vcs_info\.json$|src\/.+\.(rs|bin)$|docs\/.+\.md$)/,
  },
};

/** The paths of the machine that nothing published may name. */
const ownPlaces = [root.replace(/[\\/]$/, ""), homedir(), "/.cargo/registry/"].filter((place) => place.length > 4);

/** Unpacks a .tgz or a .crate, without the one folder that everything in it is in, and returns its files' names. */
export function unpack(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  if (output("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder]) === null) {
    throw new Stop(`\`tar\` cannot unpack ${tarball}`);
  }
  return filesIn(folder);
}

export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    )
    .sort();
}

/** What is wrong with the contents, each in a sentence without its full stop. */
export function faultsOf(folder, { files: alone, folders, hasGuides = false }, places = ownPlaces) {
  const files = filesIn(folder);
  const read = (file) => readFileSync(join(folder, file), "latin1");
  return [
    ...alone.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !alone.includes(file) && !folders.test(file)).map((file) => `${file} has no place there`),
    ...files.filter((file) => picture.test(file)).map((file) => `${file} is a picture`),
    ...files.flatMap((file) => {
      const text = read(file);
      return places.filter((place) => text.includes(place)).map((place) => `${file} names ${place}`);
    }),
    ...(hasGuides ? brokenLinks(folder, files) : []),
  ];
}

function brokenLinks(folder, files) {
  return files
    .filter((file) => file.endsWith(".md"))
    .flatMap((page) =>
      linkedFiles(readFileSync(join(folder, page), "utf8"), posix.dirname(page))
        .filter((target) => !existsSync(join(folder, target)))
        .map((target) => `${page} leads to ${target}, which is not there`),
    );
}
