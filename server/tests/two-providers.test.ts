// Two identity providers at one server: neither answers for the other, and nobody is somebody of the other.

import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Encryption } from "../src/encryption.ts";
import { encryptSecrets } from "../src/providers/configuration.ts";
import { Sessions } from "../src/sign-in/sessions.ts";
import type { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "./support/stub-identity-provider.ts";

const encryption = new Encryption([randomBytes(32)]);
let running: RunningServer;
let second: StubIdentityProvider;
before(async () => {
  running = await runningServer({ encryption });
  second = await stubIdentityProvider();
  await addProvider("second", second);
});
after(async () => {
  await second.stop();
  await running.close();
});

async function addProvider(id: string, { options }: StubIdentityProvider, enabled = true) {
  const { clientId, scope } = options;
  const configuration = { clientId, scope, claimsFrom: [], directory: null, scimGroups: "displayName" };
  await running.instance.database
    .insertInto("providers")
    .values({
      id,
      name: "Partners",
      issuer: options.issuer.href,
      from_environment: false,
      enabled,
      configuration: JSON.stringify(configuration),
      secrets: encryptSecrets(encryption, id, { clientSecret: "the-second-secret" }),
    })
    .execute();
}

/** Where the browser is sent, and where that provider sends it back to. */
async function leave(browser: Browser, path: string, idp: StubIdentityProvider, claims: Record<string, unknown>) {
  idp.claims = claims;
  const { headers } = await browser.get(path);
  const address = new URL(String(headers.location));
  const back = new URL(idp.authorise(address.href), "http://localhost");
  return { address, callback: new URL(String(address.searchParams.get("redirect_uri"))).pathname, query: back.search };
}

async function signIn(browser: Browser, idp: StubIdentityProvider, claims: Record<string, unknown>) {
  const { callback, query } = await leave(
    browser,
    idp === second ? "/sign-in/oidc/second" : "/sign-in/oidc",
    idp,
    claims,
  );
  return browser.get(callback + query);
}

const usersWith = (subject: string) =>
  running.instance.database
    .selectFrom("users")
    .select(["id", "issuer", "status"])
    .where("subject", "=", subject)
    .orderBy("id")
    .execute();

const isIn = async (browser: Browser) => (await browser.get("/")).statusCode === 200;

test("the sign-in page has a button for each, by its name", async () => {
  const { body } = await running.newBrowser().get("/sign-in");
  assert.match(body, /href="\/sign-in\/oidc">Sign in with localhost:\d+</);
  assert.match(body, /href="\/sign-in\/oidc\/second">Sign in with Partners</);
});

test("each has an address of its own to come back to, and signs people in", async () => {
  const browser = running.newBrowser();
  const { address, callback, query } = await leave(browser, "/sign-in/oidc/second", second, { sub: "ada" });
  assert.equal(address.origin, second.options.issuer.origin);
  assert.equal(callback, "/sign-in/oidc/callback/second");
  assert.equal((await browser.get(callback + query)).headers.location, "/");
  assert.ok(await isIn(browser));
});

test("the same subject at both is two users", async () => {
  const [one, other] = [running.newBrowser(), running.newBrowser()];
  await signIn(one, running.idp, { sub: "twin", email: "twin@example.com", email_verified: true });
  await signIn(other, second, { sub: "twin", email: "twin@example.com", email_verified: true });
  const users = await usersWith("twin");
  assert.deepEqual(
    users.map(({ issuer }) => issuer),
    [running.idp, second].map(({ options }) => options.issuer.origin),
  );
  assert.notEqual(users[0]?.id, users[1]?.id);
});

test("what one provider answers counts nowhere else, and the sign-in is over", async () => {
  for (const [path, idp, elsewhere] of [
    ["/sign-in/oidc", running.idp, "/sign-in/oidc/callback/second"],
    ["/sign-in/oidc/second", second, "/sign-in/oidc/callback"],
  ] as const) {
    const browser = running.newBrowser();
    const { callback, query } = await leave(browser, path, idp, { sub: "mallory" });
    const response = await browser.get(elsewhere + query);
    assert.equal(response.statusCode, 400);
    assert.match(response.body, /no longer valid/);
    assert.equal((await browser.get(callback + query)).statusCode, 400, "the state was used up");
    assert.deepEqual(await usersWith("mallory"), []);
  }
});

test("a code of one provider with the state of a sign-in at the other is refused", async () => {
  // With the issuer that the answer names, with the other one, and without.
  for (const iss of [running.idp.options.issuer.origin, second.options.issuer.origin, null]) {
    const browser = running.newBrowser();
    const own = await leave(browser, "/sign-in/oidc", running.idp, { sub: "victim" });
    const attackers = await leave(browser, "/sign-in/oidc/second", second, { sub: "mallory" });
    const mixed = new URLSearchParams(own.query);
    mixed.set("state", new URLSearchParams(attackers.query).get("state") ?? "");
    if (iss === null) mixed.delete("iss");
    else mixed.set("iss", iss);
    assert.equal((await browser.get(`${attackers.callback}?${mixed}`)).statusCode, 502);
  }
  assert.deepEqual([...(await usersWith("mallory")), ...(await usersWith("victim"))], []);
});

test("one provider's token of another issuer is nobody's", async () => {
  const claims = { iss: running.idp.options.issuer.origin, sub: "twin" };
  const response = await signIn(running.newBrowser(), second, claims);
  assert.equal(response.statusCode, 502);
  assert.equal((await usersWith("twin")).length, 2);
});

test("a provider ends sessions of its own alone", async () => {
  const [one, other] = [running.newBrowser(), running.newBrowser()];
  await signIn(one, running.idp, { sub: "twin" });
  await signIn(other, second, { sub: "twin" });
  const now = Math.floor(Date.now() / 1000);
  const token = (issuer: URL) => ({
    iss: issuer.origin,
    aud: "the-server",
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    sub: "twin",
  });
  const send = async (path: string, logoutToken: string) => {
    const { statusCode } = await running.server.inject({
      method: "POST",
      url: `/sign-in/oidc/back-channel-logout${path}`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ logout_token: logoutToken }).toString(),
    });
    return statusCode;
  };
  const [first, partners] = [running.idp.options.issuer, second.options.issuer];
  // Its own token at another's address, and one in the other's name at both.
  assert.equal(await send("", second.sign(token(partners))), 400);
  assert.equal(await send("/second", second.sign(token(first))), 400);
  assert.equal(await send("", second.sign(token(first))), 400);
  assert.equal(await send("/nobody", second.sign(token(partners))), 400);
  assert.deepEqual([await isIn(one), await isIn(other)], [true, true]);
  assert.equal(await send("/second", second.sign(token(partners))), 200);
  assert.deepEqual([await isIn(one), await isIn(other)], [true, false]);
});

test("an invitation is the first provider's to take, unless it names another", async () => {
  const { database } = running.instance;
  const invite = (email: string, provider: string | null) =>
    database.insertInto("users").values({ email, status: "invited", invitation_provider: provider }).execute();
  await invite("first@example.com", null);
  await invite("partner@example.com", "second");
  const claims = (sub: string, email: string) => ({ sub, email, email_verified: true });
  await signIn(running.newBrowser(), second, claims("thief", "first@example.com"));
  await signIn(running.newBrowser(), running.idp, claims("other-thief", "partner@example.com"));
  const open = () => database.selectFrom("users").select("email").where("status", "=", "invited").execute();
  assert.equal((await open()).length, 2);
  await signIn(running.newBrowser(), running.idp, claims("guest", "first@example.com"));
  await signIn(running.newBrowser(), second, claims("partner", "partner@example.com"));
  assert.deepEqual(await open(), []);
});

test("an invitation that an admin makes is for the provider that it names, and its link leads there", async () => {
  const { database } = running.instance;
  const root = database.insertInto("users").values({ email: "root@example.com", super_admin: true }).returning("id");
  const { id: userId } = await root.executeTakeFirstOrThrow();
  const sessions = new Sessions({ database, clock: () => new Date(), hours: 1 });
  const session = `session=${await sessions.start({ userId, method: "password", provider: null })}`;
  const me = await running.server.inject({ url: "/api/me", headers: { cookie: session } });
  const cookie = `${session}; ${String(me.headers["set-cookie"]).split(";", 1)[0]}`;
  const headers = { cookie, "csrf-token": me.json().csrfToken };
  const linkFor = async (email: string, provider?: string) => {
    const payload = { email, superAdmin: true, ...(provider !== undefined && { provider }) };
    const answer = await running.server.inject({ method: "POST", url: "/api/users", headers, payload });
    return new URL(answer.json().link).pathname;
  };
  assert.equal(await linkFor("boss@example.com"), "/sign-in/oidc");
  assert.equal(await linkFor("partner-boss@example.com", "second"), "/sign-in/oidc/second");
  const row = database
    .selectFrom("users")
    .select("invitation_provider")
    .where("email", "=", "partner-boss@example.com");
  assert.equal((await row.executeTakeFirstOrThrow()).invitation_provider, "second");
});

test("a provider that is switched off signs nobody in, and is there again when it is on", async () => {
  const { database } = running.instance;
  const set = (enabled: boolean) =>
    database
      .updateTable("providers")
      .set((row) => ({ enabled, version: row("version", "+", 1) }))
      .where("id", "=", "second")
      .execute();
  const browser = running.newBrowser();
  const { callback, query } = await leave(browser, "/sign-in/oidc/second", second, { sub: "ada" });
  await set(false);
  assert.equal((await browser.get(callback + query)).statusCode, 404);
  assert.equal((await running.newBrowser().get("/sign-in/oidc/second")).statusCode, 404);
  assert.match((await running.newBrowser().get("/sign-in")).body, /Sign in with single sign-on/);
  await set(true);
  assert.equal((await signIn(running.newBrowser(), second, { sub: "ada" })).headers.location, "/");
});

test("without the key to its secrets a provider is not offered, and the others are", async () => {
  const other = await stubIdentityProvider();
  await addProvider("locked", other);
  const { database } = running.instance;
  await database
    .updateTable("providers")
    .set({ secrets: encryptSecrets(new Encryption([randomBytes(32)]), "locked", {}) })
    .where("id", "=", "locked")
    .execute();
  assert.equal((await running.newBrowser().get("/sign-in/oidc/locked")).statusCode, 503);
  assert.doesNotMatch((await running.newBrowser().get("/sign-in")).body, /locked/);
  await database.deleteFrom("providers").where("id", "=", "locked").execute();
  await other.stop();
});

test("no secret is in the log", () => {
  assert.doesNotMatch(JSON.stringify(running.log), /the-second-secret/);
});
