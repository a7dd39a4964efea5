// Sessions with a refresh token are synced again without anybody signing in, and end when it is revoked.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import { Encryption } from "../src/encryption.ts";
import type { GroupSource } from "../src/sign-in/group-source.ts";
import { OidcClient } from "../src/sign-in/oidc-client.ts";
import { Refresh } from "../src/sign-in/refresh.ts";
import type { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const encryption = new Encryption([randomBytes(32)]);
let running: RunningServer;
let refresh: Refresh;
let now: () => Date;
let passed: number;

beforeEach(async () => {
  passed = 0;
  running = await runningServer({ encryption, refreshMinutes: 15 });
  now = () => new Date(Date.now() + passed);
  refresh = newRefresh(encryption);
  running.idp.refreshTokens = "given";
  await running.instance.addGroup("main", "sales");
  await running.instance.addGroup("main", "ops");
  await running.instance.command(
    { type: "set-mapping", mapping: "Sales Team -> sales\nOps Team -> ops" },
    { type: "enable" },
  );
});
afterEach(async () => {
  await refresh.stop();
  await running.close();
});

function newRefresh(encryption: Encryption, groupSource: GroupSource | null = null): Refresh {
  const { database, engines } = running.instance;
  const oidc = new OidcClient(running.idp.options, new URL("http://localhost:3000"));
  const log = { info: () => {}, warn: () => {} };
  const shown = { id: "environment", name: "", issuer: "", fromEnvironment: true, enabled: true };
  const providers = { find: async (id: string) => (id === shown.id ? { ...shown, oidc, groupSource } : null) };
  return new Refresh({ database, engines, providers, encryption, clock: () => now(), minutes: 15, log });
}

async function signedIn(claims: Record<string, unknown>): Promise<Browser> {
  const browser = running.newBrowser();
  assert.equal((await running.signIn(browser, claims)).headers.location, "/");
  return browser;
}

async function pass(minutes: number): Promise<void> {
  passed += minutes * 60_000;
  await refresh.run();
}

/** What the sign-in page says to this browser of why it is there. */
const told = async (browser: Browser) =>
  /You were signed out because [^<]*/.exec((await browser.get("/sign-in")).body)?.[0];
const isIn = async (browser: Browser) => (await browser.get("/")).statusCode === 200;

async function audited(): Promise<string[]> {
  const rows = await running.instance.database.selectFrom("audit").select("method").orderBy("id").execute();
  return rows.map(({ method }) => method);
}

test("the groups follow the identity provider while somebody is signed in", async () => {
  const ada = await signedIn({ sub: "ada", groups: ["Sales Team"] });
  running.idp.claims = { sub: "ada", groups: ["Ops Team"] };
  await pass(14);
  assert.equal(await running.instance.has("ada"), "end-user: sales");
  await pass(2);
  assert.equal(await running.instance.has("ada"), "end-user: ops");
  assert.deepEqual(await audited(), ["oidc", "refresh"]);
  // The next one has the token that the first one got.
  running.idp.claims = { sub: "ada", groups: [] };
  await pass(16);
  assert.equal(await running.instance.has("ada"), "end-user");
  assert.equal(await isIn(ada), true);
});

test("a refresh that changes nothing is not written down", async () => {
  await signedIn({ sub: "ada", groups: ["Sales Team"] });
  await pass(16);
  assert.deepEqual(await audited(), ["oidc"]);
});

test("a revoked token ends the session, and nobody else's", async () => {
  const ada = await signedIn({ sub: "ada", groups: [] });
  running.idp.refreshTokens = null;
  const eve = await signedIn({ sub: "eve", groups: [] });
  running.idp.refreshTokens = "revoked";
  await pass(16);
  assert.deepEqual([await isIn(ada), await isIn(eve)], [false, true]);
  assert.equal(await told(ada), "You were signed out because your identity provider ended the session.");
  assert.deepEqual([await told(eve), await told(running.newBrowser())], [undefined, undefined]);
  // Signed in again, and out by hand, there is nothing to tell any more.
  await running.signIn(ada, { sub: "ada", groups: [] });
  assert.equal(await isIn(ada), true);
  await ada.post("/sign-out", {}, "/");
  assert.equal(await told(ada), undefined);
});

test("a session ends that is refreshed for somebody else, or for somebody who may not come in any more", async () => {
  const ada = await signedIn({ sub: "ada", groups: [] });
  running.idp.claims = { sub: "eve", groups: ["Ops Team"] };
  await pass(16);
  assert.equal(await isIn(ada), false);
  assert.equal(await running.instance.has("eve"), "none");

  const ben = await signedIn({ sub: "ben", groups: [] });
  await running.instance.database.updateTable("licence").set({ sso: false }).execute();
  await pass(16);
  assert.equal(await isIn(ben), false);
  assert.equal(await told(ben), "You were signed out because you may no longer come in. Sign in again to see why.");
});

test("while the identity provider does not answer, the session stays and is tried again", async () => {
  const ada = await signedIn({ sub: "ada", groups: ["Sales Team"] });
  running.idp.claims = { sub: "ada", groups: ["Ops Team"] };
  running.idp.fault = "server-error";
  await pass(16);
  assert.equal(await isIn(ada), true);
  assert.equal(await running.instance.has("ada"), "end-user: sales");
  running.idp.fault = null;
  await pass(2);
  assert.equal(await running.instance.has("ada"), "end-user: ops");
});

test("a refresh that fails after the token was exchanged goes on with the new one", async () => {
  running.idp.userInfo = { sub: "ada" };
  const ada = await signedIn({ sub: "ada", groups: ["Sales Team"] });
  running.idp.claims = { sub: "ada", groups: ["Ops Team"] };
  running.idp.userInfo = 503;
  await pass(16);
  running.idp.userInfo = { sub: "ada" };
  await pass(2);
  assert.equal(await isIn(ada), true);
  assert.equal(await running.instance.has("ada"), "end-user: ops");
});

test("a token that is not genuine changes nothing", async () => {
  await signedIn({ sub: "ada", groups: ["Sales Team"] });
  running.idp.claims = { sub: "ada", groups: ["Ops Team"] };
  running.idp.fault = "wrong-signature";
  await pass(16);
  assert.equal(await running.instance.has("ada"), "end-user: sales");
});

test("refresh tokens are stored encrypted, and without the key the session ends", async () => {
  const ada = await signedIn({ sub: "ada", groups: [] });
  const row = await running.instance.database.selectFrom("sessions").selectAll().executeTakeFirstOrThrow();
  assert.ok(row.refresh_token && !row.refresh_token.includes("refresh-"));
  await refresh.stop();
  refresh = newRefresh(new Encryption([randomBytes(32)]));
  await pass(16);
  assert.equal(await isIn(ada), false);
  assert.match((await told(ada)) ?? "", /your access can no longer be checked\. Please sign in again\.$/);
});

test("two processes refresh each session once: a token that is used twice would end it", async () => {
  const browsers = [];
  for (let number = 0; number < 8; number += 1) browsers.push(await signedIn({ sub: "ada", groups: ["Sales Team"] }));
  running.idp.claims = { sub: "ada", groups: ["Ops Team"] };
  passed += 16 * 60_000;
  const other = newRefresh(encryption);
  await Promise.all([refresh.run(), other.run()]);
  await other.stop();
  assert.deepEqual(await Promise.all(browsers.map(isIn)), Array(8).fill(true));
  assert.equal(await running.instance.has("ada"), "end-user: ops");
  const due = running.instance.database.selectFrom("sessions").select("refresh_at").where("refresh_at", "<=", now());
  assert.deepEqual(await due.execute(), []);
});

test("groups that no token has are fetched at a refresh too, and nobody loses any where that fails", async () => {
  const answers: (string[] | null)[] = [["Ops Team"], null, []];
  const groupsOf = async () => answers.shift() ?? Promise.reject(new Error("away"));
  refresh = newRefresh(encryption, {
    directory: { groupsOf, users: () => assert.fail("nobody asks for all users") },
    userClaim: "sub",
    alsoIfMissing: true,
  });
  await signedIn({ sub: "ada", groups: ["Sales Team"] });
  running.idp.claims = { sub: "ada" };
  for (const has of ["end-user: ops", "end-user: ops", "end-user"]) {
    await pass(16);
    assert.equal(await running.instance.has("ada"), has);
  }
});
