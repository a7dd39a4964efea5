// Who has what, in the shape that tests say it in.

import type { Database } from "../../../src/database/schema.ts";

/** By workspace, `"role: group, group"`, the groups in alphabetical order. */
export type Places = Record<string, string>;

/** The places of everybody who has a subject or an e-mail address, by either. */
export async function placesOf(database: Database): Promise<Record<string, Places>> {
  const memberships = await database
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["user_id", "subject", "email", "workspace_id", "role"])
    .orderBy("user_id")
    .orderBy("workspace_id")
    .execute();
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["user_id", "member.workspace_id", "name"])
    .orderBy("name")
    .execute();
  const everybody: Record<string, Places> = {};
  for (const { user_id, subject, email, workspace_id, role } of memberships) {
    const names = groups.filter((group) => group.user_id === user_id && group.workspace_id === workspace_id);
    const place = names.length === 0 ? role : `${role}: ${names.map(({ name }) => name).join(", ")}`;
    const who = subject ?? email ?? "";
    everybody[who] = { ...everybody[who], [workspace_id]: place };
  }
  return everybody;
}

/** Makes what somebody has by hand: this role and these groups, and no others. */
export async function giveByHand(
  database: Database,
  subject: string,
  workspace: string,
  { role, groups }: { role: string; groups: string[] },
): Promise<void> {
  const { id } = await database
    .selectFrom("users")
    .select("id")
    .where("subject", "=", subject)
    .executeTakeFirstOrThrow();
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("memberships")
      .values({ user_id: id, workspace_id: workspace, role })
      .onConflict((conflict) => conflict.columns(["user_id", "workspace_id"]).doUpdateSet({ role }))
      .execute();
    await transaction
      .deleteFrom("group_memberships")
      .where("user_id", "=", id)
      .where("workspace_id", "=", workspace)
      .execute();
    for (const name of groups) {
      const { id: group } = await transaction
        .selectFrom("groups")
        .select("id")
        .where("workspace_id", "=", workspace)
        .where("name", "=", name)
        .executeTakeFirstOrThrow();
      const row = { user_id: id, workspace_id: workspace, group_id: group, granted_by: "manual" as const };
      await transaction.insertInto("group_memberships").values(row).execute();
    }
  });
}
