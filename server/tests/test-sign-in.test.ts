// A super admin tests the sign-in: what the identity provider says is shown, and nothing else happens.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Sessions } from "../src/sign-in/sessions.ts";
import type { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
before(async () => {
  running = await runningServer();
  await running.instance.addGroup("main", "sales");
  await running.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
});
after(() => running.close());
beforeEach(() => {
  running.idp.fault = null;
});

let people = 0;
async function signedIn(superAdmin: boolean): Promise<Browser> {
  const { database } = running.instance;
  people += 1;
  const values = { email: `p${people}@example.com`, super_admin: superAdmin };
  const { id: userId } = await database.insertInto("users").values(values).returning("id").executeTakeFirstOrThrow();
  const sessions = new Sessions({ database, clock: () => new Date(), hours: 1 });
  const browser = running.newBrowser();
  browser.cookies.set("session", await sessions.start({ userId, method: "password", provider: null }));
  return browser;
}

async function goOut(browser: Browser, claims: Record<string, unknown>): Promise<string> {
  running.idp.claims = claims;
  const { headers } = await browser.get("/sign-in/oidc?test");
  return running.idp.authorise(String(headers.location));
}

const shown = async (browser: Browser) => (await browser.get("/api/preview/test-sign-in")).json().testSignIn;

async function everything(): Promise<unknown[]> {
  const { database } = running.instance;
  return Promise.all([
    database.selectFrom("users").selectAll().orderBy("id").execute(),
    database.selectFrom("memberships").selectAll().execute(),
    database.selectFrom("group_memberships").selectAll().execute(),
    database.selectFrom("sessions").selectAll().orderBy("token_hash").execute(),
    database.selectFrom("known_claims").selectAll().execute(),
    database.selectFrom("audit").selectAll().orderBy("id").execute(),
  ]);
}

test("the claims of somebody new are shown, and nothing is changed", async () => {
  const root = await signedIn(true);
  assert.equal(await shown(root), null);
  const before = await everything();
  const back = await root.get(await goOut(root, { sub: "nina", groups: ["Sales Team"] }));
  assert.deepEqual([back.statusCode, back.headers.location], [303, "/admin/#/preview/test-sign-in"]);
  assert.deepEqual(await everything(), before);
  const { claims, user } = await shown(root);
  assert.deepEqual([claims.sub, claims.groups, user], ["nina", ["Sales Team"], null]);
});

test("whose account it is stands with them, and the credentials are asked for", async () => {
  await running.instance.login({
    method: "oidc",
    issuer: running.idp.options.issuer.origin,
    claims: { sub: "mara", name: "Mara", groups: [] },
  });
  const root = await signedIn(true);
  running.idp.claims = { sub: "mara" };
  const { headers } = await root.get("/sign-in/oidc?test");
  assert.equal(new URL(String(headers.location)).searchParams.get("prompt"), "login");
  await root.get(running.idp.authorise(String(headers.location)));
  assert.equal((await shown(root)).user.name, "Mara");
});

test("only super admins test", async () => {
  const ordinary = await signedIn(false);
  const refused = await ordinary.get("/sign-in/oidc?test");
  assert.equal(refused.statusCode, 403);
  assert.match(refused.body, /Only super admins test the sign-in/);
  assert.equal((await running.newBrowser().get("/sign-in/oidc?test")).statusCode, 403);
});

test("what comes back is for whoever began", async () => {
  const root = await signedIn(true);
  const address = await goOut(root, { sub: "nina" });
  const other = await signedIn(true);
  root.cookies.set("session", other.cookies.get("session") ?? "");
  const back = await root.get(address);
  assert.equal(back.statusCode, 400);
  assert.match(back.body, /no longer valid/);
  assert.equal(await shown(other), null);
});

test("somebody who lost the rights meanwhile is shown nothing", async () => {
  const root = await signedIn(true);
  const address = await goOut(root, { sub: "nina" });
  await running.instance.database
    .updateTable("users")
    .set({ super_admin: false })
    .where("email", "=", `p${people}@example.com`)
    .execute();
  assert.equal((await root.get(address)).statusCode, 403);
});

test("it is shown for ten minutes", async () => {
  const root = await signedIn(true);
  await root.get(await goOut(root, { sub: "nina" }));
  assert.notEqual(await shown(root), null);
  running.pass(11);
  assert.equal(await shown(root), null);
});

test("what goes wrong is told as at a sign-in", async () => {
  const root = await signedIn(true);
  const address = await goOut(root, { sub: "nina" });
  running.idp.fault = "wrong-audience";
  assert.match((await root.get(address)).body, /could not be verified/);
  running.idp.fault = null;
  assert.match((await root.get(await goOut(root, { sub: "x".repeat(300) }))).body, /cannot be read/);
  assert.equal(await shown(root), null);
});
