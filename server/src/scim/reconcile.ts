// What a directory says of somebody becomes what they have here. Of the locks in `login/locks.ts`, rows of SCIM come before all others: a group,
// its members by id, and then, one member at a time, the user.

import type { DatabaseTransaction } from "../database/schema.ts";
import { type ReconcileContext, type ReconciledUser, reconcileIn } from "../login/reconcile-user.ts";
import { recordReconciled } from "../telemetry/metrics.ts";
import { findLinked, lockLinked, type Provider, type Provisioned } from "./link-user.ts";

export type ScimContext = ReconcileContext & {
  provider: Provider;
  /** The address under which clients find the resources. */
  base: string;
};

/** The row is locked. */
export async function reconcileProvisioned(
  transaction: DatabaseTransaction,
  context: Omit<ReconcileContext, "database"> & { provider: Provider },
  person: Provisioned & { active: boolean },
  isDeleted = false,
): Promise<ReconciledUser | null> {
  // Whoever was never linked to a user is nobody's to archive.
  if (isDeleted && person.user_id === null) return null;
  const directory = isDeleted ? "absent" : person.active ? "active" : "inactive";
  const known = await findLinked(transaction, context.provider, person);
  const subject = person.external_id ?? person.user_name;
  const said = await saidOfGroups(transaction, context.provider, person.id, known);
  const find = (locking: DatabaseTransaction) => lockLinked(locking, context.provider.id, known, person);
  const reconciled = await reconcileIn(transaction, context, find, { by: "scim", subject, directory, ...said });
  await transaction
    .updateTable("scim_users")
    .set({ user_id: reconciled.userId, due_at: null })
    .where("id", "=", person.id)
    .execute();
  // A transaction that is tried again counts again.
  recordReconciled("scim", reconciled.auditId === null ? "nothing" : "applied");
  return reconciled;
}

/**
 * A directory that tells of no group at all tells of users alone: what groups they have, their tokens say, and the last one still holds.
 */
async function saidOfGroups(
  transaction: DatabaseTransaction,
  provider: Provider,
  id: string,
  user: number | undefined,
): Promise<{ groups: string[] } | { claims: Record<string, unknown> }> {
  const any = await transaction
    .selectFrom("scim_groups")
    .select("id")
    .where("provider_id", "=", provider.id)
    .limit(1)
    .executeTakeFirst();
  const token =
    any || user === undefined
      ? undefined
      : await transaction.selectFrom("known_claims").select("claims").where("user_id", "=", user).executeTakeFirst();
  return token ? { claims: token.claims } : { groups: await groupsOf(transaction, provider, id) };
}

async function groupsOf(transaction: DatabaseTransaction, provider: Provider, id: string): Promise<string[]> {
  const groups = await transaction
    .selectFrom("scim_group_members")
    .innerJoin("scim_groups", "scim_groups.id", "scim_group_members.group_id")
    .select(["scim_groups.display_name", "scim_groups.external_id"])
    .where("scim_user_id", "=", id)
    .orderBy("scim_groups.created_at")
    .orderBy("scim_groups.id")
    .execute();
  return [...new Set(groups.map((group) => groupName(provider, group)))];
}

/** What mappings call a group. */
function groupName({ groupNames }: Provider, group: { display_name: string; external_id: string | null }): string {
  return (groupNames === "externalId" ? group.external_id : null) ?? group.display_name;
}
