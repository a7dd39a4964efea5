// Signing in at the identity provider: the way that it goes, and every way in which it can go wrong.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Response } from "light-my-request";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { Sessions } from "../src/sign-in/sessions.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";
import type { Fault } from "./support/stub-identity-provider.ts";

let running: RunningServer;
before(async () => {
  running = await runningServer();
  await running.instance.addGroup("main", "sales");
  await running.instance.command({ type: "set-mapping", mapping: "# ours\nSales Team -> sales" }, { type: "enable" });
});
after(() => running.close());
beforeEach(() => {
  running.idp.fault = null;
});

/** A page for people: the words, a number that the log has too, and nothing of the program. */
function isProblem(response: Response, status: number, title: RegExp): void {
  assert.equal(response.statusCode, status);
  assert.match(response.body, title);
  assert.doesNotMatch(response.body, /\bat \S+ \(|node_modules|Error:/);
  const number = /<code>([0-9a-f-]{36})<\/code>/.exec(response.body)?.[1];
  assert.ok(number);
  assert.ok(running.log.some(({ reqId }) => reqId === number));
  assert.ok(!response.cookies.some(({ name }) => name === "session"));
}

/** Those that were decided. */
async function logins(): Promise<number> {
  const { count } = await running.instance.database
    .selectFrom("audit")
    .select((row) => row.fn.countAll<string>().as("count"))
    .where("passing", "=", false)
    .executeTakeFirstOrThrow();
  return Number(count);
}

test("out to the identity provider and back: signed in, synced, and told why", async () => {
  const browser = running.newBrowser();
  const out = await browser.get("/sign-in/oidc");
  const address = new URL(String(out.headers.location));
  assert.equal(address.origin, running.idp.options.issuer.origin);
  for (const parameter of ["state", "nonce", "code_challenge"]) assert.ok(address.searchParams.get(parameter));
  assert.equal(address.searchParams.get("code_challenge_method"), "S256");

  const back = await running.signIn(browser, { sub: "ada", name: "Ada <b>", groups: ["Sales Team"] });
  assert.deepEqual([back.statusCode, back.headers.location], [303, "/"]);
  const cookie = back.cookies.find(({ name }) => name === "session");
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, "Lax", "/"]);

  const home = await browser.get("/");
  assert.equal(home.headers["cache-control"], "no-store");
  assert.match(home.body, /Ada &#60;b&#62;/);
  assert.match(home.body, /data-role>end-user</);
  assert.match(home.body, /line 2: <code>Sales Team -&#62; sales<\/code>/);
});

test("who wanted to see the admin page comes to it, and nobody anywhere else", async () => {
  for (const [to, address] of [
    ["admin", "/admin/"],
    ["https://elsewhere.example", "/"],
    ["//elsewhere.example", "/"],
    ["constructor", "/"],
    ["", "/"],
  ]) {
    const browser = running.newBrowser();
    const page = await browser.get(`/sign-in?${new URLSearchParams({ to: String(to) })}`);
    const link = /class="button" href="([^"]+)"/.exec(page.body)?.[1]?.replaceAll("&#38;", "&") ?? "";
    running.idp.claims = { sub: "ada", groups: [] };
    const { headers } = await browser.get(link);
    const back = await browser.get(running.idp.authorise(String(headers.location)));
    assert.equal(back.headers.location, address, String(to));
    // Whoever is signed in by then is sent on.
    const again = await browser.get(`/sign-in?${new URLSearchParams({ to: String(to) })}`);
    assert.equal(again.headers.location, address);
  }
});

test("with a password it is the same", async () => {
  const values = { email: "pat@example.com", password_hash: await hashPassword("correct horse") };
  await running.instance.database.insertInto("users").values(values).execute();
  for (const [to, address] of [
    ["admin", "/admin/"],
    ["//elsewhere.example", "/"],
  ]) {
    const browser = running.newBrowser();
    const page = await browser.get(`/sign-in?to=${to}`);
    assert.equal(page.body.includes('name="to" value="admin"'), to === "admin");
    const fields = { email: "pat@example.com", password: "correct horse", to: String(to) };
    assert.equal((await browser.post("/sign-in/password", fields)).headers.location, address);
  }
});

test("a new sign-in ends the session of before, and signing out ends its own", async () => {
  const browser = running.newBrowser();
  await running.signIn(browser, { sub: "ada", groups: [] });
  const first = browser.cookies.get("session") ?? "";
  await running.signIn(browser, { sub: "ada", groups: [] });
  const second = browser.cookies.get("session") ?? "";
  assert.notEqual(first, second);
  const homeWith = async (session: string) =>
    (await running.server.inject({ url: "/", cookies: { session } })).statusCode;
  assert.deepEqual([await homeWith(first), await homeWith(second)], [303, 200]);

  assert.equal((await browser.send("/sign-out", {})).statusCode, 403);
  assert.equal((await browser.post("/sign-out", {}, "/")).headers.location, "/sign-in?signed-out");
  assert.equal(browser.cookies.has("session"), false);
  assert.equal(await homeWith(second), 303);
});

test("a session ends by itself, and for good when its user is archived", async () => {
  const browser = running.newBrowser();
  await running.signIn(browser, { sub: "cleo", groups: [] });
  const { database } = running.instance;
  const users = database.updateTable("users").where("subject", "=", "cleo");
  await users.set({ status: "archived" }).execute();
  assert.equal((await browser.get("/")).statusCode, 303);
  await users.set({ status: "active" }).execute();
  assert.equal((await browser.get("/")).statusCode, 303);
  // A login that was decided before, and comes only now to its session.
  await users.set({ status: "archived" }).execute();
  const cleo = database.selectFrom("users").select("id").where("subject", "=", "cleo");
  const { id } = await cleo.executeTakeFirstOrThrow();
  const sessions = new Sessions({ database, clock: () => new Date(), hours: 1 });
  await assert.rejects(
    sessions.start({ userId: id, method: "oidc", provider: null }),
    /was archived while they signed in/,
  );
  await users.set({ status: "active" }).execute();
  await running.signIn(browser, { sub: "cleo", groups: [] });
  assert.equal((await browser.get("/")).statusCode, 200);
  running.pass(8 * 60);
  assert.equal((await browser.get("/")).statusCode, 303);
});

/** What the log says of each. */
const faults: Record<Exclude<Fault, "server-error">, RegExp> = {
  "wrong-signature": /signature verification failed/,
  "unknown-key": /no applicable key found/,
  unsigned: /unexpected JWT \\"alg/,
  expired: /expiration is past/,
  "wrong-nonce": /unexpected ID Token \\"nonce/,
  "wrong-audience": /\(audience\)/,
  "wrong-issuer": /\(issuer\)/,
  "no-id-token": /id_token/,
  "not-json": /as JSON/,
};

for (const [fault, cause] of Object.entries(faults)) {
  test(`${fault}: nobody is signed in, nothing is decided, and the next sign-in works`, async () => {
    const browser = running.newBrowser();
    const before = await logins();
    await browser.get("/sign-in/oidc"); // finds out about the identity provider
    running.idp.fault = fault as Fault;
    isProblem(await running.signIn(browser, { sub: "eve", groups: ["Sales Team"] }), 502, /could not be verified/);
    const logged = running.log.findLast(({ level }) => level === 50);
    assert.match(JSON.stringify(logged), cause);
    assert.equal(await logins(), before);
    running.idp.fault = null;
    assert.equal((await running.signIn(browser, { sub: "eve", groups: [] })).statusCode, 303);
  });
}

test("after a change of the signing key the next sign-in works, and so do all that come at once", async () => {
  const signIn = async () => (await running.signIn(running.newBrowser(), { sub: "ada", groups: [] })).statusCode;
  assert.equal(await signIn(), 303);
  for (let round = 0; round < 2; round += 1) {
    running.idp.rotate();
    assert.equal(await signIn(), 303, "the first after the change");
  }
  running.idp.rotate();
  assert.deepEqual(await Promise.all([signIn(), signIn(), signIn()]), [303, 303, 303]);
});

test("a key that nobody knows is looked for once, not at every sign-in", async () => {
  const signIn = async () => (await running.signIn(running.newBrowser(), { sub: "ada", groups: [] })).statusCode;
  assert.equal(await signIn(), 303);
  running.idp.fault = "unknown-key";
  const before = running.idp.keyRequests;
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal(await signIn(), 502);
  assert.ok(running.idp.keyRequests - before <= 1, `${running.idp.keyRequests - before} requests`);
});

test("an address that the identity provider has not verified is never shown as a fact", async () => {
  const { database } = running.instance;
  const shown = async (claims: Record<string, unknown>) => {
    const browser = running.newBrowser();
    await running.signIn(browser, { sub: "iris", email: "ceo@example.com", groups: [], ...claims });
    const row = database.selectFrom("users").select("email_verified").where("subject", "=", "iris");
    const { email_verified: verified } = await row.executeTakeFirstOrThrow();
    return [
      verified,
      (await browser.get("/")).body.includes("ceo@example.com (an address that your identity provider"),
    ];
  };
  for (const unsure of [{}, { email_verified: false }, { email_verified: "true" }, { email_verified: 1 }]) {
    assert.deepEqual(await shown(unsure), [false, true], JSON.stringify(unsure));
  }
  assert.deepEqual(await shown({ email_verified: true }), [true, false]);
  assert.deepEqual(await shown({}), [false, true]);
});

test("an identity provider that is down, at any step", async () => {
  const browser = running.newBrowser();
  running.idp.claims = { sub: "eve", groups: [] };
  const { headers } = await browser.get("/sign-in/oidc");
  const back = running.idp.authorise(String(headers.location));
  await running.idp.stop();
  isProblem(await browser.get(back), 503, /cannot be reached/);
  await running.idp.start();
  running.idp.fault = "server-error";
  isProblem(await running.signIn(browser, { sub: "eve", groups: [] }), 503, /cannot be reached/);
});

test("a sign-in is good once, for ten minutes, and in the browser that began it", async () => {
  const browser = running.newBrowser();
  running.idp.claims = { sub: "ada", groups: [] };
  const begin = async () => running.idp.authorise(String((await browser.get("/sign-in/oidc")).headers.location));

  const used = await begin();
  assert.equal((await browser.get(used)).statusCode, 303);
  isProblem(await browser.get(used), 400, /no longer valid/);

  isProblem(await running.newBrowser().get(await begin()), 400, /no longer valid/);

  const late = await begin();
  running.pass(10);
  isProblem(await browser.get(late), 400, /no longer valid/);

  isProblem(await browser.get("/sign-in/oidc/callback?state=%00&code=x"), 400, /no longer valid/);
  isProblem(await browser.get("/sign-in/oidc/callback"), 400, /no longer valid/);
});

test("two sign-ins of one browser do not disturb each other", async () => {
  const browser = running.newBrowser();
  running.idp.claims = { sub: "ada", groups: [] };
  const addresses = [await browser.get("/sign-in/oidc"), await browser.get("/sign-in/oidc")];
  for (const { headers } of addresses) {
    assert.equal((await browser.get(running.idp.authorise(String(headers.location)))).statusCode, 303);
  }
});

test("somebody who cancels at the identity provider", async () => {
  const browser = running.newBrowser();
  const { headers } = await browser.get("/sign-in/oidc");
  const back = new URL(running.idp.authorise(String(headers.location)), "http://localhost");
  back.searchParams.delete("code");
  back.searchParams.set("error", "access_denied");
  isProblem(await browser.get(back.pathname + back.search), 403, /did not sign you in/);
});

test("whom the engine refuses sees the engine's words", async () => {
  await running.instance.database.updateTable("instance").set({ signup: false }).execute();
  const response = await running.signIn(running.newBrowser(), { sub: "newcomer", groups: [] });
  isProblem(response, 403, /New accounts are not created by signing in/);
  await running.instance.database.updateTable("instance").set({ signup: true }).execute();
});

test("claims beyond what is read come to a page, not to half a login", async () => {
  let nested: unknown = [];
  for (let level = 0; level < 200; level += 1) nested = [nested];
  const before = await logins();
  const response = await running.signIn(running.newBrowser(), { sub: "deep", groups: nested });
  isProblem(response, 422, /cannot be read/);
  assert.equal(await logins(), before);
});

test("the log has no code, no state, no token and no cookie", async () => {
  const browser = running.newBrowser();
  await running.signIn(browser, { sub: "ada", groups: [] });
  const text = JSON.stringify(running.log);
  assert.doesNotMatch(text, /code-\d|state=|eyJ/);
  for (const value of browser.cookies.values()) assert.ok(!text.includes(value));
});
