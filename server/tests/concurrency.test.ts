// Logins at the same time come out as if they had come one after the other.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptInvitation } from "../src/login/accept-invitation.ts";
import type { PlanFields } from "../src/login/fields.ts";
import { type Instance, newInstance, planOf } from "./support/instance.ts";

let instance: Instance;
before(async () => {
  instance = await newInstance();
  for (const group of ["sales", "marketing", "chess"]) await instance.addGroup("main", group);
  await instance.addGroup("main", "operators", "builder");
  await instance.command({ type: "enable" });
});
after(() => instance.close());

/** The plans of this user's logins in the workspace `main`, in the order in which they were decided. */
async function plansOf(subject: string): Promise<PlanFields[]> {
  const rows = await instance.database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_id")
    .select("plan")
    .where("audit.subject", "=", subject)
    .where("workspace_id", "=", "main")
    .orderBy("audit.id")
    .execute();
  return rows.map(({ plan }) => plan);
}

test("one user's first logins, all at once, make one user, and each plans from what the one before left", async () => {
  const tokens = [[], ["sales"], ["operators"], ["sales", "chess"], ["builder", "marketing"], ["admin"]];
  const logins = Array.from({ length: 24 }, (_, index) => instance.signIn("ada", tokens[index % tokens.length]));
  for (const outcome of await Promise.all(logins)) assert.equal(outcome.allowed, true);

  const users = await instance.database.selectFrom("users").select("id").where("subject", "=", "ada").execute();
  assert.equal(users.length, 1);
  const plans = await plansOf("ada");
  assert.equal(plans.length, 24);
  let role: string | null = null;
  let groups = new Set<string>();
  for (const plan of plans) {
    assert.equal(plan.role.from, role);
    assert.deepEqual(new Set([...plan.keep, ...plan.leave]), groups);
    role = plan.role.to;
    groups = new Set([...plan.keep, ...plan.join]);
  }
  const order = ["sales", "marketing", "chess", "operators"];
  const expected = order.filter((name) => groups.has(name)).join(", ");
  assert.equal(await instance.has("ada"), expected ? `${role}: ${expected}` : role);
});

test("admins who lose the role at the same moment do not each count the other: one stays", async () => {
  await instance.signIn("bob", ["admin"]);
  await instance.signIn("ada", []); // is no admin in what follows
  for (let round = 1; round <= 10; round += 1) {
    const admins = ["bob", "cleo", "dora"];
    for (const admin of admins) await instance.signIn(admin, ["admin"]);
    const outcomes = await Promise.all(admins.map((admin) => instance.signIn(admin, [])));
    const blocked = outcomes.filter((outcome) => planOf(outcome).blocked.some(({ guard }) => guard === "last-admin"));
    assert.equal(blocked.length, 1, `round ${round}`);
    const left = await Promise.all(admins.map((admin) => instance.has(admin)));
    assert.deepEqual(left.toSorted(), ["admin", "end-user", "end-user"], `round ${round}`);
  }
});

test("new users who come at once get the seats that there are, and no more", async () => {
  const { used } = await instance.database
    .selectFrom("users")
    .select((user) => user.fn.countAll<string>().as("used"))
    .executeTakeFirstOrThrow();
  await instance.database
    .updateTable("licence")
    .set({ seats_total: Number(used) + 3 })
    .execute();
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, index) => instance.signIn(`new-${index}`, ["sales"])),
  );
  assert.equal(outcomes.filter(({ allowed }) => allowed).length, 3);
  assert.ok(outcomes.every(({ allowed, reason }) => allowed || reason === "seat-limit-reached"));
  const created = await instance.database.selectFrom("users").select("id").where("subject", "like", "new-%").execute();
  assert.equal(created.length, 3);
  await instance.database.updateTable("licence").set({ seats_total: null }).execute();
});

test("users who come at once get the seats of a role that there are, and no more", async () => {
  const people = Array.from({ length: 12 }, (_, index) => `role-${index}`);
  await Promise.all(people.map((subject) => instance.signIn(subject, [])));
  const { used } = await instance.database
    .selectFrom("memberships")
    .select((row) => row.fn.countAll<string>().as("used"))
    .where("role", "=", "builder")
    .executeTakeFirstOrThrow();
  const limits = JSON.stringify({ builder: Number(used) + 2 });
  await instance.database.updateTable("licence").set({ seats_by_role: limits }).execute();
  await Promise.all(people.map((subject) => instance.signIn(subject, ["builder"])));
  const roles = await Promise.all(people.map((subject) => instance.has(subject)));
  assert.equal(roles.filter((role) => role === "builder").length, 2);
  await instance.database.updateTable("licence").set({ seats_by_role: null }).execute();
});

test("invitations that are accepted at once, while others sign in, take the seats of a role that there are, and no more", async () => {
  const { database } = instance;
  const people = Array.from({ length: 8 }, (_, index) => `guest-${index}`);
  await Promise.all(people.map((subject) => instance.signIn(subject, [])));
  const users = await database.selectFrom("users").select(["id", "subject"]).where("subject", "in", people).execute();
  await instance.addGroup("guests", "visitors");
  const invitations = users.map(({ id }) => {
    return { user_id: id, workspace_id: "guests", role: "builder", status: "invited" as const };
  });
  await database.insertInto("memberships").values(invitations).execute();
  const builders = async () => {
    const row = database
      .selectFrom("memberships")
      .select((row) => row.fn.count<string>("user_id").distinct().as("used"))
      .where("role", "=", "builder")
      .where("status", "=", "active");
    return Number((await row.executeTakeFirstOrThrow()).used);
  };
  const before = await builders();
  await database
    .updateTable("licence")
    .set({ seats_by_role: JSON.stringify({ builder: before + 3 }) })
    .execute();
  const accepting = users.map(({ id }) => acceptInvitation(database, id, "guests"));
  const signingIn = Array.from({ length: 8 }, (_, index) => instance.signIn(`also-${index}`, ["builder"]));
  const [answers] = await Promise.all([Promise.all(accepting), Promise.all(signingIn)]);
  assert.equal(await builders(), before + 3);
  // Whoever found no seat has what they had: an invitation.
  const states = await database
    .selectFrom("memberships")
    .select(["user_id", "status"])
    .where("workspace_id", "=", "guests")
    .execute();
  for (const [index, { id }] of users.entries()) {
    const status = answers[index] === "accepted" ? "active" : "invited";
    assert.equal(states.find(({ user_id }) => user_id === id)?.status, status);
  }
  const [first] = users;
  assert.equal(await acceptInvitation(database, first?.id ?? 0, "nowhere"), "no-invitation");
  await database.updateTable("licence").set({ seats_by_role: null }).execute();
});

test("settings that change between logins: each login is decided by one version, and the audit says which", async () => {
  const work: Promise<unknown>[] = [];
  const toggled = (async () => {
    for (let round = 0; round < 6; round += 1) {
      await instance.command({ type: round % 2 === 0 ? "disable" : "enable" });
    }
  })();
  for (let index = 0; index < 30; index += 1) work.push(instance.signIn(`toggled-${index % 5}`, ["sales"]));
  await Promise.all([...work, toggled]);
  const rows = await instance.database
    .selectFrom("audit")
    .innerJoin("audit_plans", "audit_id", "audit.id")
    .innerJoin("settings_versions", "version", "settings_version")
    .select(["audit_plans.reason", "document"])
    .where("subject", "like", "toggled-%")
    .execute();
  assert.equal(rows.length, 30);
  for (const { reason, document } of rows) assert.equal(reason === "sync-disabled", !document.enabled);
});
