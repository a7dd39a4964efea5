// What is locked before it is read, and in which order: the user, the instance, the workspaces by id. Whoever keeps to the order never
// waits in a circle. Rows of SCIM come before all of these (`scim/reconcile.ts`). An admin's change takes the same locks, those that it needs:
//
// - the settings, the licence, the sign-in options: the instance, for update;
// - making and deleting a workspace: the instance, for update, and what is deleted;
// - a workspace's groups (which raises `catalog_version`), somebody's role or groups there: the workspace;
// - archiving somebody: the user, and all workspaces in which they have a membership, since they may have been counted as its admin.

import type { DatabaseTransaction } from "../database/schema.ts";

/** `share` keeps what holds for the instance as it is; `update` also lets nobody else past. */
export async function lockInstance(transaction: DatabaseTransaction, strength: "share" | "update"): Promise<void> {
  const row = transaction.selectFrom("instance").select("singleton");
  await (strength === "share" ? row.forShare() : row.forNoKeyUpdate()).executeTakeFirstOrThrow();
}

export interface LockedWorkspace {
  id: string;
  catalog_version: number;
}

/** Those of the workspaces that exist, by id. Not `for update`, which would also keep others from referring to a workspace's row. */
export async function lockWorkspaces(transaction: DatabaseTransaction, ids: string[]): Promise<LockedWorkspace[]> {
  if (ids.length === 0) return [];
  return transaction
    .selectFrom("workspaces")
    .select(["id", "catalog_version"])
    .where("id", "in", ids)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}
