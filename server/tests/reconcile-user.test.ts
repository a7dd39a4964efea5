// A user between logins: what a directory says of them is carried out in one transaction and written down.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DatabaseTransaction } from "../src/database/schema.ts";
import { type LockedUser, lockUserById, lockUserOfIdentity } from "../src/login/find-user.ts";
import { type DirectoryEntry, reconcileIn } from "../src/login/reconcile-user.ts";
import { inTransaction } from "../src/login/retry.ts";
import { type Instance, issuer, newInstance } from "./support/instance.ts";

let instance: Instance;
before(async () => {
  instance = await newInstance();
  await instance.addGroup("main", "sales");
  await instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
});
after(() => instance.close());

const context = () => ({ ...instance, now: new Date(), requestId: "directory-1" });
const person = (subject: string) => ({ issuer, subject, email: null, emailVerified: false, name: null });

function reconcileUser(
  find: (transaction: DatabaseTransaction) => Promise<LockedUser | undefined>,
  entry: DirectoryEntry,
) {
  return inTransaction(instance.database, (transaction) => reconcileIn(transaction, context(), find, entry));
}

function reconcile(subject: string, said: Omit<DirectoryEntry, "by" | "subject">) {
  return reconcileUser((transaction) => lockUserOfIdentity(transaction, person(subject), null), {
    by: "scim",
    subject,
    ...said,
  });
}

const rowOf = (subject: string) =>
  instance.database
    .selectFrom("users")
    .select(["id", "status", "archived_by_sync as bySync"])
    .where("subject", "=", subject)
    .executeTakeFirst();

test("an active user who is new is created with what the mapping says", async () => {
  const { outcome, auditId } = await reconcile("ada", { directory: "active", groups: ["Sales Team"] });
  assert.equal(outcome.user, "create");
  assert.equal(await instance.has("ada"), "end-user: sales");
  const row = await instance.database
    .selectFrom("audit")
    .selectAll()
    .where("id", "=", auditId)
    .executeTakeFirstOrThrow();
  assert.deepEqual([row.method, row.user_change, row.allowed, row.subject], ["scim", "created", true, "ada"]);
});

test("the same once more changes nothing and is not written down", async () => {
  assert.equal((await reconcile("ada", { directory: "active", groups: ["Sales Team"] })).auditId, null);
});

test("nobody is created who is gone already", async () => {
  const { userId } = await reconcile("nobody", { directory: "inactive" });
  assert.deepEqual([userId, await rowOf("nobody")], [null, undefined]);
});

test("who is gone is archived with what they have, and who comes back is restored", async () => {
  const { id } = (await rowOf("ada")) ?? { id: 0 };
  await instance.database
    .insertInto("sessions")
    .values({ token_hash: "hash", user_id: id, method: "oidc", created_at: new Date(), expires_at: new Date(2e12) })
    .execute();
  assert.equal((await reconcile("ada", { directory: "inactive" })).outcome.reason, "inactive");
  assert.deepEqual(await rowOf("ada"), { id, status: "archived", bySync: true });
  assert.equal(await instance.has("ada"), "end-user: sales");
  assert.deepEqual(await instance.database.selectFrom("sessions").select("user_id").execute(), []);
  assert.equal((await reconcile("ada", { directory: "active", groups: [] })).outcome.user, "restore");
  assert.deepEqual(await rowOf("ada"), { id, status: "active", bySync: false });
  assert.equal(await instance.has("ada"), "end-user");
});

test("who was archived by an admin stays so", async () => {
  await instance.database.updateTable("users").set({ status: "archived" }).where("subject", "=", "ada").execute();
  const { outcome } = await reconcile("ada", { directory: "active", groups: ["Sales Team"] });
  assert.deepEqual([outcome.user, outcome.reason], ["keep", "archived-by-hand"]);
  assert.equal(await instance.has("ada"), "end-user");
});

test("an exempt user is left alone", async () => {
  await reconcile("ben", { directory: "active", groups: ["Sales Team"] });
  await instance.database.updateTable("users").set({ exempt: true }).where("subject", "=", "ben").execute();
  assert.equal((await reconcile("ben", { directory: "absent" })).outcome.reason, "exempt");
  await reconcile("ben", { directory: "active", groups: [] });
  assert.equal(await instance.has("ben"), "end-user: sales");
  assert.equal((await instance.signIn("ben", [])).allowed, true);
  assert.equal(await instance.has("ben"), "end-user: sales");
});

test("of two super admins who go at once, one stays", async () => {
  await instance.database.updateTable("users").set({ super_admin: false }).execute();
  const ids = [];
  for (const subject of ["sue", "sam"]) {
    await reconcile(subject, { directory: "active", groups: [] });
    const values = { super_admin: true, password_hash: "$argon2id$" };
    await instance.database.updateTable("users").set(values).where("subject", "=", subject).execute();
    ids.push((await rowOf(subject))?.id ?? 0);
  }
  const gone = ids.map((id) =>
    reconcileUser((transaction) => lockUserById(transaction, id), {
      by: "directory",
      subject: "",
      directory: "absent",
    }),
  );
  const outcomes = (await Promise.all(gone)).map(({ outcome }) => outcome.blocked ?? outcome.user);
  assert.deepEqual(outcomes.sort(), ["archive", "last-super-admin"]);
});
