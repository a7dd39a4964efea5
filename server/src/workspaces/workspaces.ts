// The application's workspaces, as admins make and rename them.

import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { lockInstance } from "../login/locks.ts";
import { suggestedId } from "./new-id.ts";

export interface Workspace {
  id: string;
  name: string;
  catalogVersion: number;
}

/** Without an id, one is made of the name; `null` if there is a workspace of this id. */
export function createWorkspace(
  database: Database,
  { id: given, name }: { id?: string; name: string },
): Promise<Workspace | null> {
  return database.transaction().execute(async (transaction) => {
    // One at a time, and none while one is deleted.
    await lockInstance(transaction, "update");
    const rows = await transaction.selectFrom("workspaces").select("id").execute();
    const taken = new Set(rows.map(({ id }) => id));
    const id = given ?? suggestedId(name, taken);
    if (taken.has(id)) return null;
    // A catalog of a deleted workspace of this id may be compiled still, or stand in the audit: no version of one comes twice.
    const { retired_catalog_version: retired } = await transaction
      .selectFrom("instance")
      .select("retired_catalog_version")
      .executeTakeFirstOrThrow();
    const catalogVersion = retired + 1;
    await transaction.insertInto("workspaces").values({ id, name, catalog_version: catalogVersion }).execute();
    return { id, name, catalogVersion };
  });
}

/** Whether there is such a workspace. */
export async function renameWorkspace(database: Database, id: string, name: string): Promise<boolean> {
  const row = await database
    .updateTable("workspaces")
    .set({ name })
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** What goes with a workspace. */
export interface Losses {
  /** People with a membership, of whatever status. */
  members: number;
  /** Those of them who have no other. */
  membersOnlyHere: number;
  groups: number;
  scenarios: number;
  guarantees: number;
}

export async function readLosses(database: Database, id: string): Promise<Losses> {
  const { members, membersOnlyHere } = await database
    .selectFrom("memberships as own")
    .select(sql<number>`count(*)::integer`.as("members"))
    .select(
      sql<number>`(count(*) filter (where not exists (
        select from memberships as other where other.user_id = own.user_id and other.workspace_id <> own.workspace_id
      )))::integer`.as("membersOnlyHere"),
    )
    .where("workspace_id", "=", id)
    .executeTakeFirstOrThrow();
  const { groups } = await database
    .selectFrom("groups")
    .select(sql<number>`count(*)::integer`.as("groups"))
    .where("workspace_id", "=", id)
    .executeTakeFirstOrThrow();
  const set = await database
    .selectFrom("scenario_sets")
    .select(["scenarios", "guarantees"])
    .where("workspace_id", "=", id)
    .executeTakeFirst();
  const [scenarios, guarantees] = [set?.scenarios.length ?? 0, set?.guarantees.length ?? 0];
  return { members, membersOnlyHere, groups, scenarios, guarantees };
}
