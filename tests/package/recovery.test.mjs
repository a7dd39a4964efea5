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

test("what is read is not lost when a getter meets a trap, where no object is", () => {
  const nested = {
    ...config,
    get mapping() {
      stop();
      return "a -> b";
    },
  };
  assert.deepEqual(new groupSync.GroupSync(nested).resolve(claims).groups, ["b"]);
});

test("texts of any length go through buffers that are kept, whatever becomes of the calls before", () => {
  const sync = () => new groupSync.GroupSync(config);
  const long = (length) => ({ groups: ["a", "é".repeat(length)] });
  for (const length of [10, 50_000, 1_500_000, 10, 600_000, 10]) {
    const status = length > 4096 ? "malformed" : "present";
    assert.equal(groupSync.readGroups(long(length), "groups").status, status);
    assert.throws(() => groupSync.readGroups({ groups: [1n] }, "groups"), { path: "claims.groups[0]" });
    assert.throws(() => groupSync.readGroups(long(length), ""), { path: "claim.name" });
    assert.equal(groupSync.parseMapping(`# ${"é".repeat(length)}\na -> b`).diagnostics.length, 0);
    works();
    const used = sync();
    if (length === 600_000) stop();
    else assert.deepEqual(used.resolve(claims).groups, ["b"]);
  }
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
  assert.throws(() => sync.resolve(hostile), freed);
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
  assert.throws(() => sync.resolve(hostile), internal);
  assert.throws(() => sync.resolve(claims), internal);
  works();
});
