// Logins at the same time, over HTTP and by two processes on one database, come out as if they had come one after the other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Database } from "../../src/database/schema.ts";
import { auditAgrees, type Memberships, membershipsOf } from "./support/audit-replay.ts";
import { admin, configure, type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import type { Page } from "./support/http-browser.ts";
import { placesOf } from "./support/memberships.ts";
import { randomOf } from "./support/random.ts";
import { onPostgres } from "./support/store.ts";
import { givenBy, tokens } from "./support/tokens.ts";

let deployed: DeploymentWithIdp;
before(async () => {
  deployed = await deployment({ prepare: keepAnAdmin, environments: onPostgres ? [{}, {}] : [{}] });
});
after(() => deployed.close());

/** Somebody else is an admin, so that no guard holds anybody back; where one should, a test archives them. */
async function keepAnAdmin(database: Database): Promise<void> {
  const { id } = await database
    .insertInto("users")
    .values({ email: "keeper@example.com" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await database.insertInto("memberships").values({ user_id: id, workspace_id: "main", role: "admin" }).execute();
  keeper = await membershipsOf(database);
}

let keeper: Memberships;

/** By turns through each server, and each time in a browser of its own. */
let turn = 0;
function signIn(sub: string, groups: string[]): Promise<Page> {
  turn += 1;
  const browser = deployed.newBrowser(deployed.servers[turn % deployed.servers.length]);
  return browser.signIn(deployed.idp, { sub, groups });
}

async function signInAll(people: string[], groups: string[]): Promise<Page[]> {
  return Promise.all(people.map((sub) => signIn(sub, groups)));
}

/** What each login of somebody read from the token, in the order in which they were decided. */
async function decidedGroups(database: Database, subject: string): Promise<string[][]> {
  const rows = await database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_id")
    .select("plan")
    .where("subject", "=", subject)
    .orderBy("audit.id")
    .execute();
  return rows.map(({ plan }) => plan.resolution.claim.groups);
}

/** As many as two servers have connections. Whoever waits for one for five seconds is told to come again, as some are on a busy machine. */
const atOnce = 20;

test("50 logins of five users, 20 at once, with random groups, end as some order of them would", async (context) => {
  const random = randomOf(context);
  const people = ["ada", "bob", "cleo", "dora", "emil"];
  const logins = Array.from({ length: 50 }, () => ({ sub: random.pick(people), groups: random.pick(tokens).groups }));
  const pages: Page[] = [];
  const left = [...logins];
  const lane = async () => {
    for (let login = left.pop(); login; login = left.pop()) pages.push(await signIn(login.sub, login.groups));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  assert.deepEqual(new Set(pages.map(({ status, location }) => `${status} ${location}`)), new Set(["303 /"]));

  await deployed.withDatabase(async (database) => {
    assert.equal(await auditAgrees(database, keeper), 50);
    const places = await placesOf(database);
    for (const person of people) {
      const decided = await decidedGroups(database, person);
      const sent = logins.filter(({ sub }) => sub === person).map(({ groups }) => groups);
      const inOrder = (lists: string[][]) => lists.map((list) => JSON.stringify([...list].sort())).sort();
      assert.deepEqual(inOrder(decided), inOrder(sent), person);
      if (sent.length > 0) assert.deepEqual(places[person], { main: givenBy(decided.at(-1)) }, person);
    }
  });
});

test("12 new users at once get the three seats that there are, and a role's two seats are given twice", async () => {
  await deployed.withDatabase(async (database) => {
    const { used } = await database
      .selectFrom("users")
      .select((user) => user.fn.countAll<string>().as("used"))
      .executeTakeFirstOrThrow();
    const builders = await database.selectFrom("memberships").select("user_id").where("role", "=", "builder").execute();
    const seats = { seats_total: Number(used) + 3, seats_by_role: JSON.stringify({ builder: builders.length + 2 }) };
    await database.updateTable("licence").set(seats).execute();
  });
  const newcomers = Array.from({ length: 12 }, (_, index) => `new-${index}`);
  const pages = await signInAll(newcomers, ["operators"]);
  assert.equal(pages.filter(({ status }) => status === 303).length, 3);
  for (const { status, body } of pages) if (status !== 303) assert.match(body, /no free seat for a new account/);

  await deployed.withDatabase(async (database) => {
    await auditAgrees(database, keeper);
    const places = await placesOf(database);
    const got = newcomers.flatMap((newcomer) => places[newcomer]?.main ?? []);
    assert.deepEqual(got.sort(), ["builder: operators", "builder: operators", "end-user"]);
    await database.updateTable("licence").set({ seats_total: null, seats_by_role: null }).execute();
  });
});

// Only several processes, and several connections, can come between each other here.
if (onPostgres) {
  test("admins who lose the role at the same moment, at two servers, leave one admin", async () => {
    const admins = ["ada", "bob", "cleo", "dora"];
    await deployed.withDatabase(async (database) => {
      await database
        .updateTable("users")
        .set({ status: "archived" })
        .where("email", "=", "keeper@example.com")
        .execute();
    });
    await signInAll(admins, ["admin"]);
    await signIn("emil", []); // is no admin from here on; nobody holds him back, as others are
    for (let round = 1; round <= 10; round += 1) {
      await signInAll(admins, ["admin"]);
      await signInAll(admins, []);
      const places = await deployed.withDatabase(placesOf);
      const left = admins.map((subject) => places[subject]?.main);
      assert.deepEqual(left.sort(), ["admin", "end-user", "end-user", "end-user"], `round ${round}`);
    }
    await deployed.withDatabase((database) => auditAgrees(database, keeper));
  });

  test("of two admins who change the same version at two servers, one is told that it has changed", async () => {
    const browsers = deployed.servers.map((server) => deployed.newBrowser(server));
    for (const browser of browsers) await browser.signInWithPassword(admin.email, admin.password);
    for (let round = 1; round <= 5; round += 1) {
      const { answer } = await (browsers[0] ?? deployed.newBrowser()).api("GET", "/settings");
      const { version } = answer as { version: number };
      const change = (mapping: string) => ({ version, command: { type: "set-mapping", mapping } });
      const answers = await Promise.all(
        browsers.map((browser, index) =>
          browser.api("POST", "/settings/commands", change(`Team ${round}${index} -> sales`)),
        ),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409], `round ${round}`);
    }
    await deployed.withDatabase((database) => configure(database, { type: "set-mapping", mapping: "" }));
  });

  test("a change of the settings at one server holds for the next login at the other, and never for half of one", async () => {
    const changing = (async () => {
      for (let round = 0; round < 8; round += 1) {
        await deployed.withDatabase((database) => configure(database, { type: round % 2 ? "enable" : "disable" }));
        const page = await signIn(`after-${round}`, ["sales"]);
        assert.equal(page.status, 303);
      }
    })();
    const people = Array.from({ length: 24 }, (_, index) => `meanwhile-${index % 6}`);
    await Promise.all([changing, signInAll(people, ["sales"])]);
    await deployed.withDatabase(async (database) => {
      await auditAgrees(database, keeper);
      const places = await placesOf(database);
      for (let round = 0; round < 8; round += 1) {
        assert.equal(places[`after-${round}`]?.main, round % 2 ? "end-user: sales" : "end-user", `round ${round}`);
      }
      const rows = await database
        .selectFrom("audit_plans")
        .innerJoin("audit", "audit.id", "audit_id")
        .innerJoin("settings_versions", "version", "settings_version")
        .select(["audit_plans.reason", "document"])
        .where("subject", "like", "meanwhile-%")
        .execute();
      assert.equal(rows.length, 24);
      for (const { reason, document } of rows) assert.equal(reason === "sync-disabled", !document.enabled);
    });
  });
}
