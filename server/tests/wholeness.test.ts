// A login that fails leaves nothing, and what was decided cannot be changed afterwards.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { LostCollision, retryCollisions } from "../src/login/retry.ts";
import { type Instance, newInstance, planOf } from "./support/instance.ts";

let instance: Instance;
before(async () => {
  instance = await newInstance();
  await instance.addGroup("main", "sales");
  await instance.addGroup("main", "operators", "builder");
  await instance.command({ type: "enable" });
});
after(() => instance.close());

async function contents(): Promise<unknown> {
  const { database } = instance;
  return Promise.all([
    database.selectFrom("users").selectAll().orderBy("id").execute(),
    database.selectFrom("memberships").selectAll().orderBy("user_id").execute(),
    database.selectFrom("group_memberships").selectAll().orderBy("user_id").execute(),
    database.selectFrom("audit").selectAll().orderBy("id").execute(),
    database.selectFrom("audit_plans").selectAll().orderBy("audit_id").execute(),
    database.selectFrom("known_claims").selectAll().orderBy("user_id").execute(),
  ]);
}

test("a login that fails at any of its writes leaves nothing", async () => {
  const { database } = instance;
  await sql`create function disk_full() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full' using errcode = '53100'; end $$`.execute(database);
  await instance.signIn("ada", ["sales"]);
  const writes = {
    users: "insert",
    memberships: "insert or update",
    group_memberships: "insert or delete",
    audit: "insert",
    audit_plans: "insert",
    known_claims: "insert or update",
  };
  for (const [table, operations] of Object.entries(writes)) {
    await sql`create trigger disk_full before ${sql.raw(operations)} on ${sql.table(table)} execute function disk_full()`.execute(
      database,
    );
    const before = await contents();
    // Somebody new, and somebody who changes role and groups.
    await assert.rejects(instance.signIn("bob", ["operators"]), /the disk is full/, table);
    if (table !== "users") await assert.rejects(instance.signIn("ada", ["operators"]), /the disk is full/, table);
    assert.deepEqual(await contents(), before, table);
    await sql`drop trigger disk_full on ${sql.table(table)}`.execute(database);
  }
  await instance.signIn("ada", ["operators"]);
  assert.equal(await instance.has("ada"), "builder: operators");
});

test("settings and audit can be added to, and not changed", async () => {
  for (const table of ["settings_versions", "audit", "audit_plans"]) {
    const name = sql.table(table);
    await assert.rejects(sql`delete from ${name}`.execute(instance.database), /append-only/);
    await assert.rejects(sql`truncate ${name} cascade`.execute(instance.database), /append-only/);
  }
  await assert.rejects(sql`update audit set allowed = true`.execute(instance.database), /append-only/);
});

test("the audit says who, how, by which versions, and why", async () => {
  await instance.signIn("eve", ["operators", "visitors\u0000"]);
  const row = await instance.database
    .selectFrom("audit")
    .innerJoin("audit_plans", "audit_id", "audit.id")
    .selectAll()
    .where("subject", "=", "eve")
    .executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.method, row.allowed, row.workspace_id, row.status, row.role_from, row.role_to, row.applied],
    ["oidc", true, "main", "change", null, "builder", true],
  );
  assert.equal(row.settings_version, 2);
  assert.deepEqual(row.catalog_versions, { main: 3 });
  const { resolution } = row.plan;
  assert.deepEqual(resolution.claim.groups, ["operators", "visitors\u0000"]);
  assert.deepEqual(resolution.roleReasons, [{ kind: "required-by", group: "operators" }]);
});

test("an invitation to a workspace is planned, and carried out at the login after it was accepted", async () => {
  const { database } = instance;
  await instance.addGroup("lab", "researchers", "builder");
  await instance.command({ type: "add-workspace", workspace: "lab" });
  const invited = { email: "Ivy@example.com", status: "invited" as const };
  const { id } = await database.insertInto("users").values(invited).returning("id").executeTakeFirstOrThrow();
  const membership = { user_id: id, workspace_id: "lab", role: "end-user", status: "invited" as const };
  await database.insertInto("memberships").values(membership).execute();

  const claims = { sub: "ivy", email: "ivy@example.com", email_verified: true, groups: ["researchers"] };
  const login = () => instance.login({ method: "oidc", issuer: "https://idp.example", claims });
  const first = await login();
  assert.equal(first.userId, id);
  assert.equal(planOf(first.outcome, "lab").status, "change");
  assert.equal(await instance.has("ivy", "lab"), "end-user");
  const { status } = await database.selectFrom("users").select("status").where("id", "=", id).executeTakeFirstOrThrow();
  assert.equal(status, "active");

  await database.updateTable("memberships").set({ status: "active" }).where("user_id", "=", id).execute();
  await login();
  assert.equal(await instance.has("ivy", "lab"), "builder: researchers");
});

test("an address that the identity provider has not verified takes nobody's invitation", async () => {
  const { database } = instance;
  await database.insertInto("users").values({ email: "joe@example.com", status: "invited" }).execute();
  const claims = { sub: "impostor", email: "joe@example.com", email_verified: false, groups: [] };
  await instance.login({ method: "oidc", issuer: "https://idp.example", claims });
  const users = await database
    .selectFrom("users")
    .select(["subject", "status"])
    .where("email", "=", "joe@example.com")
    .orderBy("id")
    .execute();
  assert.deepEqual(users, [
    { subject: null, status: "invited" },
    { subject: "impostor", status: "active" },
  ]);
});

test("what lost against another transaction is tried again, four times at most", async () => {
  let runs = 0;
  const failing = (times: number) => async () => {
    runs += 1;
    if (runs <= times) throw runs % 2 ? new LostCollision("once more") : Object.assign(new Error(), { code: "40P01" });
    return runs;
  };
  assert.equal(await retryCollisions(failing(3)), 4);
  runs = 0;
  await assert.rejects(retryCollisions(failing(9)));
  assert.equal(runs, 4);
  runs = 0;
  const error = new Error("something else");
  await assert.rejects(
    retryCollisions(async () => {
      runs += 1;
      throw error;
    }),
    error,
  );
  assert.equal(runs, 1);
});
