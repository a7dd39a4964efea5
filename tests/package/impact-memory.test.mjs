// However many users a comparison is fed with, its memory stays what it was. Memory of WebAssembly only grows, so its size is the
// most that was ever taken.

import assert from "node:assert/strict";
import { test } from "node:test";
import { groupSync, memorySize } from "./support/trap.mjs";

const MiB = 1024 * 1024;
const config = { mapping: "eng -> developers", claim: "groups", catalog: { groups: [{ name: "developers" }] } };
const newImpact = () => new groupSync.Impact(config, { ...config, mapping: "" });

/** All ids are as long, and so all chunks of so many users: the buffer that a chunk crosses in grows with the longest one. */
const idOf = (index, user) => `user-${String(index).padStart(5, "0")}-${user}`;

/** Pushes what `chunk` gives until that is `total` long; returns how many users changed. */
function feed(impact, total, chunk) {
  let changed = 0;
  for (let fed = 0, index = 0; fed < total; index += 1) {
    const next = chunk(index);
    fed += next.length;
    changed += impact.push(index % 2 === 0 ? next : Buffer.from(next)).length;
  }
  return changed;
}

test("over 50 MiB of users, all of whom change", () => {
  const impact = newImpact();
  const users = (index) =>
    Array.from({ length: 500 }, (_, user) => {
      const id = idOf(index, user);
      return `${JSON.stringify({ id, claims: { sub: id, groups: ["eng", `group-${user}`] } })}\n`;
    }).join("");
  feed(impact, MiB, users);
  const size = memorySize();
  const changed = feed(impact, 50 * MiB, users);
  assert.equal(memorySize(), size);
  const { summary } = impact.finish();
  assert.ok(changed > 400_000 && changed < summary.users);
  assert.equal(summary.loses, summary.users);
});

test("over 20 MiB of logins, each into workspaces that nobody knows", () => {
  const settings = { ...groupSync.defaultSettings("main"), enabled: true };
  const side = (mapping) => ({ settings: { ...settings, mapping }, catalogs: { main: config.catalog } });
  const impact = new groupSync.LoginImpact(side(config.mapping), side(""));
  const logins = (index) =>
    Array.from({ length: 500 }, (_, user) => {
      const id = idOf(index, user);
      return `${JSON.stringify({
        id,
        method: "oidc",
        claims: { sub: id, groups: ["eng"] },
        user: { exists: true },
        licence: { status: "active", features: { sso: true, groupSync: true } },
        workspaces: ["main", `of-${id}`].map((id) => ({ id, member: "active" })),
      })}\n`;
    }).join("");
  feed(impact, MiB, logins);
  const size = memorySize();
  const changed = feed(impact, 20 * MiB, logins);
  assert.equal(memorySize(), size);
  const { summary } = impact.finish();
  assert.ok(changed > 50_000 && changed < summary.users);
  assert.deepEqual(
    summary.workspaces.map(({ id, loses }) => [id, loses]),
    [["main", summary.users]],
  );
});

test("over millions of lines that cannot be read", () => {
  const impact = newImpact();
  const lines = "{}\n".repeat(10_000);
  feed(impact, MiB, () => lines);
  const size = memorySize();
  feed(impact, 10 * MiB, () => lines);
  assert.equal(memorySize(), size);
  const { summary } = impact.finish();
  assert.ok(summary.faultCount > 3_000_000);
  assert.equal(summary.faults.length, 100);
});

test("over a line that never ends", () => {
  const impact = newImpact();
  const line = "x".repeat(100_000);
  feed(impact, 16 * MiB, () => line);
  const size = memorySize();
  feed(impact, 100 * MiB, () => line);
  assert.equal(memorySize(), size);
  assert.ok(size < 32 * MiB, `${size} bytes`);
  const { summary } = impact.finish();
  assert.deepEqual([summary.users, summary.faultCount], [0, 1]);
});

test("however small the chunks are", () => {
  const impact = newImpact();
  const text = '{ "id": "🚀", "groups": ["eng"] }\n';
  const feedUnits = (times) => {
    for (let count = 0; count < times; count += 1) {
      for (let unit = 0; unit < text.length; unit += 1) impact.push(text[unit]);
    }
    return memorySize();
  };
  assert.equal(feedUnits(100), feedUnits(5_000));
  assert.equal(impact.finish().summary.users, 5_100);
});
