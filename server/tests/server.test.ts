// What holds for the server as a whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { isWritable } from "../src/database/migrations.ts";
import { openPostgres } from "../src/database/postgres.ts";
import type { Database } from "../src/database/schema.ts";
import { buildServer } from "../src/server.ts";
import { runningServer } from "./support/running-server.ts";

test("over https, cookies and browsers are held to https", async () => {
  const running = await runningServer({ origin: new URL("https://app.example.com") });
  const browser = running.newBrowser();
  const response = await running.signIn(browser, { sub: "ada", groups: [] });
  const cookie = response.cookies.find(({ name }) => name === "__Host-session");
  assert.equal(cookie?.secure, true);
  assert.match(String(response.headers["strict-transport-security"]), /max-age=\d{8}/);
  await running.close();
});

test("pages may load nothing and be framed by nobody", async () => {
  const running = await runningServer();
  const { headers } = await running.server.inject("/sign-in");
  assert.match(String(headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal((await running.server.inject("/nowhere")).statusCode, 404);
  await running.close();
});

test("without a database, people and watchers are told so, and nobody is signed in", async () => {
  const running = await runningServer();
  assert.deepEqual((await running.server.inject("/readyz")).json(), { status: "ready" });
  const browser = running.newBrowser();
  const { headers } = await browser.get("/sign-in/oidc");
  const back = running.idp.authorise(String(headers.location));
  await running.instance.database.destroy();
  const page = await browser.get(back);
  assert.equal(page.statusCode, 503);
  assert.match(page.body, /The database cannot be reached/);
  const readiness = await running.server.inject("/readyz");
  assert.equal(readiness.statusCode, 503);
  assert.deepEqual(readiness.json(), { status: "database unavailable" });
  assert.deepEqual((await running.server.inject("/healthz")).json(), { status: "ok" });
  await running.close();
});

test("a database that takes no changes is told of as one that cannot be reached, until it takes some again", async () => {
  const running = await runningServer();
  const { database } = running.instance;
  const browser = running.newBrowser();
  await readOnly(database, "on");
  const readiness = await running.server.inject("/readyz");
  assert.deepEqual([readiness.statusCode, readiness.json()], [503, { status: "database read-only" }]);
  const page = await browser.get("/sign-in/oidc");
  assert.equal(page.statusCode, 503);
  assert.match(page.body, /The database cannot be reached/);
  await readOnly(database, "off");
  assert.equal((await running.server.inject("/readyz")).statusCode, 200);
  assert.equal((await running.signIn(browser, { sub: "ada", groups: [] })).statusCode, 303);
  await running.close();
});

/** For connections from now on: the embedded database has one alone, and those of a server are ended. */
async function readOnly(database: Database, value: "on" | "off"): Promise<void> {
  const setting = sql.raw(`default_transaction_read_only = ${value}`);
  if (!process.env.TEST_DATABASE_URL) {
    await sql`set ${setting}`.execute(database);
    return;
  }
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database);
  const { name = "" } = rows[0] ?? {};
  const other = openPostgres(process.env.TEST_DATABASE_URL, { connections: 1 });
  await sql`alter database ${sql.id(name)} set ${setting}`.execute(other);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(other);
  await other.destroy();
  // Each connection that was ended says so once: until as many as there may be are new.
  const isNew = () =>
    isWritable(database).then(
      (is) => is === (value === "off"),
      () => false,
    );
  while (!(await Promise.all(Array.from({ length: 20 }, isNew))).every(Boolean));
}

test("without an identity provider there are passwords alone", async () => {
  const running = await runningServer({ oidc: null });
  const { body } = await running.server.inject("/sign-in");
  assert.match(body, /type="password"/);
  assert.doesNotMatch(body, /single sign-on/);
  assert.equal((await running.server.inject("/sign-in/oidc")).statusCode, 404);
  await running.close();
});

test("how a developer signs in is said on a developer's machine alone", async () => {
  for (const note of [null, "For development: <sue>"]) {
    const running = await runningServer({ signInNote: note });
    const { body } = await running.server.inject("/sign-in");
    assert.equal(body.includes("For development: &#60;sue&#62;"), note !== null);
    await running.close();
  }
});

test("an identity provider that is not there keeps the server from nothing but single sign-on", async () => {
  const running = await runningServer();
  const oidc = { issuer: new URL("http://localhost:1"), clientId: "x", clientSecret: null, scope: "openid" };
  const origin = new URL("http://localhost:3000");
  const server = await buildServer({ database: running.instance.database, origin, oidc });
  const response = await server.inject("/sign-in/oidc");
  assert.equal(response.statusCode, 503);
  assert.match(response.body, /The identity provider cannot be reached/);
  assert.equal((await server.inject("/sign-in")).statusCode, 200);
  await server.close();
  await running.close();
});

test("the preview page is served with what it needs to run, and nothing outside its folder", async () => {
  const running = await runningServer({ previewFolder: fileURLToPath(new URL("./", import.meta.url)) });
  const { statusCode, headers } = await running.server.inject("/preview/server.test.js");
  assert.equal(statusCode, 200);
  assert.match(String(headers["content-security-policy"]), /script-src 'self' 'wasm-unsafe-eval'/);
  const outside = await running.server.inject("/preview/..%2f..%2f..%2fpackage.json");
  assert.ok(outside.statusCode >= 400);
  assert.doesNotMatch(outside.body, /"name"/);
  await running.close();
});
