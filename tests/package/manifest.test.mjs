// What is in the packed package, and what its manifest promises.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { linkedFiles } from "../../scripts/build/guides.mjs";
import { root } from "../../scripts/setup/place.mjs";
import { project, run, tarball, tool } from "./support/project.mjs";

const limit = 266 * 1024;

test("publint finds nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: join(root, "pkg"), strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test("@arethetypeswrong/cli finds no problem", async () => {
  // `node16` leaves out the resolution of Node 10, which knows no `exports`; no supported TypeScript or Node uses it.
  const args = [await tarball(), "--profile", "node16", "--format", "table", "--no-emoji"];
  await run(tool("attw"), args, root);
});

/** How many bytes something has as it is, and compressed as servers do it at their best. */
function sizes(bytes) {
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: quality }).length,
  };
}

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

test("the package has the guides that its README leads to, and they lead to each other", async () => {
  const folder = join(await project("node-esm"), "node_modules", "idp-group-sync");
  const guides = readdirSync(join(folder, "docs"), { recursive: true }).filter((name) => name.endsWith(".md"));
  const pages = ["README.md", ...guides.map((name) => posix.join("docs", name.replaceAll("\\", "/")))];
  assert.ok(pages.length > 20);
  for (const page of pages) {
    const linked = linkedFiles(readFileSync(join(folder, page), "utf8"), posix.dirname(page));
    for (const target of linked) assert.ok(existsSync(join(folder, target)), `${page} leads to ${target}`);
  }
});

test("the package holds what is published, and nothing of the machine that built it", async () => {
  const folder = join(await project("node-esm"), "node_modules", "idp-group-sync");
  const files = (await run("tar", ["-tzf", await tarball()], root)).trim().split("\n");
  const outside = files.filter((file) => !/^package\/(dist|docs)\//.test(file));
  assert.deepEqual(outside.sort(), [
    "package/LICENSE-APACHE",
    "package/LICENSE-MIT",
    "package/README.md",
    "package/package.json",
  ]);
  const home = process.env.HOME ?? root;
  for (const file of files.map((name) => name.replace(/^package\//, ""))) {
    const text = readFileSync(join(folder, file), "latin1");
    for (const place of [root, home, "/.cargo/"]) assert.ok(!text.includes(place), `${file} names ${place}`);
  }
});
