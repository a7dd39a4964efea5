// Groups by SCIM: each change of one is followed by all of its members, whoever carries it out.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../src/database/schema.ts";
import { DueMembers } from "../src/scim/due.ts";
import { issuer } from "./support/instance.ts";
import { type ScimServer, schemas, scimServer } from "./support/scim.ts";

let scim: ScimServer;
beforeEach(async () => {
  scim = await scimServer();
  await scim.instance.addGroup("main", "sales");
  await scim.instance.addGroup("main", "ops");
  await scim.instance.command(
    { type: "set-mapping", mapping: "Sales Team -> sales\nOps Team -> ops" },
    { type: "enable" },
  );
});
afterEach(() => scim.close());

/** By the name of each user. */
async function memberships(): Promise<Record<string, string>> {
  const rows = await scim.instance.database
    .selectFrom("scim_users")
    .innerJoin("users", "users.id", "scim_users.user_id")
    .leftJoin("group_memberships", "group_memberships.user_id", "users.id")
    .leftJoin("groups", "groups.id", "group_memberships.group_id")
    .select(["user_name", "groups.name"])
    .orderBy("user_name")
    .orderBy("groups.name")
    .execute();
  const result: Record<string, string> = {};
  for (const { user_name: user, name } of rows) result[user] = [result[user], name].filter(Boolean).join(" ");
  return result;
}

const worker = () => {
  const { database, engines } = scim.instance;
  return new DueMembers({ database, engines, clock: () => new Date(), log: { warn: () => {} } });
};

test("members join, leave, and follow a group that is renamed or deleted", async () => {
  const [ada, ben] = [await scim.user("ada"), await scim.user("ben")];
  const id = await scim.group("Sales Team", [ada]);
  assert.deepEqual(await memberships(), { ada: "sales", ben: "" });
  await scim.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: ben }] });
  assert.deepEqual(await memberships(), { ada: "sales", ben: "sales" });
  await scim.patch(`/Groups/${id}`, { op: "replace", value: { displayName: "Ops Team" } });
  assert.deepEqual(await memberships(), { ada: "ops", ben: "ops" });
  await scim.patch(`/Groups/${id}`, { op: "remove", path: `members[value eq "${ada}"]` });
  assert.deepEqual(await memberships(), { ada: "", ben: "ops" });
  assert.deepEqual(
    (await scim.get(`/Users/${ben}`)).body.groups.map(({ display }: { display: string }) => display),
    ["Ops Team"],
  );
  await scim.send("DELETE", `/Groups/${id}`);
  assert.deepEqual(await memberships(), { ada: "", ben: "" });
  const audit = await scim.instance.database.selectFrom("audit").select("method").execute();
  assert.ok(audit.length >= 7 && audit.every(({ method }) => method === "scim"));
});

test("whoever is deleted is no member any more, and made again is none either", async () => {
  const id = await scim.user("ada", { externalId: "1" });
  const group = await scim.group("Sales Team", [id]);
  await scim.send("DELETE", `/Users/${id}`);
  assert.deepEqual((await scim.get(`/Groups/${group}`)).body.members, []);
  await scim.user("ada", { externalId: "1" });
  assert.deepEqual((await scim.get(`/Groups/${group}`)).body.members, []);
});

test("a directory that tells of no groups takes none that tokens have given", async () => {
  const claims = { sub: "ada-1", groups: ["Sales Team"] };
  await scim.instance.login({ method: "oidc", issuer, claims });
  const id = await scim.user("ada", { externalId: "ada-1" });
  assert.equal(await scim.instance.has("ada-1"), "end-user: sales");
  for (const active of [false, true])
    await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: active });
  assert.equal(await scim.instance.has("ada-1"), "end-user: sales");
  await scim.group("Ops Team", [id]);
  assert.equal(await scim.instance.has("ada-1"), "end-user: ops");
});

test("a claim that no token has had takes nothing through such a directory either", async () => {
  await scim.instance.login({ method: "oidc", issuer, claims: { sub: "ada-1", groups: ["Sales Team"] } });
  const id = await scim.user("ada", { externalId: "ada-1" });
  const changed = async (displayName: string) => {
    await scim.patch(`/Users/${id}`, { op: "replace", path: "displayName", value: displayName });
    return scim.instance.has("ada-1");
  };
  await scim.instance.command({ type: "set-claim", claim: "gruops" });
  assert.equal(await changed("Ada"), "end-user: sales");
  await scim.instance.login({ method: "oidc", issuer, claims: { sub: "ben-1", gruops: [] } });
  assert.equal(await changed("Ada L."), "end-user");
});

test("groups that a directory tells hold, whichever claim was seen", async () => {
  await scim.instance.command({ type: "set-claim", claim: "gruops" });
  const id = await scim.user("ada", { externalId: "ada-1" });
  const group = await scim.group("Sales Team", [id]);
  assert.deepEqual(await memberships(), { ada: "sales" });
  await scim.patch(`/Groups/${group}`, { op: "remove", path: `members[value eq "${id}"]` });
  assert.deepEqual(await memberships(), { ada: "" });
});

test("mappings call groups by their ids where the provider is set so", async () => {
  await scim.instance.command({ type: "set-mapping", mapping: "object-1 -> ops" });
  const configuration = { clientId: "c", scope: "openid", claimsFrom: [], directory: null, scimGroups: "externalId" };
  const other = await scim.other("other", "https://other.example");
  const providers = scim.instance.database.updateTable("providers").where("id", "=", "other");
  await providers.set({ configuration: JSON.stringify(configuration) }).execute();
  await other.group("Sales Team", [await other.user("ada")], { externalId: "object-1" });
  assert.deepEqual(await memberships(), { ada: "ops" });
});

test("two groups may have one name where their ids differ", async () => {
  await scim.group("Sales Team", [], { externalId: "1" });
  await scim.group("Sales Team", [], { externalId: "2" });
  const third = await scim.send("POST", "/Groups", {
    schemas: [schemas.group],
    displayName: "Sales Team",
    externalId: "2",
  });
  assert.equal(third.status, 409);
});

test("what a killed process left is carried out by another one, each member once", async () => {
  const ids = [];
  for (let number = 0; number < 12; number += 1) ids.push(await scim.user(`user-${number}`));
  const id = await scim.group("Nothing", ids);
  // The change was committed, and the process ended before anybody was reconciled.
  const { database } = scim.instance;
  await scim.server.close();
  await database.updateTable("scim_groups").set({ display_name: "Sales Team" }).where("id", "=", id).execute();
  await database.updateTable("scim_users").set({ due_at: new Date() }).execute();
  const before = await database
    .selectFrom("audit")
    .select(({ fn }) => fn.countAll<string>().as("rows"))
    .executeTakeFirstOrThrow();
  const two = [worker(), worker()];
  await Promise.all(two.map((one) => one.run()));
  assert.deepEqual(new Set(Object.values(await memberships())), new Set(["sales"]));
  const after = await database
    .selectFrom("audit")
    .select(({ fn }) => fn.countAll<string>().as("rows"))
    .executeTakeFirstOrThrow();
  assert.equal(Number(after.rows) - Number(before.rows), 12);
  const due = await database.selectFrom("scim_users").select("id").where("due_at", "is not", null).execute();
  assert.deepEqual(due, []);
  await Promise.all(two.map((one) => one.stop()));
});

const onPostgres = Boolean(process.env.TEST_DATABASE_URL);

// Only several connections can come between each other here.
if (onPostgres) {
  test("a request waits for a process that is at one of its members already", async () => {
    const { database } = scim.instance;
    const id = await scim.user("ada");
    const ada = database.updateTable("scim_users").where("id", "=", id);
    await ada.set({ due_at: new Date() }).execute();
    const one = worker();
    let isAnswered = false;
    const { request } = await database.transaction().execute(async (other) => {
      await other.selectFrom("scim_users").select("id").where("id", "=", id).forNoKeyUpdate().execute();
      const request = one.reconcileNow([id], "request").then(() => {
        isAnswered = true;
      });
      while (!isAnswered && !(await isWaitedFor(database))) await delay(5);
      assert.equal(isAnswered, false);
      await other.updateTable("scim_users").set({ due_at: null }).where("id", "=", id).execute();
      return { request };
    });
    await request;
    await one.stop();
  });

  /** To be asked outside the transaction, which sees what was going on when it asked first. */
  async function isWaitedFor(database: Database): Promise<boolean> {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database);
    return rows.length > 0;
  }
}

/** The embedded database is slower, and has a test's time. */
const many = onPostgres ? 10_000 : 1_000;

test("a group of thousands of members is taken and found, and one of them is removed", async () => {
  const { database } = scim.instance;
  const now = new Date();
  const ids = Array.from(
    { length: many },
    (_, number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  );
  for (let start = 0; start < ids.length; start += 2000) {
    const rows = ids.slice(start, start + 2000).map((id) => ({
      id,
      provider_id: "environment",
      user_name: id,
      user_name_key: id,
      active: false,
      resource: JSON.stringify({ userName: id }),
      created_at: now,
      modified_at: now,
    }));
    await database.insertInto("scim_users").values(rows).execute();
  }
  const id = await scim.group("Everybody", ids);
  const removed = await scim.patch(`/Groups/${id}`, { op: "Remove", path: `members[value eq "${ids[7]}"]` });
  assert.equal(removed.status, 204);
  assert.equal((await scim.get(`/Groups/${id}`)).body.members.length, many - 1);
  const filter = encodeURIComponent(`members.value eq "${ids[8]}"`);
  const found = await scim.get(`/Groups?filter=${filter}&excludedAttributes=members`);
  assert.deepEqual([found.body.totalResults, found.body.Resources[0].members], [1, undefined]);
});
