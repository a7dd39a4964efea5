// What the database holds after a login: the scenarios that the engine promises, carried out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Instance, newInstance, planOf } from "./support/instance.ts";

let instance: Instance;
before(async () => {
  instance = await newInstance();
  await instance.addGroup("main", "engineers");
  await instance.addGroup("main", "operators", "builder");
  await instance.addGroup("main", "developers", "builder");
  await instance.addGroup("product", "developers", "builder");
  await instance.command(
    { type: "enable" },
    { type: "add-workspace", workspace: "product" },
    { type: "set-mapping", mapping: "engineers -> developers", workspace: "product" },
  );
});
after(() => instance.close());

test("an IdP group with the name of a role gives that role", async () => {
  for (const role of ["admin", "builder", "end-user"]) {
    await instance.signIn(`named-${role}`, [role]);
    assert.equal(await instance.has(`named-${role}`), role);
  }
});

test("an IdP group with the name of a custom group joins it, as an end user, or as what the group needs", async () => {
  await instance.signIn("eva", ["engineers"]);
  assert.equal(await instance.has("eva"), "end-user: engineers");
  await instance.signIn("otto", ["operators"]);
  assert.equal(await instance.has("otto"), "builder: operators");
});

test("a mapping sends an IdP group to another custom group", async () => {
  await instance.signIn("maria", ["engineers"]);
  assert.equal(await instance.has("maria", "product"), "builder: developers");
});

test("a role and a custom group at once", async () => {
  await instance.signIn("ada", ["admin", "developers"]);
  assert.equal(await instance.has("ada"), "admin: developers");
});

test("no groups: the lowest role, and no custom groups", async () => {
  await instance.signIn("nina", []);
  assert.equal(await instance.has("nina"), "end-user");
  assert.equal(await instance.has("nina", "product"), "none");
});

test("what was changed by hand is overwritten at the next login", async () => {
  await instance.signIn("hans", ["operators"]);
  const { id } = await instance.database
    .selectFrom("users")
    .select("id")
    .where("subject", "=", "hans")
    .executeTakeFirstOrThrow();
  await instance.database.deleteFrom("group_memberships").where("user_id", "=", id).execute();
  await instance.database.updateTable("memberships").set({ role: "admin" }).where("user_id", "=", id).execute();
  await instance.database
    .insertInto("group_memberships")
    .columns(["user_id", "workspace_id", "group_id", "granted_by"])
    .expression((from) =>
      from
        .selectFrom("groups")
        .select((group) => [group.val(id).as("user"), "workspace_id", "id", group.val<"manual">("manual").as("by")])
        .where("workspace_id", "=", "main")
        .where("name", "=", "engineers"),
    )
    .execute();
  assert.equal(await instance.has("hans"), "admin: engineers");

  const { join, leave, role } = planOf(await instance.signIn("hans", ["operators"]));
  assert.deepEqual([join, leave, role], [["operators"], ["engineers"], { from: "admin", to: "builder" }]);
  assert.equal(await instance.has("hans"), "builder: operators");
});

test("a second login with the same token changes nothing", async () => {
  await instance.signIn("paul", ["operators"]);
  assert.equal(planOf(await instance.signIn("paul", ["operators"])).status, "unchanged");
  assert.equal(await instance.has("paul"), "builder: operators");
});

test("a claim that cannot be read changes nobody's groups", async () => {
  await instance.signIn("mona", ["operators"]);
  const { status, reason } = planOf(await instance.signIn("mona", 4.2));
  assert.deepEqual([status, reason], ["skipped", "claim-malformed"]);
  assert.equal(await instance.has("mona"), "builder: operators");
});
