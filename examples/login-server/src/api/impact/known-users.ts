// The users whose last token is known, by pages, with what they have: so that it takes no more memory for more users.

import { sql } from "kysely";
import type { Database, UserStatus } from "../../database/schema.ts";

export interface KnownUser {
  id: number;
  name: string | null;
  email: string | null;
  emailVerified: boolean;
  /** As JSON. */
  claims: string;
  /** By workspace. */
  memberships: Map<string, { status: UserStatus; role: string; groups: PresentGroup[] }>;
}

interface PresentGroup {
  name: string;
  grantedBy: "sync" | "manual";
}

const page = 200;

/** Those who can sign in, with what they have in these workspaces. */
export async function* knownUsers(database: Database, workspaces: string[]): AsyncGenerator<KnownUser[]> {
  for (let after = 0; ; ) {
    const users = await readPage(database, after, workspaces);
    const last = users.at(-1);
    if (!last) return;
    yield users;
    if (users.length < page) return;
    after = last.id;
  }
}

/** How many there are, and how many whose claims are not known. */
export async function countUsers(database: Database): Promise<{ known: number; unknown: number }> {
  return database
    .selectFrom("users")
    .leftJoin("known_claims", "known_claims.user_id", "users.id")
    .select([
      sql<number>`count(known_claims.user_id)::integer`.as("known"),
      sql<number>`(count(*) - count(known_claims.user_id))::integer`.as("unknown"),
    ])
    .where("status", "<>", "archived")
    .executeTakeFirstOrThrow();
}

async function readPage(database: Database, after: number, workspaces: string[]): Promise<KnownUser[]> {
  const rows = await database
    .selectFrom("users")
    .innerJoin("known_claims", "known_claims.user_id", "users.id")
    .select(["users.id", "name", "email", "email_verified as emailVerified", sql<string>`claims::text`.as("claims")])
    .where("status", "<>", "archived")
    .where("users.id", ">", after)
    .orderBy("users.id")
    .limit(page)
    .execute();
  const users = new Map(rows.map((row) => [row.id, { ...row, memberships: new Map() } as KnownUser]));
  if (users.size === 0 || workspaces.length === 0) return [...users.values()];
  const memberships = await database
    .selectFrom("memberships")
    .select(["user_id", "workspace_id", "status", "role"])
    .where("user_id", "in", [...users.keys()])
    .where("workspace_id", "in", workspaces)
    .execute();
  for (const { user_id, workspace_id, status, role } of memberships) {
    users.get(user_id)?.memberships.set(workspace_id, { status, role, groups: [] });
  }
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["member.user_id", "member.workspace_id", "groups.name", "member.granted_by as grantedBy"])
    .where("member.user_id", "in", [...users.keys()])
    .where("member.workspace_id", "in", workspaces)
    .orderBy("groups.id")
    .execute();
  for (const { user_id, workspace_id, ...group } of groups) {
    users.get(user_id)?.memberships.get(workspace_id)?.groups.push(group);
  }
  return [...users.values()];
}
