// `npm run release:dry`: everything of a release but the upload, and what became of each check. With `--strict`, as the release
// itself asks for it, a check that could not be run and what is left to do stop it too.

import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { main, output, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";
import { notesOf, waiting } from "./changelog.mjs";
import { faultsOf, published, unpack } from "./contents.mjs";
import { checkDependencies } from "./dependencies.mjs";
import { manifestFaults } from "./manifest.mjs";
import { writeCargoMaterials, writeChecksums, writeNpmMaterials } from "./materials.mjs";
import { check, demandNone, exitCode, LeftToDo, table, verdict } from "./outcomes.mjs";
import { npmPackages, packCrate, packNpm, tarballs, version } from "./pack.mjs";
import { checkFolder, releaseFolder } from "./place.mjs";
import { installNpm, nodeFolder, nodeVersions, useCrate, useWith } from "./projects.mjs";
import { compareCrate, compareNpm } from "./registry.mjs";
import { repositoryAddress, siteAddress, unfilled } from "./repository.mjs";
import { limits, sizes } from "./sizes.mjs";

const outcomes = [];
const unpacked = Object.fromEntries(Object.keys(tarballs).map((what) => [what, join(checkFolder, "contents", what)]));
const readable = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

await main(async () => {
  for (const folder of [releaseFolder, checkFolder]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const isPacked = await packAll();
  if (isPacked) {
    await checkContents();
    await checkUse();
    await writeMaterials();
  }
  await askOthers();
  console.log(`\n${table(outcomes)}\n\n${verdict(outcomes)}`);
  if (isPacked) console.log(`\nWhat would be uploaded is in ${releaseFolder}.`);
  return exitCode(outcomes);
});

async function packAll() {
  await check(outcomes, "build", () => {
    if (!succeeds(process.execPath, [join("scripts", "build-elements.mjs")])) throw new Error("see above");
    return "both npm packages";
  });
  await check(outcomes, "pack", () => {
    packNpm();
    packCrate();
    for (const [what, tarball] of Object.entries(tarballs))
      console.log(`${what}:\n  ${unpack(tarball, unpacked[what]).join("\n  ")}`);
    return Object.values(tarballs)
      .map((file) => file.slice(releaseFolder.length + 1))
      .join(", ");
  });
  return outcomes.every(({ state }) => state === "passed");
}

async function checkContents() {
  for (const what of Object.keys(tarballs)) {
    await check(outcomes, `contents of ${basename(tarballs[what])}`, () => {
      demandNone(faultsOf(unpacked[what], published[what]));
      const raw = statSync(tarballs[what]).size;
      return `nothing is missing or out of place; ${readable(raw)} packed`;
    });
  }
  for (const folder of Object.keys(npmPackages)) {
    await check(outcomes, `publint and attw of ${npmPackages[folder]}`, async () => {
      demandNone(await manifestFaults(folder, tarballs[folder]));
      return "manifest and types are as every resolution reads them";
    });
  }
  for (const [file, limit] of Object.entries(limits)) {
    await check(outcomes, `size of ${file.split("/").at(-1)}`, () => {
      const { raw, gzip, brotli } = sizes(readFileSync(join(root, file)));
      const told = `${readable(raw)}, ${readable(gzip)} gzip, ${readable(brotli)} brotli, of ${readable(limit)} allowed`;
      if (brotli > limit) throw new Error(told);
      return told;
    });
  }
}

async function checkUse() {
  await check(outcomes, "npm install", () => {
    installNpm();
    return "into an empty project";
  });
  if (outcomes.at(-1).state === "passed") {
    await check(outcomes, `Node ${process.versions.node}`, () => useWith(dirname(process.execPath)));
    for (const node of nodeVersions) await check(outcomes, `Node ${node}`, () => useWith(nodeFolder(node)));
  }
  await check(outcomes, "cargo add", () => useCrate(unpacked.crate));
}

async function writeMaterials() {
  await check(outcomes, "bill of materials: Rust", () => writeCargoMaterials());
  await check(outcomes, "bill of materials: npm", () => writeNpmMaterials(unpacked));
  await check(outcomes, "checksums", () => writeChecksums());
}

async function askOthers() {
  await check(outcomes, "breaking changes: npm", () => compareNpm(unpacked, unpack));
  await check(outcomes, "breaking changes: crate", () => compareCrate());
  await checkDependencies(outcomes);
  await check(outcomes, "addresses", () => {
    const addresses = `${repositoryAddress()}, ${siteAddress()}`;
    if (!addresses.includes(unfilled)) return addresses;
    throw new LeftToDo("fill it in: `node scripts/release/repository.mjs https://github.com/owner/name`");
  });
  await check(outcomes, "changelog", () => {
    const left = waiting();
    if (left.length > 0) throw new LeftToDo(`take up the changesets by \`npm run version\`: ${left.join(", ")}`);
    notesOf(version);
    return version;
  });
  await check(outcomes, "git", () => {
    if (output("git", ["status", "--porcelain"])?.trim() === "") return "everything is committed";
    throw new LeftToDo("commit what is changed, or a stranger cannot build the same");
  });
}
