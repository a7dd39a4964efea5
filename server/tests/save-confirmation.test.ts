// A save that keeps known users out, or takes a highest role from them, is confirmed with their number, or that it is not known: by whoever asks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { KyselyPlugin } from "kysely";
import { ImpactUnknown, totalImpact } from "../src/api/impact/impact.ts";
import { buildServer } from "../src/server.ts";
import { currentSettings } from "../src/settings/versions.ts";
import { type Api, newApi } from "./support/api.ts";
import { addKnownUsers } from "./support/known-users.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.command({ type: "set-mapping", mapping: "IT -> admin" }, { type: "enable" });
  await instance.signIn("ada", ["IT"]);
  await instance.signIn("eve", ["IT"]);
  await instance.signIn("bob", ["Sales Team"]);
});
after(() => api.close());

test("what a save has to be confirmed by", async () => {
  const { version } = await api.get("/settings");
  const commands = [{ type: "set-mapping", mapping: "IT -> sales" }];
  const save = (more: object) => api.ask("POST", "/settings/save", { version, commands, ...more });
  for (const confirmed of [undefined, { count: 1 }, { count: 3 }, { unknown: true }]) {
    const { status, body } = await save(confirmed ? { confirmed } : {});
    const { error, ...impact } = body;
    assert.deepEqual([status, error.code], [409, "impact-unconfirmed"]);
    assert.deepEqual(impact, { toConfirm: 2, denied: 0, refused: 0, topRoleLost: 2 });
  }
  const one = await api.ask("POST", "/settings/commands", { version, command: commands[0] });
  assert.deepEqual([one.status, one.body.error.code], [409, "impact-unconfirmed"]);
  assert.equal((await api.get("/settings")).version, version);
  const saved = await save({ confirmed: { count: 2 } });
  assert.deepEqual([saved.status, saved.body.status], [200, "applied"]);
  // Whoever gains needs no confirmation, and nor does a save that changes nothing.
  const back = { version: version + 1, command: { type: "set-mapping", mapping: "IT -> admin" } };
  assert.equal((await api.post("/settings/commands", back)).status, "applied");
  const same = { version: version + 2, command: { type: "set-mapping", mapping: "IT -> admin" } };
  assert.equal((await api.post("/settings/commands", same)).stored.version, version + 2);
});

test("stale settings and commands that the engine refuses are told of first", async () => {
  const { version } = await api.get("/settings");
  const command = { type: "set-mapping", mapping: "" };
  const stale = await api.ask("POST", "/settings/commands", { version: version - 1, command });
  assert.deepEqual([stale.status, stale.body.error.code], [409, "stale-version"]);
  const broken = await api.ask("POST", "/settings/commands", { version, command: { ...command, mapping: "a => b" } });
  assert.equal(broken.status, 422);
});

test("a save that refuses known users has to be confirmed too", async () => {
  const { version } = await api.get("/settings");
  const command = { type: "set-policy", policy: { noMatch: "deny" } };
  const { status, body } = await api.ask("POST", "/settings/commands", { version, command });
  assert.deepEqual([status, body.toConfirm, body.denied, body.refused, body.topRoleLost], [409, 1, 1, 1, 0]);
});

/** Fails where the users are read whose claims are known. */
const failing: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    if (result.rows.some((row) => typeof row.claims === "string")) throw new Error("a fault");
    return result;
  },
};

test("an impact that cannot be worked out keeps a save from being made, unless that is confirmed", async () => {
  const database = api.instance.database.withPlugin(failing);
  const server = await buildServer({ database, origin: new URL("http://localhost"), oidc: null });
  const { version } = await api.get("/settings");
  const command = { type: "set-mapping", mapping: "IT -> admin\nSales Team -> sales" };
  const save = async (confirmed?: object) => {
    const headers = await api.headers("super admin");
    const payload = { version, command, ...(confirmed && { confirmed }) };
    return server.inject({ method: "POST", url: "/api/settings/commands", headers, payload });
  };
  for (const confirmed of [undefined, { count: 0 }, { count: 1 }]) {
    const response = await save(confirmed);
    assert.deepEqual([response.statusCode, response.json().error.code], [503, "impact-unknown"]);
  }
  assert.equal((await api.get("/settings")).version, version);
  const response = await save({ unknown: true });
  assert.deepEqual([response.statusCode, response.json().status], [200, "applied"]);
  await server.close();
});

test("nobody waits for ever until everybody is counted", async () => {
  const { database } = api.instance;
  await addKnownUsers(database, { count: 1000, groups: ["IT", "sales"], workspace: "main" });
  const { settings } = await currentSettings(database);
  await assert.rejects(totalImpact(database, settings, { ...settings, mapping: "" }, -1), ImpactUnknown);
  const { users } = await totalImpact(database, settings, { ...settings, mapping: "" }, 60_000);
  assert.equal(users, 1003);
});

test("a confirmation has one of two shapes", async () => {
  const { version } = await api.get("/settings");
  const command = { type: "set-mapping", mapping: "" };
  for (const confirmed of [true, {}, { unknown: false }, { count: -1 }, { count: "2" }, { count: 2, unknown: true }]) {
    const { status } = await api.ask("POST", "/settings/commands", { version, command, confirmed });
    assert.equal(status, 400, JSON.stringify(confirmed));
  }
});
