// What happens after the engine stopped, and to objects that are used while they are in use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { collect, groupSync, instances, stop } from "./support/trap.mjs";

const config = { mapping: "a -> b", claim: "groups", catalog: { groups: [{ name: "b" }] } };
const claims = { groups: ["a"] };

const works = () => assert.deepEqual(new groupSync.GroupSync(config).resolve(claims).groups, ["b"]);
const internal = { name: "GroupSyncError", code: "internal", message: /construct a new one/ };
const freed = { name: "GroupSyncError", code: "freed", message: /`GroupSync` was freed/ };

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
