// However many logins are decided, the engine's memory stays what it was; and what is compiled for them takes little of it.
// Memory of WebAssembly only grows, so its size is the most that was ever taken.

import assert from "node:assert/strict";
import { test } from "node:test";
import { groupSync, memorySize } from "./support/trap.mjs";

const KiB = 1024;
const numbers = (count) => Array.from({ length: count }, (_, number) => number);

/** Settings whose workspaces inherit everything, and catalogs of a group for each entry. */
function instance(entries, workspaces) {
  const ids = numbers(workspaces).map((number) => `workspace-${number}`);
  const settings = {
    version: 1,
    enabled: true,
    claim: "groups",
    mapping: numbers(entries)
      .map((number) => `IdP Team ${number} -> app-group-${number}`)
      .join("\n"),
    policy: {},
    defaultWorkspace: ids[0],
    workspaces: ids.map((id) => ({ id, enabled: true })),
  };
  const groups = numbers(entries).map((number) => ({ name: `app-group-${number}` }));
  return [settings, Object.fromEntries(ids.map((id) => [id, { groups }]))];
}

function login(number) {
  const names = [`IdP Team ${number % 100}`, `idp team ${number}`, `unknown ${number}`, `app-group-${number % 90}`];
  const groups = [{ name: `app-group-${number % 80}`, grantedBy: "sync" }, { name: `gone-${number}` }];
  return {
    method: "oidc",
    // Some claims can be read in numbers, and some can't.
    claims: {
      sub: `user-${number}`,
      groups: number % 3 === 0 ? names.slice(2) : names,
      ...(number % 5 === 0 && { a: {} }),
    },
    user: { exists: true },
    licence: { status: "active", features: { sso: true, groupSync: true } },
    workspaces: ["workspace-0", "workspace-1"].map((id) => ({
      id,
      member: "active",
      membership: { role: "end-user", groups: number % 2 === 0 ? groups : groups.slice(0, 1) },
    })),
    explain: number % 4 !== 0,
  };
}

test("over 200,000 logins", () => {
  const sync = new groupSync.LoginSync(...instance(100, 2));
  const decide = (from, to) => {
    let joined = 0;
    for (let number = from; number < to; number += 1) {
      for (const { plan } of sync.decide(login(number)).workspaces) joined += plan.join.length;
    }
    return joined;
  };
  decide(0, 2000);
  const size = memorySize();
  assert.ok(decide(2000, 202_000) > 400_000);
  assert.equal(memorySize(), size);
  sync.free();
});

for (const { entries, workspaces, most } of [
  { entries: 1000, workspaces: 1, most: 250 * KiB },
  { entries: 100, workspaces: 200, most: 60 * KiB },
]) {
  test(`${entries} entries for ${workspaces} workspaces take at most ${most / KiB} KiB`, () => {
    const given = instance(entries, workspaces);
    const compile = (count) => numbers(count).map(() => new groupSync.LoginSync(...given));
    // What reading the input took is used again.
    const first = compile(2);
    const before = memorySize();
    const held = compile(50);
    const taken = (memorySize() - before) / held.length;
    assert.ok(taken > 0 && taken <= most, `${taken} bytes`);
    for (const sync of [...first, ...held]) sync.free();
  });
}
