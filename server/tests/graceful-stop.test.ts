// A process that is told to end: it says so before anything else, goes on until nobody sends it requests, and leaves nothing undone.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { buildServer } from "../src/server.ts";
import { deployment } from "./e2e/support/deployment.ts";
import { ServerProcess } from "./e2e/support/server-process.ts";
import { newStore } from "./e2e/support/store.ts";
import { newInstance } from "./support/instance.ts";

test("whoever watches hears of the end first, and people are served until then", async () => {
  const store = await newStore();
  const server = await ServerProcess.start({ ...store.environment, OIDC_ISSUER: "none", SHUTDOWN_DELAY_SECONDS: "6" });
  const get = (path: string) => fetch(server.origin + path);
  assert.deepEqual(await (await get("/readyz")).json(), { status: "ready" });
  assert.deepEqual(await (await get("/healthz")).json(), { status: "ok" });

  const ended = server.stop();
  let readiness = await get("/readyz");
  while (readiness.ok) readiness = await get("/readyz");
  assert.equal(readiness.status, 503);
  assert.equal(readiness.headers.get("cache-control"), "no-store");
  assert.deepEqual(await readiness.json(), { status: "ending" });
  assert.equal((await get("/healthz")).status, 200);
  assert.equal((await get("/sign-in")).status, 200);
  assert.equal(await ended, 0);
  await store.remove();
});

const main = fileURLToPath(new URL("../src/main.js", import.meta.url));

/** Names are looked up slowly: "localhost" has two addresses, and the first is served while the second is still looked for. */
const slowNames = `data:text/javascript,${encodeURIComponent(`
  import dns from "node:dns";
  const { lookup } = dns;
  dns.lookup = (...query) => setTimeout(() => lookup(...query), 500);
`)}`;

test("a server that is told to end as soon as it answers ends in order", async () => {
  const store = await newStore();
  const environment = { ...store.environment, OIDC_ISSUER: "none", NODE_OPTIONS: `--import=${slowNames}` };
  const server = await ServerProcess.start(environment);
  assert.equal(await server.stop(), 0);
  assert.ok(server.log.some(({ msg }) => msg === "ending"));
  await store.remove();
});

test("a server that is told to end while it starts ends, also as the first process of a container", async (context) => {
  const silent = createServer((socket) => context.after(() => socket.destroy())).listen(0, "127.0.0.1");
  context.after(() => silent.close());
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const starting = spawn(process.execPath, [main], {
    env: { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none`, OIDC_ISSUER: "none" },
  });
  await once(silent, "connection");
  starting.kill("SIGTERM");
  assert.deepEqual(await once(starting, "exit"), [0, null]);
});

test("a sign-in that is under way comes to its end, and is whole", async () => {
  const deployed = await deployment();
  const { idp, server } = deployed;
  const browser = deployed.newBrowser();
  const back = await browser.goOut(idp, { sub: "late", groups: ["sales"] });
  const reached = signal();
  const released = signal();
  idp.beforeToken = () => {
    reached.resolve();
    return released.promise;
  };
  const page = browser.get(back);
  await reached.promise;
  const ended = server.stop();
  while (!server.log.some(({ msg }) => msg === "ending")) await delay(5);
  released.resolve();
  const { status, location } = await page;
  assert.deepEqual({ status, location }, { status: 303, location: "/" });
  assert.equal(await ended, 0);
  await deployed.store.use(async (database) => {
    const logins = await database.selectFrom("audit").select("allowed").where("subject", "=", "late").execute();
    assert.deepEqual(logins, [{ allowed: true }]);
  });
  await deployed.close();
});

test("a database that lacks a migration is not ready", async () => {
  const instance = await newInstance();
  const server = await buildServer({
    database: instance.database,
    origin: new URL("http://localhost:3000"),
    oidc: null,
  });
  assert.equal((await server.inject("/readyz")).statusCode, 200);
  await sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(
    instance.database,
  );
  const readiness = await server.inject("/readyz");
  assert.equal(readiness.statusCode, 503);
  assert.deepEqual(readiness.json(), { status: "migrations missing" });
  await server.close();
  await instance.close();
});

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
