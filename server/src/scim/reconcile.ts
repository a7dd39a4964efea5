// What a directory says of somebody becomes what they have here. Of the locks in `login/locks.ts`, rows of SCIM come before all others: a group,
// its members by id, and then, one member at a time, the user.

import type { DatabaseTransaction } from "../database/schema.ts";
import { type ReconcileContext, type ReconciledUser, reconcileIn } from "../login/reconcile-user.ts";
import { lockProvisioned, type Provider, type Provisioned } from "./link-user.ts";

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
  const groups = await groupsOf(transaction, context.provider, person.id);
  const find = (locking: DatabaseTransaction) => lockProvisioned(locking, context.provider, person);
  const subject = person.external_id ?? person.user_name;
  const reconciled = await reconcileIn(transaction, context, find, { by: "scim", subject, directory, groups });
  await transaction
    .updateTable("scim_users")
    .set({ user_id: reconciled.userId, due_at: null })
    .where("id", "=", person.id)
    .execute();
  return reconciled;
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
