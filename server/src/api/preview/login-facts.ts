// What a login of somebody would be decided from, whatever the settings are: as a login reads it, and nothing is locked.

import type { ClaimOptions } from "idp-group-sync";
import type { Static } from "typebox";
import { unseenClaims } from "../../claims/seen-claims.ts";
import type { Database, DatabaseTransaction } from "../../database/schema.ts";
import { readMemberships, workspacesOf } from "../../login/facts.ts";
import { readSeats, readTerms } from "../../login/licence.ts";
import { factsOfUser } from "../../login/locked-facts.ts";
import type { LoginFacts } from "../../login/login-request.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import type { LoginFactsAnswer } from "../schemas/trying-out.ts";

/** Of these users, as far as they exist, and of somebody new; and which of these claims nobody has ever had. */
export function loginFacts(
  database: Database,
  userIds: number[],
  claims: ClaimOptions[],
): Promise<Static<typeof LoginFactsAnswer>> {
  // All of it as it was at one moment.
  return database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (transaction) => {
      const workspaces = await readWorkspaces(transaction);
      const ids = workspaces.map(({ id }) => id);
      const catalogs = await readCatalogs(transaction, ids);
      const people = await readPeople(transaction, userIds);
      const facts = await readLoginFacts(transaction, people, ids);
      return {
        workspaces: workspaces.map(({ id, name }) => ({ id, name, catalog: catalogs[id] ?? { groups: [] } })),
        somebodyNew: facts(null),
        unseenClaims: await unseenClaims(transaction, claims),
        users: people.map((user) => ({ user: personOf(user), claims: user.claims, facts: facts(user) })),
      };
    });
}

type Known = Awaited<ReturnType<typeof readPeople>>[number];

/** What is known of each of these people, who are something in no other workspaces than these; `null` is somebody new. */
export async function readLoginFacts(
  transaction: DatabaseTransaction,
  people: Known[],
  ids: string[],
): Promise<(user: Known | null) => LoginFacts> {
  const users = people.map(({ id }) => id);
  const own = await workspacesOf(transaction, users);
  const membership = await readMemberships(transaction, users, ids);
  const terms = await readTerms(transaction, true);
  const seats = await readSeats(transaction, users);
  const options = await transaction.selectFrom("instance").selectAll().executeTakeFirstOrThrow();
  return (user) => {
    const mine = new Set(user ? own.get(user.id) : []);
    return {
      user: user ? { exists: true, ...factsOfUser(user) } : { exists: false },
      licence: { ...terms, seats: seats(user?.id ?? null) },
      passwordLogin: options.password_login,
      signup: options.signup,
      workspaces: ids.filter((id) => mine.has(id)).map((id) => membership(user?.id ?? null, id)),
    };
  };
}

export async function readPeople(transaction: DatabaseTransaction, ids: number[]) {
  if (ids.length === 0) return [];
  return transaction
    .selectFrom("users")
    .leftJoin("known_claims", "known_claims.user_id", "users.id")
    .select(["users.id", "name", "email", "email_verified as emailVerified", "status"])
    .select(["super_admin as superAdmin", "exempt", "claims"])
    .where("users.id", "in", ids)
    .orderBy("users.id")
    .execute();
}

export function personOf({ id, name, email, emailVerified }: Known) {
  return { id, name, email, emailVerified };
}

/** In the order in which a login takes them: these, or all. */
export async function readWorkspaces(transaction: DatabaseTransaction, ids?: string[]) {
  const all = transaction.selectFrom("workspaces").select(["id", "name"]).orderBy("id");
  return (ids === undefined ? all : all.where("id", "in", ids)).execute();
}
