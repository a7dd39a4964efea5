// Who may not come in: archived users, logins without a licence for them, new users without a seat. They see why in Chromium.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Database } from "../../src/database/schema.ts";
import { developmentPassword } from "../../src/development/seed.ts";
import { shownPlaces, signInAs, signInWithPassword, withBrowser } from "./support/chromium.ts";
import { type Deployment, developmentDeployment } from "./support/deployment.ts";
import { giveByHand, type Places, placesOf } from "./support/memberships.ts";
import { isProblem } from "./support/problem.ts";

let deployed: Deployment;
before(async () => {
  deployed = await developmentDeployment();
});
after(() => deployed.close());

type Way = { account: string } | { email: string };

async function isLetIn(way: Way, expected: Places): Promise<void> {
  await withBrowser(async (page) => {
    assert.equal((await go(page, way)).status, 200);
    assert.deepEqual(await shownPlaces(page), expected);
  });
}

async function isRefused(way: Way, title: RegExp): Promise<void> {
  await withBrowser(async (page) => {
    const { status } = await go(page, way);
    await isProblem(
      { status, location: null, body: await page.content() },
      { status: 403, title, server: deployed.server },
    );
    await page.goto(`${deployed.server.origin}/`);
    assert.equal(new URL(page.url()).pathname, "/sign-in", "a refusal begins no session");
  });
}

function go(page: Parameters<typeof signInAs>[0], way: Way) {
  const { origin } = deployed.server;
  return "account" in way
    ? signInAs(page, origin, way.account)
    : signInWithPassword(page, origin, way.email, developmentPassword);
}

/** People, what they have, and the last line of the audit. */
async function contents(database: Database) {
  const users = await database.selectFrom("users").select(["id", "subject", "email", "status"]).orderBy("id").execute();
  const last = database
    .selectFrom("audit")
    .select(["subject", "method", "allowed", "reason"])
    .orderBy("id", "desc")
    .limit(1);
  return { users, places: await placesOf(database), last: await last.executeTakeFirst() };
}

test("deleted at the identity provider: a password still works, until an admin archives the user, whom every method refuses", async () => {
  const pat = { email: "pat@example.com" };
  await isLetIn({ account: "ben" }, { main: "builder", product: "builder" });
  await isLetIn(pat, { main: "builder" });
  const before = await deployed.withDatabase(async (database) => {
    const archived = sql<boolean>`subject = 'ben' or email = 'pat@example.com'`;
    await database.updateTable("users").set({ status: "archived" }).where(archived).execute();
    return contents(database);
  });
  await isRefused({ account: "ben" }, /Your account is archived/);
  await isRefused(pat, /Your account is archived/);
  const { users, places, last } = await deployed.withDatabase(async (database) => {
    const after = await contents(database);
    await database
      .updateTable("users")
      .set({ status: "active" })
      .where("subject", "is distinct from", "arne")
      .execute();
    return after;
  });
  assert.deepEqual([users, places], [before.users, before.places]);
  assert.deepEqual(last, { subject: "pat@example.com", method: "password", allowed: false, reason: "user-archived" });
});

test("without a licence for it there is no single sign-on, passwords go on, and nobody's groups change", async () => {
  await isLetIn({ account: "eli" }, { main: "end-user: engineers", product: "builder: developers" });
  /** Gives what there was before. */
  const license = (licence: Partial<{ status: "active" | "expired"; sso: boolean; group_sync: boolean }>) =>
    deployed.withDatabase(async (database) => {
      const before = await contents(database);
      await giveByHand(database, "eli", "main", { role: "builder", groups: ["operators"] });
      await database
        .updateTable("licence")
        .set({ status: "active", sso: true, group_sync: true, ...licence })
        .execute();
      return { ...before, places: { ...before.places, eli: { ...before.places.eli, main: "builder: operators" } } };
    });
  let before = await license({ status: "expired" });
  for (const next of [{ group_sync: false }, { sso: false }, {}]) {
    await isRefused(
      { account: "eli" },
      /Single sign-on is not available at present. Sign in with your password instead/,
    );
    await isRefused({ account: "olga" }, /Single sign-on is not available at present/);
    await isLetIn({ email: "pat@example.com" }, { main: "builder" });
    const after = await license(next);
    assert.deepEqual([after.users, after.places], [before.users, before.places], `before ${JSON.stringify(next)}`);
    before = after;
  }
  await isLetIn({ account: "eli" }, { main: "end-user: engineers", product: "builder: developers" });
});

test("without a free seat a new user is refused and not created; who exists goes on and is synced", async () => {
  const before = await deployed.withDatabase(async (database) => {
    const users = await database.selectFrom("users").select("id").where("status", "<>", "archived").execute();
    await database.updateTable("licence").set({ seats_total: users.length }).execute();
    await giveByHand(database, "ben", "main", { role: "end-user", groups: ["sales"] });
    return contents(database);
  });
  await isRefused({ account: "olga" }, /no free seat for a new account/);
  await isLetIn({ account: "ben" }, { main: "builder", product: "builder" });
  const after = await deployed.withDatabase(async (database) => {
    await database.updateTable("licence").set({ seats_total: null }).execute();
    return contents(database);
  });
  assert.deepEqual(after.users, before.users);
  assert.deepEqual(after.places.ben, { main: "builder", product: "builder" });
  await isLetIn({ account: "olga" }, { main: "builder: operators" });
});
