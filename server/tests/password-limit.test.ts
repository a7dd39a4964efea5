// How often a password may be tried: by address, by account, in however many processes, and that nobody can keep somebody out for ever.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { buildServer } from "../src/server.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const password = "correct horse";
const hours = 60;

let running: RunningServer;
/** Another process, for all that the database knows. */
let other: FastifyInstance;
let passed = 0;
const begun = Date.now();
/** Stands still but for what passes on purpose, as guesses take longer than the first wait on a busy machine. */
const clock = () => new Date(begun + passed * 60_000);
before(async () => {
  running = await runningServer({ clock, trustProxy: ["127.0.0.1"], limits: { password: 1_000_000 } });
  const { database } = running.instance;
  const options = { database, origin: new URL("http://localhost:3000"), oidc: null, limits: { password: 1000 } };
  other = await buildServer({ ...options, clock });
  for (const name of ["pat", "quinn", "rob", "sam", "tess", "uma"]) {
    const values = { email: `${name}@example.com`, password_hash: await hashPassword(password) };
    await database.insertInto("users").values(values).execute();
  }
});
after(async () => {
  await other.close();
  await running.close();
});

async function tries(name: string, guess: string, browser = running.newBrowser()): Promise<number> {
  return (await browser.post("/sign-in/password", { email: `${name}@example.com`, password: guess })).statusCode;
}

const count = (codes: number[], code: number) => codes.filter((other) => other === code).length;

test("an address that nobody trusts cannot say that it is another one", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() }); // the minute of the limit does not pass
  const limited = await runningServer({ limits: { password: 10 }, trustProxy: ["10.0.0.1"] });
  const codes = [];
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const response = await limited.server.inject({
      method: "POST",
      url: "/sign-in/password",
      headers: { "x-forwarded-for": `192.0.2.${attempt}` },
    });
    codes.push(response.statusCode);
  }
  assert.equal(count(codes, 429), 20);
  await limited.close();
});

test("from thirty addresses, in two processes, all at once: ten guesses are heard, and the right password waits too", async () => {
  const guesses = Array.from({ length: 30 }, async (_, index) => {
    const server = index % 2 === 0 ? running.server : other;
    const browser = new Browser(server);
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get("/sign-in")).body)?.[1] ?? "";
    const response = await server.inject({
      method: "POST",
      url: "/sign-in/password",
      cookies: Object.fromEntries(browser.cookies),
      headers: { "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": `192.0.2.${index}` },
      payload: new URLSearchParams({ _csrf: csrf, email: "Pat@example.com", password: `guess ${index}` }).toString(),
    });
    return response.statusCode;
  });
  const codes = await Promise.all(guesses);
  assert.deepEqual([count(codes, 403), count(codes, 429)], [10, 20]);
  const response = await running.newBrowser().post("/sign-in/password", { email: "pat@example.com", password });
  assert.equal(response.statusCode, 429);
  assert.match(response.body, /Wait \d+ seconds, then try again/);
  assert.ok(Number(response.headers["retry-after"]) >= 1);
});

test("the log has nothing of what was typed", async () => {
  const typed = "typed into the wrong field";
  const codes = [];
  for (let attempt = 0; attempt < 14; attempt += 1) {
    codes.push((await running.newBrowser().post("/sign-in/password", { email: typed, password: "" })).statusCode);
  }
  assert.equal(count(codes, 429) > 0, true);
  assert.ok(!JSON.stringify(running.log).includes(typed));
});

test("an address that nobody has is limited alike", async () => {
  const answers = async (name: string) => {
    const codes = [];
    for (let attempt = 0; attempt < 14; attempt += 1) codes.push(await tries(name, "guess"));
    return codes;
  };
  const known = await answers("quinn");
  assert.equal(count(known, 429) > 0, true);
  assert.deepEqual(await answers("nobody"), known);
});

test("each further guess waits longer, a quarter of an hour at most, and later everything is forgotten", async () => {
  let heard = 0;
  for (let minute = 0; minute < 24 * hours; minute += 1) {
    if ((await tries("rob", "guess")) === 403) heard += 1;
    passed += 1;
  }
  assert.ok(heard > 96 && heard < 120, `${heard} guesses in a day`);
  passed += 15;
  assert.equal(await tries("rob", password), 303);
  for (let attempt = 0; attempt < 14; attempt += 1) await tries("rob", "guess");
  passed += 2 * hours;
  const codes = [];
  for (let attempt = 0; attempt < 10; attempt += 1) codes.push(await tries("rob", "guess"));
  assert.equal(count(codes, 403), 10);
});

test("the right password begins anew", async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let attempt = 0; attempt < 9; attempt += 1) assert.equal(await tries("sam", "guess"), 403);
    assert.equal(await tries("sam", password), 303);
  }
});

test("whoever has signed in from a browser before is not kept out by strangers, who gain nothing by its cookie alone", async () => {
  const own = running.newBrowser();
  assert.equal(await tries("tess", password, own), 303);
  own.cookies.delete("session");
  for (let attempt = 0; attempt < 20; attempt += 1) await tries("tess", "guess");
  assert.equal(await tries("tess", password), 429);
  assert.equal(await tries("tess", password, own), 303);
  // It is good for this account alone, and its attempts are counted too.
  own.cookies.delete("session");
  for (let attempt = 0; attempt < 20; attempt += 1) await tries("uma", "guess");
  assert.equal(await tries("uma", password, own), 429);
  const codes = [];
  for (let attempt = 0; attempt < 20; attempt += 1) codes.push(await tries("tess", "guess", own));
  assert.ok(count(codes, 403) <= 11, String(codes));
});

test("what is no longer needed is cleaned away", async () => {
  const { database } = running.instance;
  const rows = async () => (await database.selectFrom("password_limits").select("key").execute()).length;
  assert.ok((await rows()) > 0);
  passed += 200 * 24 * hours;
  const { Sessions } = await import("../src/sign-in/sessions.ts");
  await new Sessions({ database, clock, hours: 1 }).deleteExpired();
  assert.equal(await rows(), 0);
});
