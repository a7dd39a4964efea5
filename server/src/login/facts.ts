// What the engine is told about users: about one at their login, when everything is locked already (statements that began before the locks were
// had would not see what others have committed since), and about many at once for what a change of the settings would do to their logins.

import type { LoginWorkspace } from "idp-group-sync";
import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { highestRole } from "../roles.ts";
import { outsideOf } from "./login-request.ts";

/** The workspaces in which each user has a membership. */
export async function workspacesOf(database: Database, users: number[]): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>(users.map((user) => [user, []]));
  if (users.length === 0) return found;
  const rows = await database
    .selectFrom("memberships")
    .select(["user_id", "workspace_id"])
    .where("user_id", "in", users)
    .execute();
  for (const { user_id, workspace_id } of rows) found.get(user_id)?.push(workspace_id);
  return found;
}

/** What each of the users is in these workspaces, by user and workspace. */
export async function readMemberships(
  database: Database,
  users: number[],
  ids: string[],
): Promise<(user: number | null, id: string) => LoginWorkspace> {
  if (users.length === 0 || ids.length === 0) return (_user, id) => outsideOf(id);
  const memberships = await database
    .selectFrom("memberships")
    .select(["user_id", "workspace_id", "status", "role", "role_granted_by"])
    .where("user_id", "in", users)
    .where("workspace_id", "in", ids)
    .execute();
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["member.user_id", "member.workspace_id", "groups.name", "member.granted_by"])
    .where("member.user_id", "in", users)
    .where("member.workspace_id", "in", ids)
    .orderBy("groups.id")
    .execute();
  const admins = await readAdmins(database, ids);
  const key = (user: number | null, id: string) => JSON.stringify([user, id]);
  const found = new Map<string, Required<LoginWorkspace>>();
  for (const { user_id: user, workspace_id: id, status, role, role_granted_by: roleGrantedBy } of memberships) {
    const { count = 0, first } = admins.get(id) ?? {};
    const others = count - (first === user && count === 1 ? 1 : 0);
    const guards = { lastAdmin: others === 0 };
    found.set(key(user, id), { id, member: status, membership: { role, roleGrantedBy, groups: [] }, guards });
  }
  for (const { user_id, workspace_id, name, granted_by } of groups) {
    found.get(key(user_id, workspace_id))?.membership.groups?.push({ name, grantedBy: granted_by });
  }
  return (user, id) => found.get(key(user, id)) ?? outsideOf(id);
}

/** How many active admins each of the workspaces has, and who is one of them. */
async function readAdmins(database: Database, ids: string[]) {
  const rows = await database
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select("workspace_id")
    .select([sql<number>`count(*)::integer`.as("count"), sql<number>`min(users.id)`.as("first")])
    .where("workspace_id", "in", ids)
    .where("role", "=", highestRole)
    .where("memberships.status", "=", "active")
    .where("users.status", "<>", "archived")
    .groupBy("workspace_id")
    .execute();
  return new Map(rows.map((row) => [row.workspace_id, row]));
}
