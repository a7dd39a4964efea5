// What the engine is told about the licence, and about the seats of it that are taken.

import type { LoginRequest, Seat } from "idp-group-sync";
import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

type Licence = NonNullable<LoginRequest["licence"]>;
export type Terms = Omit<Licence, "seats">;
export type Seats = NonNullable<Licence["seats"]>;

/** What the licence allows. Without an identity provider there is no single sign-on, whatever it says. */
export async function readTerms(database: Database, hasIdentityProvider: boolean): Promise<Terms> {
  const licence = await database.selectFrom("licence").selectAll().executeTakeFirstOrThrow();
  const { sso, group_sync: groupSync, custom_groups: customGroups } = licence;
  return { status: licence.status, features: { sso: sso && hasIdentityProvider, groupSync, customGroups } };
}

/** The seats that others have taken, for each of the users: whose own row may have been made a moment ago, for this login. */
export async function readSeats(database: Database, users: number[]): Promise<(user: number | null) => Seats> {
  const licence = await database
    .selectFrom("licence")
    .select(["seats_total", "seats_by_role"])
    .executeTakeFirstOrThrow();
  const total = licence.seats_total === null ? null : await seatsOfTotal(database, users, licence.seats_total);
  const byRole = licence.seats_by_role === null ? null : await seatsOfRoles(database, users, licence.seats_by_role);
  return (user) => ({ ...(total && { total: total(user) }), ...(byRole && { roles: byRole(user) }) });
}

async function seatsOfTotal(database: Database, users: number[], limit: number) {
  const { used, own } = await database
    .selectFrom("users")
    .select(sql<number>`count(*)::integer`.as("used"))
    .select(sql<number[]>`coalesce(json_agg(id) filter (where id = any(${users}::integer[])), '[]')`.as("own"))
    .where("status", "<>", "archived")
    .executeTakeFirstOrThrow();
  return othersOf({ used, own }, limit);
}

/** Somebody who has a role in several workspaces takes one seat of it. */
async function seatsOfRoles(database: Database, users: number[], limits: Record<string, number>) {
  const mine = sql<
    number[]
  >`coalesce(json_agg(distinct users.id) filter (where users.id = any(${users}::integer[])), '[]')`;
  const rows = await database
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["memberships.role", sql<number>`count(distinct users.id)::integer`.as("used"), mine.as("own")])
    .where("users.status", "<>", "archived")
    .where("memberships.status", "=", "active")
    .groupBy("memberships.role")
    .execute();
  const taken = new Map(rows.map((row) => [row.role, row]));
  const seats = Object.entries(limits).map(
    ([role, limit]) => [role, othersOf(taken.get(role) ?? { used: 0, own: [] }, limit)] as const,
  );
  return (user: number | null) => Object.fromEntries(seats.map(([role, seat]) => [role, seat(user)]));
}

function othersOf({ used, own }: { used: number; own: number[] }, limit: number): (user: number | null) => Seat {
  const owners = new Set(own);
  return (user) => ({ used: user !== null && owners.has(user) ? used - 1 : used, limit });
}
