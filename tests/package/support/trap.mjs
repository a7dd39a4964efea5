// The package with an engine that can be made to stop, and whose instances can be looked at. A test file that imports this has
// the package for itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import binaryen from "binaryen";

/** Every instance that the package made, newest last. */
export const instances = [];

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, args, newTarget) {
    instances.push(Reflect.construct(target, args, newTarget));
    return instances.at(-1);
  },
});

export const groupSync = await import("idp-group-sync/slim");
groupSync.initSync(withTrap("formatMapping"));

/** The module as it is published, but for one function, which stops the engine as a fault in it would. */
function withTrap(name) {
  const module = binaryen.readBinary(readFileSync(new URL(import.meta.resolve("idp-group-sync/wasm"))));
  const { value } = binaryen.getExportInfo(module.getExport(name));
  binaryen.Function.setBody(module.getFunction(value), module.unreachable());
  return module.emitBinary();
}

/** Stops the engine. */
export function stop() {
  assert.throws(
    () => groupSync.formatMapping("a -> b"),
    (error) => {
      assert.ok(error instanceof groupSync.GroupSyncError);
      assert.equal(error.code, "internal");
      assert.match(error.message, /started anew/);
      assert.ok(error.cause instanceof WebAssembly.RuntimeError);
      return true;
    },
  );
}

/** How much memory the engine has taken, in bytes; it never gives any back. */
export const memorySize = () => instances.at(-1).exports.memory.buffer.byteLength;

/** Collects what is no longer held, and lets the registry of such objects hear of it. */
export async function collect() {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc");
  for (let round = 0; round < 4; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
