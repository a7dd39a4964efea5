// Compiled settings are kept while they are needed, and given back afterwards.

import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings, type LoginSync } from "idp-group-sync";
import { Engines } from "../src/login/engines.ts";

const documents = { settings: defaultSettings("main"), catalogs: { main: { groups: [] } } };
const request = {
  method: "password",
  user: { exists: true },
  licence: { status: "active", features: { sso: true, groupSync: true } },
  workspaces: [],
} as const;
const decide = (sync: LoginSync) => sync.decide({ ...request, workspaces: [] }).allowed;
const version = (settings: number) => ({ settings, catalogs: { main: 1 } });

/** Engines whose documents are slow to come, and how often they were asked for. */
function counting(capacity: number) {
  const engines = new Engines(capacity);
  let asked = 0;
  const use = (settings: number) =>
    engines.use(
      version(settings),
      async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return documents;
      },
      decide,
    );
  return { engines, use, asked: () => asked };
}

test("one version is compiled once", async () => {
  const { engines, use, asked } = counting(2);
  for (let login = 0; login < 5; login += 1) assert.equal(await use(1), true);
  assert.equal(asked(), 1);
  engines.free();
});

test("the version that was not used for longest makes room for a new one", async () => {
  const { engines, use, asked } = counting(2);
  for (const settings of [1, 2, 1, 3]) await use(settings);
  assert.equal(asked(), 3);
  await use(1);
  await use(3);
  assert.equal(asked(), 3);
  await use(2);
  assert.equal(asked(), 4);
  engines.free();
});

test("many versions at once, more than are kept, never meet a freed engine", async () => {
  const { engines, use } = counting(1);
  const settings = Array.from({ length: 60 }, (_, index) => index % 5);
  assert.deepEqual(
    await Promise.all(settings.map(use)),
    settings.map(() => true),
  );
  engines.free();
});

test("engines that were freed are compiled anew", async () => {
  const { engines, use, asked } = counting(2);
  await use(1);
  engines.free();
  assert.equal(await use(1), true);
  assert.equal(asked(), 2);
  engines.free();
});
