// What is found in tarballs that are bad on purpose.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { root } from "../setup/place.mjs";
import { faultsOf, published, unpack } from "./contents.mjs";

const place = mkdtempSync(join(tmpdir(), "idp-group-sync-"));
after(() => rmSync(place, { recursive: true, force: true }));
let number = 0;

/** The faults of a tarball that is right but for these files. */
function faultsWith(what, files) {
  const folder = join(place, `${number++}`);
  const all = { ...Object.fromEntries(published[what].files.map((file) => [file, "right"])), ...files };
  for (const [file, text] of Object.entries(all)) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, "package", file)), { recursive: true });
    writeFileSync(join(folder, "package", file), text);
  }
  execFileSync("tar", ["-czf", "packed.tgz", "package"], { cwd: folder });
  const unpacked = join(folder, "unpacked");
  unpack(join(folder, "packed.tgz"), unpacked);
  return faultsOf(unpacked, published[what]);
}

test("tarballs that are right have no faults", () => {
  assert.deepEqual(faultsWith("crate", { "src/lib.rs": "//! Right.", "docs/mapping.md": "[image](images/a.png)" }), []);
  assert.deepEqual(
    faultsWith("pkg", { "README.md": "[guide](docs/a.md#part)", "docs/a.md": "[home](../README.md)" }),
    [],
  );
});

test("a picture in the crate is one", () => {
  assert.deepEqual(faultsWith("crate", { "docs/images/admin.png": "PNG" }), [
    "docs/images/admin.png has no place there",
    "docs/images/admin.png is a picture",
  ]);
});

test("a link that leads nowhere is one, in the package whose guides lead to each other", () => {
  assert.deepEqual(faultsWith("pkg", { "README.md": "See [the guide](docs/gone.md)." }), [
    "README.md leads to docs/gone.md, which is not there",
  ]);
});

for (const [what, path] of Object.entries({
  "the repository": root,
  "the home folder": homedir(),
  cargo: "/a/.cargo/registry/",
})) {
  test(`the path of ${what} is one`, () => {
    const faults = faultsWith("pkg", { "dist/index.js": `throw new Error("${path}src/main.rs")` });
    assert.ok(faults.length > 0 && faults.every((fault) => fault.startsWith("dist/index.js names ")), `${faults}`);
  });
}

test("sources outside, and what is missing, are faults", () => {
  assert.deepEqual(faultsWith("www/elements/pkg", { "src/index.ts": "export {};", "custom-elements.json": null }), [
    "custom-elements.json is missing",
    "src/index.ts has no place there",
  ]);
});
