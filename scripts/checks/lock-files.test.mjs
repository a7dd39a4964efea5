// The lock files fix what is installed, and leave open where it comes from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../setup/place.mjs";
import { trackedFiles } from "./tracked-files.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");

for (const file of trackedFiles.filter((path) => /(^|\/)package-lock\.json$/.test(path))) {
  const { packages } = JSON.parse(read(file));

  test(`${file} names no host`, () => {
    const named = Object.entries(packages).filter(([, { resolved }]) => /^\w+:\/\//.test(resolved ?? ""));
    assert.deepEqual(
      named.map(([path]) => path),
      [],
      "install with the repository's .npmrc, which leaves the addresses out",
    );
  });

  test(`${file} has a checksum for every package that is fetched`, () => {
    const bare = Object.entries(packages).filter(
      ([path, entry]) => path.includes("node_modules/") && !entry.link && !entry.inBundle && !entry.integrity,
    );
    assert.deepEqual(
      bare.map(([path]) => path),
      [],
    );
  });

  test(`${file} has the packages of every system, without which \`npm ci\` refuses it`, () => {
    const known = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/"))));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !known.has(`node_modules/${name}`))
        .map((name) => `${name}, which ${path} asks for`),
    );
    assert.deepEqual(missing, [], "choose a version whose packages for all systems are published");
  });

  test(`${file} pins every direct dependency to one version`, () => {
    const manifests = Object.entries(packages).filter(([path]) => !path.includes("node_modules/"));
    const loose = manifests.flatMap(([path, { dependencies = {}, devDependencies = {} }]) =>
      Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, range]) => !/^(\d+\.\d+\.\d+\S*|file:.*)$/.test(range))
        .map(([name, range]) => `${path || "."}: ${name}@${range}`),
    );
    assert.deepEqual(loose, []);
  });
}

test("the repository has a lock file", () => {
  assert.ok(trackedFiles.includes("package-lock.json"));
});

test("Cargo.lock takes every crate from crates.io", () => {
  const sources = [...read("Cargo.lock").matchAll(/^source = "([^"]*)"/gm)].map((match) => match[1]);
  assert.ok(sources.length > 0);
  // Cargo's own name for crates.io, whichever mirror served the crate.
  assert.deepEqual([...new Set(sources)], ["registry+https://github.com/rust-lang/crates.io-index"]);
});
