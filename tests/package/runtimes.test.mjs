// The installed package in the other runtimes.

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { expected } from "./support/expected.mjs";
import { project, run, tool } from "./support/project.mjs";

test("Deno", async () => {
  const args = ["run", "--quiet", "--no-remote", "--node-modules-dir=manual", "main.js"];
  assert.deepEqual(JSON.parse(await run(tool("deno"), args, await project("node-esm"))), expected);
});

test("Bun, `import` and `require`", async () => {
  assert.deepEqual(JSON.parse(await run(tool("bun"), ["main.js"], await project("node-esm"))), expected);
  assert.deepEqual(JSON.parse(await run(tool("bun"), ["login.cjs"], await project("node-cjs"))), expected);
});

test("the slim entry finds its module in Deno and Bun", async () => {
  const folder = await project("slim-node");
  const deno = ["run", "--quiet", "--no-remote", "--node-modules-dir=manual", "--allow-read", "init.js"];
  assert.deepEqual(JSON.parse(await run(tool("deno"), deno, folder)), expected);
  assert.deepEqual(JSON.parse(await run(tool("bun"), ["init.js"], folder)), expected);
  assert.deepEqual(JSON.parse(await run(tool("bun"), ["init.cjs"], folder)), expected);
});

for (const fixture of ["workerd", "workerd-slim"]) {
  test(fixture, async () => {
    const folder = await project(fixture);
    await bundleWorker(folder);
    const printed = await run(tool("workerd"), ["test", "config.capnp"], folder);
    assert.deepEqual(JSON.parse(printed), expected);
  });
}

/** Bundles as the tools for workerd do: with its condition, and with WebAssembly left for it to compile. */
async function bundleWorker(folder) {
  const outfile = join(folder, "bundle", "worker.js");
  const leaveWasm = {
    name: "leave-wasm",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /[./]wasm$/ }, async ({ path, pluginData, ...options }) => {
        if (pluginData === leaveWasm) return undefined;
        const found = await resolve(path, { ...options, pluginData: leaveWasm });
        return { path: `./${basename(found.path)}`, external: true, errors: found.errors };
      });
    },
  };
  await build({
    absWorkingDir: folder,
    entryPoints: ["worker.js"],
    outfile,
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    plugins: [leaveWasm],
    logLevel: "silent",
  });
}
