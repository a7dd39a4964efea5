// The stream of a comparison: page by page, ended by whoever asked, and honest about what goes wrong on the way.

import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { InstanceSettings } from "idp-group-sync";
import type { KyselyPlugin } from "kysely";
import { prepareImpact, runImpact } from "../src/api/impact/impact.ts";
import { buildServer } from "../src/server.ts";
import { currentSettings } from "../src/settings/versions.ts";
import { type Api, newApi } from "./support/api.ts";
import { addKnownUsers } from "./support/known-users.ts";

const pages = 100;
const users = pages * 200;

/** Sees the answers of the database, as the server gets them. */
class Watcher implements KyselyPlugin {
  pages = 0;
  mostRows = 0;
  failAtPage = Number.POSITIVE_INFINITY;

  transformQuery: KyselyPlugin["transformQuery"] = ({ node }) => node;

  transformResult: KyselyPlugin["transformResult"] = async ({ result }) => {
    this.mostRows = Math.max(this.mostRows, result.rows.length);
    if (result.rows.some((row) => typeof row.claims === "string")) this.pages += 1;
    if (this.pages >= this.failAtPage) throw new Error("a fault whose words nobody outside may see");
    return result;
  };
}

let api: Api;
let watcher: Watcher;
let server: Awaited<ReturnType<typeof buildServer>>;
let address: string;
let settings: InstanceSettings;

before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.command({ type: "enable" });
  await addKnownUsers(instance.database, { count: users, groups: ["Sales Team", "sales"], workspace: "main" });
  settings = { ...(await currentSettings(instance.database)).settings, mapping: "Sales Team -> sales" };
  watcher = new Watcher();
  const database = instance.database.withPlugin(watcher);
  server = await buildServer({ database, origin: new URL("http://localhost"), oidc: null });
  await server.listen({ port: 0, host: "127.0.0.1" });
  address = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/api/impact`;
});
beforeEach(() => {
  Object.assign(watcher, { pages: 0, mostRows: 0, failAtPage: Number.POSITIVE_INFINITY });
});
after(async () => {
  // `fetch` has opened a connection to replace the one that was broken off, and never used it: it does not count as idle.
  server.server.closeAllConnections();
  await server.close();
  await api.close();
});

async function ask(signal?: AbortSignal): Promise<Response> {
  const headers = { ...(await api.headers("super admin")), "content-type": "application/json" };
  return fetch(address, { method: "POST", headers, body: JSON.stringify({ settings }), ...(signal && { signal }) });
}

test("all users are gone through, and never more than a page of them is held", async () => {
  const response = await ask();
  assert.equal(response.headers.get("content-type"), "application/x-ndjson; charset=utf-8");
  const events = (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const summary = events.at(-1);
  assert.deepEqual([summary.totals.users, summary.totals.workspaces[0].gains], [users, users / 2]);
  assert.equal(events.filter(({ type }) => type === "change").length, users / 2);
  assert.equal(watcher.mostRows, 200);
});

test("whoever goes away ends it", async () => {
  const leaving = new AbortController();
  const response = await ask(leaving.signal);
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  assert.match(new TextDecoder().decode(value), /^\{"type":"start"/);
  leaving.abort();
  let before = -1;
  while (before !== watcher.pages) {
    before = watcher.pages;
    await delay(300);
  }
  assert.ok(watcher.pages < pages / 2, `${watcher.pages} pages were read`);
  // and the server goes on
  assert.equal((await server.inject("/healthz")).statusCode, 200);
});

test("what goes wrong on the way is said in the last line, without its inside", async () => {
  watcher.failAtPage = 3;
  const text = await (await ask()).text();
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { type, error } = events.at(-1);
  assert.deepEqual([type, error.code], ["error", "internal"]);
  assert.ok(events.some((event) => event.type === "change"));
  assert.doesNotMatch(text, /nobody outside|"stack"|\.ts:/);
});

test("its memory in the engine is given back, also if it is not heard to the end", async () => {
  const prepared = await prepareImpact(api.instance.database, settings);
  for await (const events of runImpact(api.instance.database, prepared)) {
    if (events.some(({ type }) => type === "progress")) break;
  }
  assert.throws(() => prepared.comparison.finish(), { code: "freed" });
});

test("no page is read before the one before it was taken", async () => {
  const { database } = api.instance;
  const prepared = await prepareImpact(database, settings);
  const events = runImpact(database.withPlugin(watcher), prepared);
  for (const read of [0, 1, 2]) {
    await events.next();
    assert.equal(watcher.pages, read);
  }
  await events.return(undefined);
});
