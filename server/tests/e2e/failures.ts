// What goes wrong between the identity provider, the server and the disk: people are told clearly, nothing is half done, the log says why,
// and the next login works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Database } from "../../src/database/schema.ts";
import type { Fault } from "../support/stub-identity-provider.ts";
import { auditAgrees } from "./support/audit-replay.ts";
import { arrive, signInWithPassword, withBrowser } from "./support/chromium.ts";
import { admin, type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import type { HttpBrowser, Page } from "./support/http-browser.ts";
import { placesOf } from "./support/memberships.ts";
import { isProblem } from "./support/problem.ts";

let deployed: DeploymentWithIdp;
before(async () => {
  deployed = await deployment();
});
after(() => deployed.close());

const eve = { sub: "eve", groups: ["sales"] };

/** How many logins were decided. The embedded database is asked at the end of a test only. */
async function decided(): Promise<number> {
  return deployed.withDatabase((database) => auditAgrees(database));
}

async function nextLoginWorks(sub = eve.sub): Promise<void> {
  const { status, location } = await deployed.newBrowser().signIn(deployed.idp, { ...eve, sub });
  assert.deepEqual([status, location], [303, "/"]);
}

async function isNotSignedIn(browser: HttpBrowser): Promise<void> {
  assert.ok(!browser.cookies.has("session"));
  assert.equal((await browser.get("/")).location, "/sign-in");
}

const faults: [Fault, number, RegExp, RegExp][] = [
  ["wrong-signature", 502, /could not be verified/, /signature verification failed/],
  ["unsigned", 502, /could not be verified/, /alg/],
  ["expired", 502, /could not be verified/, /expiration is past/],
  ["wrong-nonce", 502, /could not be verified/, /nonce/],
  ["wrong-audience", 502, /could not be verified/, /audience/],
  ["wrong-issuer", 502, /could not be verified/, /issuer/],
  ["no-id-token", 502, /could not be verified/, /id_token/],
  ["not-json", 502, /could not be verified/, /as JSON/],
  ["server-error", 503, /The identity provider cannot be reached/, /500|unexpected HTTP response/],
];

test("a token that is not what it should be signs nobody in and decides nothing", async () => {
  const { idp, server } = deployed;
  await nextLoginWorks(); // finds out about the identity provider
  const before = await decided();
  for (const [fault, status, title, log] of faults) {
    const browser = deployed.newBrowser();
    const back = await browser.goOut(idp, eve);
    idp.fault = fault;
    await isProblem(await browser.get(back), { status, title, server, log }, fault);
    idp.fault = null;
    await isNotSignedIn(browser);
  }
  await nextLoginWorks();
  assert.equal(await decided(), before + 1);
});

test("a sign-in that comes back changed, twice, late or in another browser is refused", async () => {
  const { idp, server } = deployed;
  const expected = { status: 400, title: /This sign-in is no longer valid/, server };
  const browser = deployed.newBrowser();
  const back = await browser.goOut(idp, eve);
  await isProblem(await browser.get(back.replace(/state=[^&]+/, "state=another")), expected, "another state");
  await isProblem(await deployed.newBrowser().get(back), expected, "another browser");
  assert.equal((await browser.get(back)).location, "/");
  await isProblem(await browser.get(back), expected, "the second time");
});

test("while the identity provider is down, people see so in Chromium, passwords work, and it is found again", async () => {
  const { idp, server } = deployed;
  await server.stop(); // so that it has yet to find out about the identity provider
  await server.start();
  await idp.stop();
  await withBrowser(async (page) => {
    const { origin } = server;
    await page.goto(`${origin}/sign-in`);
    const signIn = page.getByRole("link", { name: "Sign in with single sign-on" });
    const seen = await arrive(page, origin, () => signIn.click());
    const shown: Page = { status: seen.status, location: null, body: await page.content() };
    await isProblem(shown, {
      status: 503,
      title: /The identity provider cannot be reached/,
      server,
      log: /fetch failed|ECONNREFUSED/,
    });

    assert.equal((await signInWithPassword(page, origin, admin.email, admin.password)).status, 200);
    await idp.start();
    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in`);
    idp.claims = { ...eve, name: "Eve" };
    assert.equal((await arrive(page, origin, () => signIn.click())).title, "Eve");
  });
});

test("claims beyond what is read: too deep is told, too many groups keep what there is", async () => {
  const { idp, server } = deployed;
  let nested: unknown = [];
  for (let level = 0; level < 200; level += 1) nested = [nested];
  const browser = deployed.newBrowser();
  const deep = await browser.signIn(idp, { sub: "eve", groups: nested });
  await isProblem(deep, {
    status: 422,
    title: /What the identity provider says of you cannot be read/,
    server,
    log: /too-large/,
  });
  await isNotSignedIn(browser);
  const unnamed = await browser.signIn(idp, { sub: "", groups: [] });
  await isProblem(unnamed, {
    status: 422,
    title: /What the identity provider says of you cannot be read/,
    server,
    log: /`sub`/,
  });

  const groups = Array.from({ length: 10_001 }, (_, index) => `group-${index}`);
  assert.equal((await browser.signIn(idp, { sub: "eve", groups })).location, "/");
  const places = await deployed.withDatabase(placesOf);
  assert.equal(places.eve?.main, "end-user: sales");
});

test("a disk that is full at any write of a login: told clearly, nothing half, and the next login works", async () => {
  const { idp, server } = deployed;
  const writes = ["users", "memberships", "group_memberships", "audit", "audit_plans", "known_claims", "sessions"];
  await deployed.withDatabase((database) => fillAtRequest(database, writes));
  for (const table of writes) {
    const browser = deployed.newBrowser();
    const page = await browser.signIn(idp, { sub: `full ${table}`, name: table, groups: ["sales"] });
    await isProblem(
      page,
      { status: 503, title: /The database cannot be reached/, server, log: /no space left on device/ },
      table,
    );
    await isNotSignedIn(browser);
  }
  await nextLoginWorks("somebody new");
  await deployed.withDatabase(async (database) => {
    await auditAgrees(database);
    const places = await placesOf(database);
    // The session begins after the login, which is whole by then.
    assert.deepEqual(
      writes.map((table) => places[`full ${table}`]?.main),
      [...writes.slice(0, -1).map(() => undefined), "end-user: sales"],
    );
  });
});

/** While the newest user has the name of a table, the disk is full for that table. */
async function fillAtRequest(database: Database, tables: string[]): Promise<void> {
  await sql`create function full_disk() returns trigger language plpgsql as $$
    begin
      if exists (select from users where name = tg_table_name and id = (select max(id) from users)) then
        raise exception 'could not extend file: no space left on device' using errcode = '53100';
      end if;
      return new;
    end $$`.execute(database);
  for (const table of tables) {
    await sql`create trigger full_disk after insert on ${sql.table(table)} for each row execute function full_disk()`.execute(
      database,
    );
  }
}
