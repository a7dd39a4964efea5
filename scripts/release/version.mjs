// The crate and both npm packages have one version, and one changelog.
//
// `node scripts/release/version.mjs 0.2.0` begins a version; `… 0.2.0 --release` gives it today's date.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");

/** Where others are told which version to take: a tag, or the package of npm. */
const mention = /((?:@|rev: |\/)v|idp-group-sync@)\d+\.\d+\.\d+(?:-[\w.]+)?/g;

/** What every file that names the version is to hold, by file. */
export function filesFor(version, day = null) {
  return new Map([
    ["Cargo.toml", read("Cargo.toml").replace(/^version = ".*"$/m, `version = "${version}"`)],
    ["pkg-template/package.json", npmManifest("pkg-template/package.json", version)],
    ["www/elements/package.json", npmManifest("www/elements/package.json", version)],
    ...["action.yml", "docs/ci.md", "ci/gitlab.yml"].map((file) => [
      file,
      read(file).replaceAll(mention, `$1${version}`),
    ]),
    ["CHANGELOG.md", changelogFor(read("CHANGELOG.md"), version, day)],
  ]);
}

function npmManifest(file, version) {
  const manifest = JSON.parse(read(file));
  const peers = manifest.peerDependencies;
  if ("idp-group-sync" in peers) peers["idp-group-sync"] = `^${version}`;
  return `${JSON.stringify({ ...manifest, version }, null, 2)}\n`;
}

/** The newest section takes the version, or a new one is begun above a version that is out. */
export function changelogFor(text, version, day) {
  const heading = day === null ? `## [Unreleased] – ${version}` : `## [${version}] – ${day}`;
  const unreleased = /^## \[Unreleased\].*$/m;
  return unreleased.test(text) ? text.replace(unreleased, heading) : text.replace(/^## \[/m, `${heading}\n\n## [`);
}

/** The section of the changelog about a version: what the release says. */
export function notesOf(text, version) {
  const [, section] = text.split(new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\].*$`, "m"));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}]`);
  return `${section.split(/^## \[/m)[0].trim()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [version, option] = process.argv.slice(2);
  if (version === "--notes") {
    process.stdout.write(notesOf(read("CHANGELOG.md"), option));
  } else if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? "") && [undefined, "--release"].includes(option)) {
    const day = option === "--release" ? new Date().toISOString().slice(0, 10) : null;
    for (const [file, text] of filesFor(version, day)) writeFileSync(join(root, file), text);
    const locked =
      npm(["install", "--package-lock-only", "--ignore-scripts"]) && succeeds("cargo", ["update", "--workspace"]);
    process.exitCode = locked ? 0 : 1;
  } else {
    console.error("usage: node scripts/release/version.mjs 0.2.0 [--release], or --notes 0.2.0");
    process.exitCode = 2;
  }
}
