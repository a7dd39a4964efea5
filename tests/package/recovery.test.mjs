// What happens after the engine stopped, and to objects that are freed, forgotten, or used while they are in use.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import binaryen from "binaryen";

const config = { mapping: "a -> b", claim: "groups", catalog: { groups: [{ name: "b" }] } };
const claims = { groups: ["a"] };

/** Every instance that the package made, newest last. */
const instances = [];
let groupSync;

before(async () => {
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args, newTarget) {
      instances.push(Reflect.construct(target, args, newTarget));
      return instances.at(-1);
    },
  });
  groupSync = await import("idp-group-sync/slim");
  groupSync.initSync(withTrap("formatMapping"));
});

/** The module as it is published, but for one function, which stops the engine as a fault in it would. */
function withTrap(name) {
  const module = binaryen.readBinary(readFileSync(new URL(import.meta.resolve("idp-group-sync/wasm"))));
  const { value } = binaryen.getExportInfo(module.getExport(name));
  binaryen.Function.setBody(module.getFunction(value), module.unreachable());
  return module.emitBinary();
}

function stop() {
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

const works = () => assert.deepEqual(new groupSync.GroupSync(config).resolve(claims).groups, ["b"]);
const internal = { name: "GroupSyncError", code: "internal", message: /construct a new one/ };
const freed = { name: "GroupSyncError", code: "freed", message: /`GroupSync` was freed/ };

/** Collects what is no longer held, and lets the registry of such objects hear of it. */
async function collect() {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc");
  for (let round = 0; round < 4; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("after a trap the next call runs in a new instance", () => {
  for (let round = 0; round < 5; round += 1) {
    const before = instances.length;
    stop();
    works();
    assert.equal(instances.length, before + 1);
  }
});

test("objects of the instance that stopped say so, and can be freed", async () => {
  const sync = new groupSync.GroupSync(config);
  stop();
  assert.throws(() => sync.resolve(claims), internal);
  works();
  assert.throws(() => sync.resolve(claims), internal);
  sync.free();
  assert.throws(() => sync.resolve(claims), freed);
  works();
});

test("objects of the instance that stopped are collected without touching the new one", async () => {
  for (let count = 0; count < 100; count += 1) new groupSync.GroupSync(config);
  stop();
  const survivors = Array.from({ length: 100 }, () => new groupSync.GroupSync(config));
  await collect();
  for (const survivor of survivors) assert.deepEqual(survivor.resolve(claims).groups, ["b"]);
});

test("an exhausted stack does no lasting harm", () => {
  let calls = 0;
  const dig = () => {
    calls += 1;
    groupSync.parseMapping("a -> b");
    dig();
  };
  assert.throws(dig, (error) => error instanceof RangeError || error.code === "internal");
  assert.ok(calls > 100);
  works();
});

test("use after `free` throws, freeing again is harmless", () => {
  const sync = new groupSync.GroupSync(config);
  sync.free();
  sync.free();
  assert.throws(() => sync.resolve(claims), freed);
  assert.throws(() => sync.resolveGroups(["a"]), freed);
  works();
});

test("`Symbol.dispose` frees, where the runtime has it", () => {
  assert.equal(typeof Symbol.dispose, "symbol");
  const sync = new groupSync.GroupSync(config);
  sync[Symbol.dispose]();
  assert.throws(() => sync.resolve(claims), freed);
});

test("forgotten objects give their memory back", async () => {
  const large = { ...config, mapping: "a -> b\n".padEnd(1024 * 1024 - 1, "# a comment that takes memory\n") };
  const sizes = [];
  for (let round = 0; round < 6; round += 1) {
    for (let count = 0; count < 10; count += 1) new groupSync.GroupSync(large);
    await collect();
    sizes.push(instances.at(-1).exports.memory.buffer.byteLength);
  }
  assert.equal(sizes.at(-1), sizes.at(1), `memory after each round: ${sizes}`);
});

test("a getter of the input may call the package", () => {
  const nested = {
    ...config,
    get mapping() {
      return groupSync.parseMapping("a -> b").diagnostics.length === 0 ? "a -> b" : "";
    },
  };
  assert.deepEqual(new groupSync.GroupSync(nested).resolve(claims).groups, ["b"]);
});

test("a getter of the input may free the object that reads it", async () => {
  const sync = new groupSync.GroupSync(config);
  const hostile = {
    get groups() {
      sync.free();
      return ["a"];
    },
  };
  const count = instances.length;
  assert.deepEqual(sync.resolve(hostile).groups, ["b"]);
  assert.throws(() => sync.resolve(claims), freed);
  await collect();
  works();
  assert.equal(instances.length, count, "the engine did not stop");
});

test("a getter of the input may meet a trap", () => {
  const sync = new groupSync.GroupSync(config);
  const hostile = {
    get groups() {
      stop();
      works();
      return ["a"];
    },
  };
  assert.deepEqual(sync.resolve(hostile).groups, ["b"], "the call in progress ends in the instance that it began in");
  assert.throws(() => sync.resolve(claims), internal);
  works();
});
