// Who may not come in, and that a refusal leaves nothing but its line in the audit.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { LicenceTable } from "../src/database/schema.ts";
import { type Instance, issuer, newInstance, planOf } from "./support/instance.ts";

let instance: Instance;
before(async () => {
  instance = await newInstance();
  await instance.addGroup("main", "sales");
  await instance.addGroup("main", "operators", "builder");
  await instance.command({ type: "enable" });
  await instance.signIn("known", ["operators"]);
});
after(() => instance.close());
beforeEach(async () => {
  await setLicence({ status: "active", sso: true, group_sync: true, custom_groups: true, seats_total: null });
  await instance.database.updateTable("instance").set({ password_login: true, signup: true }).execute();
});

async function setLicence(licence: Partial<Omit<LicenceTable, "singleton" | "seats_by_role">>): Promise<void> {
  await instance.database.updateTable("licence").set(licence).execute();
}

/** Everything that a login may change, but for the audit. */
async function contents(): Promise<unknown> {
  const { database } = instance;
  return Promise.all([
    database.selectFrom("users").selectAll().orderBy("id").execute(),
    database.selectFrom("memberships").selectAll().orderBy("user_id").execute(),
    database.selectFrom("group_memberships").selectAll().orderBy("user_id").execute(),
  ]);
}

async function lastAudit() {
  const { database } = instance;
  const last = database.selectFrom("audit").selectAll().orderBy("id", "desc").limit(1);
  return last.executeTakeFirstOrThrow();
}

async function isRefused(subject: string, reason: string): Promise<void> {
  const before = await contents();
  const outcome = await instance.signIn(subject, ["sales"]);
  assert.equal(outcome.allowed, false);
  assert.equal(outcome.reason, reason);
  assert.deepEqual(await contents(), before);
  const { subject: who, allowed, reason: why } = await lastAudit();
  assert.deepEqual([who, allowed, why], [subject, false, reason]);
}

test("an archived user is refused by every method", async () => {
  const { id } = await instance.database
    .insertInto("users")
    .values({ issuer, subject: "gone", email: "gone@example.com", status: "archived" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await isRefused("gone", "user-archived");
  const { outcome } = await instance.login({ method: "password", email: "gone@example.com", userId: id });
  assert.equal(outcome.reason, "user-archived");
});

test("without a licence for it there is no single sign-on; a password still does, and syncs nothing", async () => {
  for (const licence of [{ status: "expired" as const }, { sso: false }, { group_sync: false }]) {
    await setLicence({ status: "active", sso: true, group_sync: true, ...licence });
    await isRefused("known", "sso-unavailable");
  }
  const { id } = await instance.database
    .selectFrom("users")
    .select("id")
    .where("subject", "=", "known")
    .executeTakeFirstOrThrow();
  const { outcome } = await instance.login({ method: "password", email: "known@example.com", userId: id });
  assert.equal(outcome.allowed, true);
  assert.deepEqual([planOf(outcome).status, planOf(outcome).reason], ["skipped", "not-sso"]);
  assert.equal(await instance.has("known"), "builder: operators");
});

test("a new user needs a seat; who exists goes on", async () => {
  await setLicence({ seats_total: 1 });
  await isRefused("newcomer", "seat-limit-reached");
  assert.equal((await instance.signIn("known", ["operators"])).allowed, true);
});

test("a new user needs open doors", async () => {
  await instance.database.updateTable("instance").set({ signup: false }).execute();
  await isRefused("newcomer", "signup-disabled");
});

test("passwords that are nobody's, and passwords that are switched off", async () => {
  const nobody = { method: "password", email: "nobody@example.com", userId: null } as const;
  assert.equal((await instance.login(nobody)).outcome.reason, "unknown-user");
  assert.deepEqual([(await lastAudit()).subject, (await lastAudit()).user_id], ["nobody@example.com", null]);
  await instance.database.updateTable("instance").set({ password_login: false }).execute();
  assert.equal((await instance.login(nobody)).outcome.reason, "password-login-disabled");
});

test("whom the policy denies is refused, and the plans are in the audit", async () => {
  await instance.command({ type: "set-policy", policy: { noMatch: "deny" } });
  const before = await contents();
  assert.equal((await instance.signIn("stranger", ["visitors"])).reason, "denied-by-policy");
  assert.deepEqual(await contents(), before);
  const plans = await instance.database
    .selectFrom("audit_plans")
    .select(["status", "reason", "applied"])
    .where("audit_id", "=", (await lastAudit()).id)
    .execute();
  assert.deepEqual(plans, [{ status: "denied", reason: "no-match", applied: false }]);
  await instance.command({ type: "set-policy", policy: {} });
});

test("a subject that cannot be stored as it is comes to nothing", async () => {
  const before = await contents();
  for (const subject of ["", "a\u0000b", "\ud800", "x".repeat(256)]) {
    await assert.rejects(instance.signIn(subject, ["sales"]), /the claim `sub`/);
  }
  assert.deepEqual(await contents(), before);
});
