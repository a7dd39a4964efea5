// A workspace's groups. Whoever changes them locks the workspace and raises its `catalog_version`; see `login/locks.ts`.

import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { lockWorkspaces } from "../login/locks.ts";

export interface Group {
  id: number;
  name: string;
  requires: string | null;
  members: number;
}

/** What came of a change: the group and the new version of the catalog, or why there is none. */
export type GroupUpdate =
  | { status: "saved"; catalogVersion: number; group: Group }
  | { status: "no-workspace" | "no-group" | "name-taken" };

/** `undefined` if there is no such workspace. */
export async function readGroups(
  database: Database,
  workspace: string,
): Promise<{ catalogVersion: number; groups: Group[] } | undefined> {
  const row = await database
    .selectFrom("workspaces")
    .select("catalog_version")
    .where("id", "=", workspace)
    .executeTakeFirst();
  if (!row) return undefined;
  const groups = await withMembers(database)
    .where("groups.workspace_id", "=", workspace)
    .orderBy("groups.id")
    .execute();
  return { catalogVersion: row.catalog_version, groups };
}

export function addGroup(
  database: Database,
  workspace: string,
  { name, requires }: { name: string; requires: string | null },
): Promise<GroupUpdate> {
  return changeCatalog(database, workspace, async (transaction) => {
    if (await isTaken(transaction, workspace, name)) return "name-taken";
    const row = transaction.insertInto("groups").values({ workspace_id: workspace, name, requires }).returning("id");
    return (await row.executeTakeFirstOrThrow()).id;
  });
}

export function changeGroup(
  database: Database,
  workspace: string,
  id: number,
  change: { name?: string; requires?: string | null },
): Promise<GroupUpdate> {
  return changeCatalog(database, workspace, async (transaction) => {
    if (change.name !== undefined && (await isTaken(transaction, workspace, change.name, id))) return "name-taken";
    const row = await transaction
      .updateTable("groups")
      .set(change)
      .where("workspace_id", "=", workspace)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    return row ? row.id : "no-group";
  });
}

/** `change` gives the id of the group, or what is in the way. */
async function changeCatalog(
  database: Database,
  workspace: string,
  change: (transaction: DatabaseTransaction) => Promise<number | "no-group" | "name-taken">,
): Promise<GroupUpdate> {
  return database.transaction().execute(async (transaction) => {
    const [locked] = await lockWorkspaces(transaction, [workspace]);
    if (!locked) return { status: "no-workspace" };
    const changed = await change(transaction);
    if (typeof changed === "string") return { status: changed };
    const { catalogVersion } = await transaction
      .updateTable("workspaces")
      .set((set) => ({ catalog_version: set("catalog_version", "+", 1) }))
      .where("id", "=", workspace)
      .returning("catalog_version as catalogVersion")
      .executeTakeFirstOrThrow();
    const group = await withMembers(transaction).where("groups.id", "=", changed).executeTakeFirstOrThrow();
    return { status: "saved", catalogVersion, group };
  });
}

async function isTaken(transaction: DatabaseTransaction, workspace: string, name: string, but = 0): Promise<boolean> {
  const other = await transaction
    .selectFrom("groups")
    .select("id")
    .where("workspace_id", "=", workspace)
    .where("name", "=", name)
    .where("id", "<>", but)
    .executeTakeFirst();
  return other !== undefined;
}

function withMembers(database: Database) {
  return database
    .selectFrom("groups")
    .select((group) => [
      "groups.id",
      "groups.name",
      "groups.requires",
      group
        .selectFrom("group_memberships as member")
        .select(sql<number>`count(*)::integer`.as("members"))
        .whereRef("member.workspace_id", "=", "groups.workspace_id")
        .whereRef("member.group_id", "=", "groups.id")
        .$asScalar()
        .$notNull()
        .as("members"),
    ]);
}
