// The core without the bindings: any Rust program can have it in its own WebAssembly module.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";

const target = "wasm32-unknown-unknown";

test("a module with an allocator of its own decides, and imports nothing", async () => {
  const build = ["build", "--locked", "--offline", "--quiet", "--package", "embedding", "--target", target];
  execFileSync("cargo", build, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const module = await WebAssembly.compile(readFileSync(join(targetFolder, target, "debug", "embedding.wasm")));
  assert.deepEqual(WebAssembly.Module.imports(module), []);

  const { exports } = await WebAssembly.instantiate(module, {});
  const before = exports.allocations();
  assert.equal(exports.groups(), 1);
  assert.ok(exports.allocations() > before, "it used another allocator");
});
