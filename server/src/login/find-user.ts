// The user's row, locked: two logins of one user wait for each other, also if neither finds a row yet.

import { sql } from "kysely";
import type { DatabaseTransaction, UserStatus } from "../database/schema.ts";
import { issuerSpellings, issuersOf } from "../providers/issuer.ts";
import { comparedAddress, comparedEmail } from "./addresses.ts";
import type { Identity } from "./identity.ts";

export interface LockedUser {
  id: number;
  status: UserStatus;
  superAdmin: boolean;
  /** An account for emergencies, which no sync touches. */
  exempt: boolean;
  /** Whether a sync archived them; whoever an admin archived stays archived. */
  archivedBySync: boolean;
  /** Whether this login made the row. */
  isNew: boolean;
}

const lockedColumns = [
  "id",
  "status",
  "super_admin as superAdmin",
  "exempt",
  "archived_by_sync as archivedBySync",
] as const;

/** Somebody is invited by a link, and came without it. They get no other account, which would stand in the way of the invitation. */
export class InvitationNeedsLink extends Error {}

/**
 * Whoever this identity is; a row is made for somebody new, and is to be rolled back if they may not come in. `invitation` is the hash
 * of the secret in the link by which they came.
 */
export async function lockUserOfIdentity(
  transaction: DatabaseTransaction,
  identity: Identity,
  invitation: string | null,
): Promise<LockedUser> {
  const known =
    (await lockKnown(transaction, identity)) ??
    (await takeInvitation(transaction, identity, invitation)) ??
    (await takeProvisioned(transaction, identity));
  if (known) return known;
  const { issuer, subject, email, emailVerified, name } = identity;
  const created = await transaction
    .insertInto("users")
    .values({ issuer, subject, email, email_verified: email !== null && emailVerified, name })
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (created) {
    return { id: created.id, status: "active", superAdmin: false, exempt: false, archivedBySync: false, isNew: true };
  }
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
    .select(lockedColumns)
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && { ...row, isNew: false };
}

/**
 * Somebody who was invited by e-mail comes for the first time. Only an address that the identity provider has verified counts, as it is in the
 * token; and for what was invited by a link, as super admins are, the link besides.
 */
async function takeInvitation(
  transaction: DatabaseTransaction,
  { issuer, subject, email, emailVerified, name }: Identity,
  invitation: string | null,
): Promise<LockedUser | undefined> {
  const address = comparedAddress(email);
  if (address === null || !emailVerified) return undefined;
  const invited = await invitationOf(transaction, address).forNoKeyUpdate().executeTakeFirst();
  if (!invited) return undefined;
  const { invitation_hash: link, invitation_provider: provider, ...row } = invited;
  if (!(await mayTake(transaction, issuer, provider))) return undefined;
  const needsLink = row.superAdmin || link !== null;
  if (needsLink && (link === null || link !== invitation)) {
    throw new InvitationNeedsLink(`the invitation of user ${row.id} needs its link`);
  }
  await transaction
    .updateTable("users")
    .set((set) => ({ issuer, subject, name: set.fn.coalesce("name", set.val(name)), invitation_hash: null }))
    .where("id", "=", row.id)
    .execute();
  return { ...row, isNew: false };
}

/** Somebody new may have been invited while their row was made, before the instance was locked: then their next try takes the invitation. */
export async function wasInvitedMeanwhile(
  transaction: DatabaseTransaction,
  { issuer, email, emailVerified }: Identity,
): Promise<boolean> {
  const address = comparedAddress(email);
  if (address === null || !emailVerified) return false;
  const invited = await invitationOf(transaction, address).executeTakeFirst();
  return invited !== undefined && mayTake(transaction, issuer, invited.invitation_provider);
}

/** One provider says whose an address is: another one could otherwise have its people take what was meant for somebody else. */
export async function mayTake(
  transaction: DatabaseTransaction,
  issuer: string,
  provider: string | null,
): Promise<boolean> {
  const providers = await transaction
    .selectFrom("providers")
    .select(["id", "issuer"])
    // That of an environment which names none any more.
    .where(({ not, and }) => not(and({ from_environment: true, enabled: false })))
    .orderBy("from_environment", "desc")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const meant = provider ?? providers[0]?.id;
  // There is no other whose address it could be.
  if (providers.length <= 1 && provider === null) return true;
  return providers.find((one) => issuerSpellings(one.issuer).includes(issuer))?.id === meant;
}

function invitationOf(transaction: DatabaseTransaction, address: string) {
  return transaction
    .selectFrom("users")
    .select([...lockedColumns, "invitation_hash", "invitation_provider"])
    .where("subject", "is", null)
    .where("status", "=", "invited")
    .where(comparedEmail, "=", address);
}

/**
 * Somebody comes for the first time whom the directory of the same identity provider has made here by SCIM: whose id there is the subject, or
 * whose name or address there is the address that the token calls verified. Never an account with more than the directory gave it a right to.
 */
async function takeProvisioned(
  transaction: DatabaseTransaction,
  { issuer, subject, directoryId, email, emailVerified }: Identity,
): Promise<LockedUser | undefined> {
  const address = emailVerified ? comparedAddress(email) : null;
  const ids = [subject, directoryId ?? subject];
  const provisioned = await transaction
    .selectFrom("scim_users")
    .innerJoin("providers", "providers.id", "scim_users.provider_id")
    .select(["user_id", "external_id"])
    .where("providers.issuer", "in", issuersOf(issuer))
    .where("user_id", "is not", null)
    .where((where) =>
      where.or([
        where("external_id", "in", ids),
        ...(address === null ? [] : [where("scim_users.email", "=", address), where("user_name_key", "=", address)]),
      ]),
    )
    .orderBy(sql`deleted_at is not null`)
    .orderBy("scim_users.created_at")
    .execute();
  const found = provisioned.find((one) => one.external_id !== null && ids.includes(one.external_id)) ?? provisioned[0];
  if (!found) return undefined;
  const row = await transaction
    .updateTable("users")
    .set({ issuer, subject })
    .where("id", "=", found.user_id)
    .where("subject", "is", null)
    .where("password_hash", "is", null)
    .where("invitation_hash", "is", null)
    .where("super_admin", "=", false)
    .returning(lockedColumns)
    .executeTakeFirst();
  return row && { ...row, isNew: false };
}

export async function lockUserById(transaction: DatabaseTransaction, id: number): Promise<LockedUser | undefined> {
  const row = await transaction
    .selectFrom("users")
    .select(lockedColumns)
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
  const verified = email !== null && identity.emailVerified;
  const isLoginName = sql<boolean>`password_hash is not null`;
  await transaction
    .updateTable("users")
    .set((set) => ({
      name: set.fn.coalesce(set.val(name), "name"),
      email: set.case().when(isLoginName).then(set.ref("email")).else(set.val(email)).end(),
      email_verified: set.case().when(isLoginName).then(set.ref("email_verified")).else(set.val(verified)).end(),
    }))
    .where("id", "=", id)
    .where(
      sql<boolean>`(email is distinct from ${email} or name is distinct from ${name} or email_verified <> ${verified})`,
    )
    .execute();
}

/** By it, a list of the directory's users finds them. */
export async function rememberDirectoryId(
  transaction: DatabaseTransaction,
  id: number,
  directoryId: string,
): Promise<void> {
  await transaction
    .updateTable("users")
    .set({ directory_id: directoryId })
    .where("id", "=", id)
    .where(sql<boolean>`directory_id is distinct from ${directoryId}`)
    .execute();
}
