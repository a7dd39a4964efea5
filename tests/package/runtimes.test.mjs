// The installed package in the other runtimes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expected } from "./support/expected.mjs";
import { project, run, tool } from "./support/project.mjs";
import { bundleWorker } from "./support/worker.mjs";

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
