// Archiving somebody by hand, which also withdraws an invitation; and what it takes away.

import type { Database } from "../database/schema.ts";
import { readMemberships } from "../login/facts.ts";
import { superAdminComesIn } from "../providers/sign-in-left.ts";
import { highestRole } from "../roles.ts";
import { CannotChange, type WorkspaceName } from "./cannot-change.ts";
import { type AdminContext, type Changed, changeUser, type LockedPerson } from "./change-user.ts";

/**
 * Whoever a sync has archived is archived by hand from then on, so that no sync restores them. `confirmed` has the workspaces that are known to
 * lose their last admin.
 */
export function archiveUser(context: AdminContext, userId: number, confirmed: string[]): Promise<Changed> {
  return changeUser(context, userId, async (transaction, person) => {
    if (person.status === "archived" && !person.archivedBySync) return null;
    if (person.status === "active" && person.superAdmin && !(await superAdminComesIn(transaction, userId))) {
      throw new CannotChange("last-super-admin");
    }
    const lost = await lastAdminOf(transaction, person);
    if (lost.some(({ workspace }) => !confirmed.includes(workspace))) {
      throw new CannotChange("last-admin-unconfirmed", { lastAdminOf: lost });
    }
    const values = { status: "archived" as const, archived_by_sync: false, invitation_hash: null };
    await transaction.updateTable("users").set(values).where("id", "=", userId).execute();
    return { change: "archived" };
  });
}

/** The workspaces whose only admin somebody is, by the rule that also guards logins. */
export async function lastAdminOf(
  database: Database,
  { id, status }: Pick<LockedPerson, "id" | "status">,
): Promise<WorkspaceName[]> {
  if (status === "archived") return [];
  const workspaces = await database
    .selectFrom("memberships")
    .innerJoin("workspaces", "workspaces.id", "memberships.workspace_id")
    .select(["workspaces.id as workspace", "workspaces.name"])
    .where("user_id", "=", id)
    .where("memberships.status", "=", "active")
    .where("role", "=", highestRole)
    .orderBy("workspaces.name")
    .orderBy("workspaces.id")
    .execute();
  const membership = await readMemberships(
    database,
    [id],
    workspaces.map(({ workspace }) => workspace),
  );
  return workspaces.filter(({ workspace }) => membership(id, workspace).guards?.lastAdmin);
}
