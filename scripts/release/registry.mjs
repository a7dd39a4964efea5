// What the registries have already, and whether the next version breaks it.

import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireTool } from "../setup/cargo-tool.mjs";
import { reasonOf } from "./network.mjs";
import { NothingToDo, NotRun, run } from "./outcomes.mjs";
import { npmPackages, version } from "./pack.mjs";
import { checkFolder } from "./place.mjs";
import { repositoryAddress } from "./repository.mjs";
import { isBreaking, lostNames } from "./surface.mjs";

// renovate: cargo-semver-checks
const cargoSemverChecks = "0.51.0";
const notPublished = () => new NothingToDo("nothing is published yet, so there is nothing to compare with");

/** The newest version on npm, or null; another project's package of that name is an error. */
function publishedOnNpm(name) {
  let answer;
  try {
    answer = JSON.parse(run("npm", ["view", name, "version", "repository.url", "--json"], { cwd: tmpdir() }));
  } catch (error) {
    if (/E404/.test(error.message)) return null;
    throw new NotRun(`npm cannot be asked for ${name}: ${reasonOf(error)}`);
  }
  if (!answer["repository.url"]?.includes(repositoryAddress())) {
    throw new Error(`${name} ${answer.version} on npm is of ${answer["repository.url"] ?? "an unknown repository"}`);
  }
  return answer.version;
}

/** The types and entries that somebody may use are all there still, or the version says that they are not. */
export function compareNpm(unpacked, unpack) {
  const told = Object.entries(npmPackages).map(([folder, name]) => {
    const before = publishedOnNpm(name);
    if (before === null) return null;
    const place = join(checkFolder, "published", name);
    run("npm", ["pack", `${name}@${before}`, "--pack-destination", checkFolder], { cwd: tmpdir() });
    const tarball = readdirSync(checkFolder).find((file) => file === `${name}-${before}.tgz`);
    unpack(join(checkFolder, tarball), place);
    const lost = lostNames(place, unpacked[folder]);
    if (lost.length > 0 && !isBreaking(before, version)) {
      throw new Error(`${name} ${version} may break nothing after ${before}, and lacks ${lost.join(", ")}`);
    }
    return `${name} lacks ${lost.length} names of ${before}`;
  });
  if (told.every((line) => line === null)) throw notPublished();
  return told.filter(Boolean).join(", ");
}

export function compareCrate() {
  const crate = "idp-group-sync";
  try {
    run("cargo", ["info", crate, "--registry", "crates-io"], { cwd: tmpdir() });
  } catch (error) {
    if (/could not find/.test(error.message)) throw notPublished();
    throw new NotRun(`crates.io cannot be asked for ${crate}: ${reasonOf(error)}`);
  }
  requireTool("cargo-semver-checks", ["cargo-semver-checks semver-checks"], cargoSemverChecks);
  run("cargo", ["semver-checks", "--package", crate, "--all-features"]);
  return "cargo semver-checks finds no break that the version does not tell";
}
