// Carries a plan out: exactly what it says, and nothing else.

import type { SyncPlan } from "idp-group-sync";
import type { DatabaseTransaction } from "../database/schema.ts";

export async function applyPlan(
  transaction: DatabaseTransaction,
  userId: number,
  workspace: string,
  { role, join, leave }: Extract<SyncPlan, { status: "change" }>,
): Promise<void> {
  // A role that stays is still whoever's it was.
  if (role.from !== role.to) {
    const given = { role: role.to, role_granted_by: "sync" as const };
    await transaction
      .insertInto("memberships")
      .values({ user_id: userId, workspace_id: workspace, ...given })
      .onConflict((conflict) => conflict.columns(["user_id", "workspace_id"]).doUpdateSet(given))
      .execute();
  }
  if (leave.length > 0) {
    await transaction
      .deleteFrom("group_memberships")
      .where("user_id", "=", userId)
      .where("group_id", "in", (groups) =>
        groups.selectFrom("groups").select("id").where("workspace_id", "=", workspace).where("name", "in", leave),
      )
      .execute();
  }
  if (join.length > 0) {
    const joined = await transaction
      .insertInto("group_memberships")
      .columns(["user_id", "workspace_id", "group_id", "granted_by"])
      .expression((from) =>
        from
          .selectFrom("groups")
          .select((group) => [
            group.val(userId).as("user_id"),
            "workspace_id",
            "id",
            group.val<"sync">("sync").as("granted_by"),
          ])
          .where("workspace_id", "=", workspace)
          .where("name", "in", join),
      )
      .executeTakeFirst();
    if (Number(joined.numInsertedOrUpdatedRows) !== join.length) {
      throw new Error(`the workspace \`${workspace}\` no longer has all groups that its catalog had`);
    }
  }
}
