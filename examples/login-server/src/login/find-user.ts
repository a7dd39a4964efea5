// The user's row, locked: two logins of one user wait for each other, also if neither finds a row yet.

import { sql } from "kysely";
import type { DatabaseTransaction, UserStatus } from "../database/schema.ts";
import type { Identity } from "./identity.ts";

export interface LockedUser {
  id: number;
  status: UserStatus;
  superAdmin: boolean;
  /** Whether this login made the row. */
  isNew: boolean;
}

/** Whoever this identity is; a row is made for somebody new, and is to be rolled back if they may not come in. */
export async function lockUserOfIdentity(transaction: DatabaseTransaction, identity: Identity): Promise<LockedUser> {
  const known = (await lockKnown(transaction, identity)) ?? (await takeInvitation(transaction, identity));
  if (known) return known;
  const { issuer, subject, email, name } = identity;
  const created = await transaction
    .insertInto("users")
    .values({ issuer, subject, email, name })
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (created) return { id: created.id, status: "active", superAdmin: false, isNew: true };
  // Another login of the same user made the row first, and this one has waited for it.
  const other = await lockKnown(transaction, identity);
  if (!other) throw new Error("the user's row is gone");
  return other;
}

async function lockKnown(
  transaction: DatabaseTransaction,
  { issuer, subject }: Identity,
): Promise<LockedUser | undefined> {
  const row = await transaction
    .selectFrom("users")
    .select(["id", "status", "super_admin as superAdmin"])
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && { ...row, isNew: false };
}

/** Somebody who was invited by e-mail comes for the first time. Only an address that the identity provider has verified counts. */
async function takeInvitation(
  transaction: DatabaseTransaction,
  { issuer, subject, email, emailVerified, name }: Identity,
): Promise<LockedUser | undefined> {
  if (email === null || !emailVerified) return undefined;
  const row = await transaction
    .updateTable("users")
    .set((set) => ({ issuer, subject, name: set.fn.coalesce("name", set.val(name)) }))
    .where("subject", "is", null)
    .where("status", "=", "invited")
    .where(sql`lower(email)`, "=", email.toLowerCase())
    .returning(["id", "status", "super_admin as superAdmin"])
    .executeTakeFirst();
  return row && { ...row, isNew: false };
}

export async function lockUserById(transaction: DatabaseTransaction, id: number): Promise<LockedUser | undefined> {
  const row = await transaction
    .selectFrom("users")
    .select(["id", "status", "super_admin as superAdmin"])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && { ...row, isNew: false };
}

/** Whoever was invited has come; and what the identity provider calls them now. A login name, which has a password, is left alone. */
export async function welcome(transaction: DatabaseTransaction, id: number, identity: Identity | null): Promise<void> {
  await transaction
    .updateTable("users")
    .set({ status: "active" })
    .where("id", "=", id)
    .where("status", "=", "invited")
    .execute();
  if (identity === null) return;
  const { email, name } = identity;
  await transaction
    .updateTable("users")
    .set((set) => ({
      name: set.fn.coalesce(set.val(name), "name"),
      email: set.case().when("password_hash", "is", null).then(set.val(email)).else(set.ref("email")).end(),
    }))
    .where("id", "=", id)
    .where(sql<boolean>`(email is distinct from ${email} or name is distinct from ${name})`)
    .execute();
}
