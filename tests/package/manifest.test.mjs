// What is in the packed package, and what its manifest promises.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { faultsOf, published, unpack } from "../../scripts/release/contents.mjs";
import { manifestFaults } from "../../scripts/release/manifest.mjs";
import { limits, sizes } from "../../scripts/release/sizes.mjs";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, tarball } from "./support/project.mjs";

const limit = limits["pkg/dist/idp_group_sync_bg.wasm"];

test("publint and @arethetypeswrong/cli find nothing to say", async () => {
  assert.deepEqual(await manifestFaults("pkg", await tarball()), []);
});

test(`the WebAssembly module takes at most ${limit} bytes after brotli`, async (t) => {
  const module = sizes(readFileSync(join(root, "pkg", "dist", "idp_group_sync_bg.wasm")));
  const whole = sizes(gunzipSync(readFileSync(await tarball())));
  for (const [what, { raw, gzip, brotli }] of Object.entries({ "the module": module, "the package": whole })) {
    t.diagnostic(`${what}: ${raw} bytes, ${gzip} after gzip, ${brotli} after brotli`);
  }
  t.diagnostic(`${Math.round((module.brotli / limit) * 100)} % of the module's budget`);
  assert.ok(module.brotli <= limit, `${module.brotli} bytes`);
});

test("the version is that of the crate", () => {
  const crate = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  assert.equal(JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8")).version, crate);
});

test("the package holds what is published, the guides that it leads to, and nothing of the machine that built it", async () => {
  const folder = join(emptyFolder(), "package");
  assert.ok(unpack(await tarball(), folder).filter((name) => name.endsWith(".md")).length > 20);
  assert.deepEqual(faultsOf(folder, published.pkg), []);
});
