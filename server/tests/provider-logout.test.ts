// Signing out at the identity provider, and what it ends by itself: OpenID Connect RP-Initiated and Back-Channel Logout 1.0.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import type { Response } from "light-my-request";
import type { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
before(async () => {
  running = await runningServer();
  running.idp.canSignOut = true;
});
after(() => running.close());

const event = "http://schemas.openid.net/event/backchannel-logout";
/** A minute on: nothing that was signed in before is of the same second. */
const later = () => Math.floor(Date.now() / 1000) + 30;

function logoutClaims(more: Record<string, unknown>): Record<string, unknown> {
  return {
    iss: running.idp.options.issuer.origin,
    aud: "the-server",
    iat: later(),
    exp: later() + 120,
    jti: randomUUID(),
    events: { [event]: {} },
    ...more,
  };
}

function send(token: string | null): Promise<Response> {
  return running.server.inject({
    method: "POST",
    url: "/sign-in/oidc/back-channel-logout",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: token === null ? "" : new URLSearchParams({ logout_token: token }).toString(),
  });
}

const logout = (more: Record<string, unknown>) => send(running.idp.sign(logoutClaims(more)));

async function signedIn(claims: Record<string, unknown>): Promise<Browser> {
  const browser = running.newBrowser();
  assert.equal((await running.signIn(browser, claims)).headers.location, "/");
  return browser;
}

const isIn = async (browser: Browser) => (await browser.get("/")).statusCode === 200;

test("a session ends by its id, and no other", async () => {
  const one = await signedIn({ sub: "ada", sid: "one" });
  const two = await signedIn({ sub: "ada", sid: "two" });
  const response = await logout({ sid: "one" });
  assert.deepEqual([response.statusCode, response.headers["cache-control"]], [200, "no-store"]);
  assert.deepEqual([await isIn(one), await isIn(two)], [false, true]);
});

test("by the subject, all sessions of somebody end, and nobody else's", async () => {
  const ada = [await signedIn({ sub: "ada", sid: "three" }), await signedIn({ sub: "ada" })];
  const eve = await signedIn({ sub: "eve", sid: "four" });
  assert.equal((await logout({ sub: "ada" })).statusCode, 200);
  assert.deepEqual(await Promise.all([...ada, eve].map(isIn)), [false, false, true]);
});

test("a session's id of somebody else ends nothing", async () => {
  const eve = await signedIn({ sub: "eve", sid: "five" });
  assert.equal((await logout({ sub: "mallory", sid: "five" })).statusCode, 200);
  assert.equal(await isIn(eve), true);
});

test("the same token does not count twice", async () => {
  const token = running.idp.sign(logoutClaims({ sid: "six" }));
  assert.equal((await send(token)).statusCode, 200);
  const again = await send(token);
  assert.equal(again.statusCode, 400);
  assert.deepEqual(again.json(), {
    error: "invalid_request",
    error_description: "this logout token was sent before",
  });
});

test("a sign-in that was under way while its session ended comes to nothing", async () => {
  assert.equal((await logout({ sid: "seven" })).statusCode, 200);
  const browser = running.newBrowser();
  const response = await running.signIn(browser, { sub: "otto", sid: "seven" });
  assert.equal(response.statusCode, 403);
  assert.match(response.body, /The identity provider has signed you out/);
  assert.equal(await isIn(browser), false);
  await signedIn({ sub: "otto", sid: "eight" });
});

test("who was signed out everywhere can sign in again", async () => {
  await signedIn({ sub: "mara" });
  const now = Math.floor(Date.now() / 1000);
  assert.equal((await logout({ sub: "mara", iat: now - 1 })).statusCode, 200);
  assert.equal(await isIn(await signedIn({ sub: "mara", iat: now })), true);
});

test("a token that is not genuine, or something else, ends nothing", async () => {
  const ida = await signedIn({ sub: "ida", sid: "nine" });
  const whole = { sid: "nine" };
  const refused: [string, string | null][] = [
    ["no token", null],
    ["no JWT", "token"],
    ["unsigned", running.idp.sign(logoutClaims(whole), null)],
    ["another key", running.idp.sign(logoutClaims(whole), "other")],
    ...Object.entries({
      "another issuer": { iss: "https://elsewhere.example" },
      "another audience": { aud: "another-server" },
      expired: { exp: later() - 600 },
      "of tomorrow": { iat: later() + 86_400, exp: later() + 90_000 },
      "of yesterday": { iat: later() - 86_400 },
      "no end": { exp: undefined },
      "no time": { iat: undefined },
      "no id": { jti: undefined },
      "no events": { events: undefined },
      "another event": { events: { "http://schemas.openid.net/event/other": {} } },
      "an event of the wrong shape": { events: { [event]: true } },
      "an ID token": { nonce: "n" },
      nobody: { sid: undefined },
      "a session's id of the wrong shape": { sid: 9 },
      "an id that cannot be stored": { jti: "a\u0000" },
      "a session's id that cannot be stored": { sid: "a\u0000" },
      "a subject of the wrong shape": { sub: { name: "ada" } },
    }).map(([what, wrong]): [string, string] => [what, running.idp.sign(logoutClaims({ ...whole, ...wrong }))]),
  ];
  for (const [what, token] of refused) {
    const response = await send(token);
    assert.equal(response.statusCode, 400, what);
    assert.equal(response.json().error, "invalid_request", what);
  }
  assert.equal(await isIn(ida), true);
});

test("while the identity provider's keys cannot be had, it is told to send the token again", async () => {
  const other = await runningServer();
  await other.idp.stop();
  const response = await other.server.inject({
    method: "POST",
    url: "/sign-in/oidc/back-channel-logout",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ logout_token: running.idp.sign(logoutClaims({ sid: "one" })) }).toString(),
  });
  assert.equal(response.statusCode, 503);
  await other.idp.start();
  await other.close();
});

test("signing out ends the session where the identity provider has no address for it", async () => {
  const other = await runningServer();
  const browser = other.newBrowser();
  await other.signIn(browser, { sub: "ada" });
  assert.equal((await browser.post("/sign-out", {}, "/")).headers.location, "/sign-in?signed-out");
  await other.close();
});

test("signing out offers to sign out at the identity provider too, as whoever was signed in", async () => {
  const browser = await signedIn({ sub: "uwe", sid: "ten" });
  const response = await browser.post("/sign-out", {}, "/");
  assert.equal(response.statusCode, 200);
  const href = /class="button" href="([^"]+)"/.exec(response.body)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const there = new URL(href);
  assert.equal(`${there.origin}${there.pathname}`, `${running.idp.options.issuer.origin}/sign-out`);
  assert.equal(there.searchParams.get("post_logout_redirect_uri"), "http://localhost:3000/sign-in?signed-out");
  const [, payload = ""] = (there.searchParams.get("id_token_hint") ?? "").split(".");
  assert.equal(JSON.parse(Buffer.from(payload, "base64url").toString()).sub, "uwe");
  assert.equal(await isIn(browser), false);
});

test("the browser that was signed in is told why it no longer is, and no other", async () => {
  const told = async (browser: Browser) =>
    /You were signed out because [^<]*/.exec((await browser.get("/sign-in")).body)?.[0];
  const zoe = await signedIn({ sub: "zoe", sid: "nine" });
  await logout({ sid: "nine" });
  assert.equal(await told(zoe), "You were signed out because your identity provider ended the session.");
  const yan = await signedIn({ sub: "yan" });
  const { database } = running.instance;
  await database.updateTable("users").set({ status: "archived" }).where("subject", "=", "yan").execute();
  assert.equal(await told(yan), "You were signed out because your account was archived.");
  assert.equal(await told(running.newBrowser()), undefined);
  await database.updateTable("users").set({ status: "active" }).where("subject", "=", "yan").execute();
  await running.signIn(yan, { sub: "yan" });
  assert.equal(await isIn(yan), true);
  running.pass(60 * 24);
  assert.equal(await told(zoe), undefined);
});
