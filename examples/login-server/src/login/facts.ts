// What the engine is told about a user. Everything is locked already; statements that began before the locks were had would not see what
// others have committed since.

import type { LoginRequest, LoginWorkspace, Seat } from "idp-group-sync";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { highestRole } from "../roles.ts";

type Transaction = DatabaseTransaction;

/** The workspaces of a login: those of the sync list, and those in which the user has a membership. */
export async function workspacesOf(transaction: Transaction, userId: number | null): Promise<string[]> {
  if (userId === null) return [];
  const rows = await transaction
    .selectFrom("memberships")
    .select("workspace_id")
    .where("user_id", "=", userId)
    .execute();
  return rows.map((row) => row.workspace_id);
}

export async function readWorkspaces(
  transaction: Transaction,
  userId: number | null,
  ids: string[],
): Promise<LoginWorkspace[]> {
  if (userId === null || ids.length === 0) return ids.map(outsideOf);
  const memberships = await transaction
    .selectFrom("memberships")
    .select(["workspace_id", "status", "role"])
    .where("user_id", "=", userId)
    .where("workspace_id", "in", ids)
    .execute();
  const groups = await transaction
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["member.workspace_id", "groups.name", "member.granted_by"])
    .where("member.user_id", "=", userId)
    .where("member.workspace_id", "in", ids)
    .orderBy("groups.id")
    .execute();
  const withOtherAdmins = await transaction
    .selectFrom("memberships as other")
    .innerJoin("users", "users.id", "other.user_id")
    .select("other.workspace_id")
    .distinct()
    .where("other.workspace_id", "in", ids)
    .where("other.user_id", "<>", userId)
    .where("other.role", "=", highestRole)
    .where("other.status", "=", "active")
    .where("users.status", "<>", "archived")
    .execute();
  return ids.map((id) => {
    const membership = memberships.find((row) => row.workspace_id === id);
    if (!membership) return outsideOf(id);
    const present = groups.filter((row) => row.workspace_id === id);
    return {
      id,
      member: membership.status,
      membership: {
        role: membership.role,
        groups: present.map((row) => ({ name: row.name, grantedBy: row.granted_by })),
      },
      guards: { lastAdmin: !withOtherAdmins.some((row) => row.workspace_id === id) },
    };
  });
}

/** Of a workspace that is in the sync list and does not exist: the engine skips it, and says so. */
export function outsideOf(id: string): LoginWorkspace {
  return { id, member: "none" };
}

/** What the licence allows. Without an identity provider there is no single sign-on, whatever it says. */
export async function readTerms(
  database: Database,
  hasIdentityProvider: boolean,
): Promise<Omit<LoginRequest["licence"], "seats">> {
  const licence = await database.selectFrom("licence").selectAll().executeTakeFirstOrThrow();
  const { sso, group_sync: groupSync, custom_groups: customGroups } = licence;
  return { status: licence.status, features: { sso: sso && hasIdentityProvider, groupSync, customGroups } };
}

export async function readSeats(
  transaction: Transaction,
  userId: number | null,
): Promise<NonNullable<LoginRequest["licence"]["seats"]>> {
  const licence = await transaction
    .selectFrom("licence")
    .select(["seats_total", "seats_by_role"])
    .executeTakeFirstOrThrow();
  const total = licence.seats_total === null ? undefined : await seatOfTotal(transaction, userId, licence.seats_total);
  const byRole =
    licence.seats_by_role === null ? undefined : await seatsOfRoles(transaction, userId, licence.seats_by_role);
  return { ...(total && { total }), ...(byRole && { roles: byRole }) };
}

/** The user's own row does not count as a used seat: it may have been made a moment ago, for this login. */
async function seatOfTotal(transaction: Transaction, userId: number | null, limit: number): Promise<Seat> {
  const { used } = await transaction
    .selectFrom("users")
    .select(sql<number>`count(*)::integer`.as("used"))
    .where("status", "<>", "archived")
    .where("id", "is distinct from", userId)
    .executeTakeFirstOrThrow();
  return { used, limit };
}

/** Somebody who has a role in several workspaces takes one seat of it. */
async function seatsOfRoles(
  transaction: Transaction,
  userId: number | null,
  limits: Record<string, number>,
): Promise<Record<string, Seat>> {
  const rows = await transaction
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["memberships.role", sql<number>`count(distinct memberships.user_id)::integer`.as("used")])
    .where("users.status", "<>", "archived")
    .where("memberships.status", "=", "active")
    .where("memberships.user_id", "is distinct from", userId)
    .groupBy("memberships.role")
    .execute();
  const used = new Map(rows.map((row) => [row.role, row.used]));
  return Object.fromEntries(
    Object.entries(limits).map(([role, limit]) => [role, { used: used.get(role) ?? 0, limit }]),
  );
}
