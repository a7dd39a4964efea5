// Users, by pages and one by one.

import { type SqlBool, sql } from "kysely";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { lastAdminOf } from "../../people/archive.ts";
import { superAdminComesIn } from "../../providers/sign-in-left.ts";
import type { User, UserAnswer, UsersAnswer, UsersQuery } from "../schemas/people.ts";

export type UserSearch = Omit<Static<typeof UsersQuery>, "limit"> & { limit: number };

export async function listUsers(
  database: Database,
  { search = "", workspace, status, archivedBySync, exempt, superAdmin, after = 0, limit }: UserSearch,
): Promise<Static<typeof UsersAnswer>> {
  const rows = await usersWithLogin(database)
    .where("users.id", ">", after)
    .$if(search !== "", (query) => query.where(({ or }) => or(fields.map((field) => contains(field, search)))))
    .$if(workspace !== undefined, (query) =>
      query.where("users.id", "in", (members) =>
        members
          .selectFrom("memberships")
          .select("user_id")
          .where("workspace_id", "=", workspace ?? ""),
      ),
    )
    .$if(status !== undefined, (query) => query.where("status", "=", status ?? "active"))
    .$if(archivedBySync !== undefined, (query) =>
      query.where("status", "=", "archived").where("archived_by_sync", "=", archivedBySync === true),
    )
    .$if(exempt !== undefined, (query) => query.where("exempt", "=", exempt === true))
    .$if(superAdmin !== undefined, (query) => query.where("super_admin", "=", superAdmin === true))
    .orderBy("users.id")
    .limit(limit + 1)
    .execute();
  const users = rows.slice(0, limit).map(shown);
  return { users, next: rows.length > limit ? (users.at(-1)?.id ?? null) : null };
}

const fields = ["users.name", "users.email", "users.subject"] as const;

/** `position`, as nothing in a text stands for something else there. */
function contains(field: (typeof fields)[number], text: string) {
  return sql<SqlBool>`position(lower(${text}) in lower(${sql.ref(field)})) > 0`;
}

export async function readUser(database: Database, id: number): Promise<Static<typeof UserAnswer> | undefined> {
  const row = await usersWithLogin(database).where("users.id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const known = await database
    .selectFrom("known_claims")
    .select(["at", "claims"])
    .where("user_id", "=", id)
    .executeTakeFirst();
  return {
    user: shown(row),
    standing: await standingOf(database, row),
    memberships: await membershipsOf(database, id),
    claims: known ? { at: known.at.toISOString(), claims: known.claims } : null,
  };
}

export async function userById(database: Database, id: number): Promise<Static<typeof User> | undefined> {
  const row = await usersWithLogin(database).where("users.id", "=", id).executeTakeFirst();
  return row && shown(row);
}

/** What archiving them would take away, and what became of them last. */
async function standingOf(
  database: Database,
  { id, status, superAdmin }: UserRow,
): Promise<Static<typeof UserAnswer>["standing"]> {
  const { sessions } = await database
    .selectFrom("sessions")
    .select(sql<number>`count(*)::integer`.as("sessions"))
    .where("user_id", "=", id)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  const last = await database
    .selectFrom("audit")
    .leftJoin("users", "users.id", "audit.actor_id")
    .select(["user_change as change", "at", "method", "note"])
    .select(["users.id", "users.name", "users.email", "users.email_verified as emailVerified"])
    .where("user_id", "=", id)
    .where("user_change", "is not", null)
    .orderBy("audit.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    sessions,
    lastSuperAdmin: superAdmin && status === "active" && !(await superAdminComesIn(database, id)),
    lastAdminOf: await lastAdminOf(database, { id, status }),
    lastChange: last?.change
      ? {
          change: last.change,
          at: last.at.toISOString(),
          by:
            last.id === null
              ? null
              : { id: last.id, name: last.name, email: last.email, emailVerified: last.emailVerified === true },
          method: last.method,
          note: last.note,
        }
      : null,
  };
}

/** Whose account it is at the identity provider. */
export async function userOfIdentity(
  database: Database,
  issuer: string,
  subject: string,
): Promise<Static<typeof User> | null> {
  const row = await usersWithLogin(database)
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row ? shown(row) : null;
}

async function membershipsOf(database: Database, id: number): Promise<Static<typeof UserAnswer>["memberships"]> {
  const memberships = await database
    .selectFrom("memberships")
    .innerJoin("workspaces", "workspaces.id", "memberships.workspace_id")
    .select(["workspaces.id as workspace", "workspaces.name", "memberships.status", "memberships.role"])
    .select("role_granted_by as roleGrantedBy")
    .where("user_id", "=", id)
    .orderBy("workspaces.name")
    .orderBy("workspaces.id")
    .execute();
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["member.workspace_id", "groups.name", "member.granted_by", "member.granted_at"])
    .where("member.user_id", "=", id)
    .orderBy("groups.id")
    .execute();
  return memberships.map((membership) => ({
    ...membership,
    groups: groups
      .filter((group) => group.workspace_id === membership.workspace)
      .map(({ name, granted_by, granted_at }) => {
        return { name, grantedBy: granted_by, grantedAt: granted_at.toISOString() };
      }),
  }));
}

function usersWithLogin(database: Database) {
  return database
    .selectFrom("users")
    .leftJoin("known_claims", "known_claims.user_id", "users.id")
    .select(["users.id", "name", "email", "email_verified as emailVerified", "subject", "status"])
    .select(["super_admin as superAdmin", "exempt", "archived_by_sync as archivedBySync", "known_claims.at"]);
}

type UserRow = Omit<Static<typeof User>, "lastSingleSignOn"> & { at: Date | null };

function shown({ at, ...user }: UserRow): Static<typeof User> {
  return { ...user, lastSingleSignOn: at === null ? null : at.toISOString() };
}
