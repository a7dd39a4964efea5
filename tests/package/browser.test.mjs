// The installed package in Chromium: bundled by Vite and webpack, served by Vite, and without any tool.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import * as vite from "vite";
import webpack from "webpack";
import { resultOf } from "./support/browser.mjs";
import { expected } from "./support/expected.mjs";
import { project } from "./support/project.mjs";
import { serve } from "./support/server.mjs";

const wasm = /\.wasm$/;

test("a plain <script type=module> with an import map", async (t) => {
  const { result, paths } = await resultOf(t, await serve(t, await project("import-map")));
  assert.deepEqual(result, expected);
  assert.deepEqual(
    paths.filter((path) => wasm.test(path)),
    [],
    "the inlined module needs no request",
  );
});

test("the slim entry, with the module compiled while it streams in", async (t) => {
  const { result } = await resultOf(t, await serve(t, await project("slim-browser")));
  assert.deepEqual(result, { ...expected, streamed: 1 });
});

for (const fixture of ["vite", "vite-slim"]) {
  test(`${fixture}: build`, async (t) => {
    const folder = await project(fixture);
    await vite.build({ root: folder, configFile: false, logLevel: "warn", build: { target: "es2022" } });
    const { result } = await resultOf(t, await serve(t, join(folder, "dist")));
    assert.deepEqual(result, expected);
    const modules = readdirSync(join(folder, "dist", "assets")).filter((name) => wasm.test(name));
    assert.equal(modules.length, fixture === "vite" ? 0 : 1, "only the slim entry refers to the module's file");
  });

  test(`${fixture}: development server`, async (t) => {
    const server = await vite.createServer({
      root: await project(fixture),
      configFile: false,
      logLevel: "warn",
      server: { host: "127.0.0.1", port: 0 },
    });
    t.after(() => server.close());
    await server.listen();
    const { result } = await resultOf(t, `http://127.0.0.1:${server.httpServer.address().port}/`);
    assert.deepEqual(result, expected);
  });
}

for (const [name, entry] of [
  ["webpack", "./main.js"],
  ["webpack with the slim entry", "./slim.js"],
]) {
  test(name, async (t) => {
    const folder = await project("webpack");
    const stats = await promisify(webpack)({
      context: folder,
      entry,
      mode: "production",
      output: { path: join(folder, "dist"), filename: "main.js" },
      performance: { hints: false },
    });
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, []);
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).warnings, []);
    const { result } = await resultOf(t, await serve(t, folder));
    assert.deepEqual(result, expected);
  });
}
