// The next logins of the users whose last token is known, by pages, with the facts that a login has: so that it takes no more memory for more
// users.

import { sql } from "kysely";
import type { Database } from "../../database/schema.ts";
import { factsOfMany } from "../../login/facts-of-many.ts";
import type { KnownLogin } from "./comparison.ts";

const page = 200;

/** Of those who can sign in, in these workspaces and all others in which they have a membership. */
export async function* knownLogins(database: Database, workspaces: string[]): AsyncGenerator<KnownLogin[]> {
  for (let after = 0; ; ) {
    const logins = await readPage(database, after, workspaces);
    const last = logins.at(-1);
    if (!last) return;
    yield logins;
    if (logins.length < page) return;
    after = last.user.id;
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

async function readPage(database: Database, after: number, workspaces: string[]): Promise<KnownLogin[]> {
  const rows = await database
    .selectFrom("users")
    .innerJoin("known_claims", "known_claims.user_id", "users.id")
    .select(["users.id", "name", "email", "email_verified as emailVerified", "status"])
    .select(["super_admin as superAdmin", "exempt"])
    .select(sql<string>`claims::text`.as("claims"))
    .where("status", "<>", "archived")
    .where("users.id", ">", after)
    .orderBy("users.id")
    .limit(page)
    .execute();
  const facts = await factsOfMany(database, rows, workspaces);
  return rows.map(({ claims, status, superAdmin, exempt, ...user }) => ({
    user,
    claims,
    request: facts({ id: user.id, status, superAdmin, exempt }),
  }));
}
