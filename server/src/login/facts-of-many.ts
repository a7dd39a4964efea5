// What the engine is told about many users at once, besides how they are known and what is said of their groups.

import type { LoginRequest, LoginWorkspace } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { readMemberships, workspacesOf } from "./facts.ts";
import type { LockedUser } from "./find-user.ts";
import { readSeats, readTerms } from "./licence.ts";
import { factsOfUser } from "./locked-facts.ts";

export type RowOfUser = Pick<LockedUser, "id" | "status" | "superAdmin" | "exempt">;
export type FactsOfUser = Pick<LoginRequest, "licence"> & {
  user: { exists: true } & ReturnType<typeof factsOfUser>;
  workspaces: LoginWorkspace[];
};

/** Of each of the users, in these workspaces and all others in which they have a membership. */
export async function factsOfMany(
  database: Database,
  rows: RowOfUser[],
  workspaces: string[],
): Promise<(row: RowOfUser) => FactsOfUser> {
  const users = rows.map(({ id }) => id);
  const own = await workspacesOf(database, users);
  const membership = await readMemberships(database, users, [...new Set([...workspaces, ...[...own.values()].flat()])]);
  const terms = await readTerms(database, true);
  const seats = await readSeats(database, users);
  return (row) => ({
    user: { exists: true, ...factsOfUser(row) },
    licence: { ...terms, seats: seats(row.id) },
    workspaces: [...new Set([...workspaces, ...(own.get(row.id) ?? [])])].map((id) => membership(row.id, id)),
  });
}
