// What would be uploaded: both npm packages, and the crate.

import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/place.mjs";
import { run } from "./outcomes.mjs";
import { releaseFolder } from "./place.mjs";

export const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];

const crate = "idp-group-sync";

/** The folders of the npm packages in the repository, and their names. */
export const npmPackages = { pkg: "idp-group-sync", "www/elements/pkg": "idp-group-sync-elements" };

/** Where each of what is published was packed into, by the folder that `contents.mjs` knows it by. */
export const tarballs = {
  ...Object.fromEntries(
    Object.entries(npmPackages).map(([folder, name]) => [folder, join(releaseFolder, `${name}-${version}.tgz`)]),
  ),
  crate: join(releaseFolder, `${crate}-${version}.crate`),
};

export function packNpm() {
  for (const folder of Object.keys(npmPackages)) {
    run("npm", ["pack", join(root, folder), "--pack-destination", releaseFolder, "--ignore-scripts"]);
  }
}

/** `cargo package` also builds what it packed. What is not committed goes in too: another check tells that. */
export function packCrate() {
  run("cargo", ["package", "--locked", "--allow-dirty", "--package", crate]);
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  copyFileSync(join(target, "package", `${crate}-${version}.crate`), tarballs.crate);
}
