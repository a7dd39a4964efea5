// What can be granted in a workspace, in the engine's shape.

import type { Catalog } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { roles } from "../roles.ts";

export async function readCatalogs(database: Database, workspaces: string[]): Promise<Record<string, Catalog>> {
  // Without a prototype: an id like `__proto__` finds nothing that is no workspace's.
  const catalogs: Record<string, Catalog> = Object.create(null);
  for (const id of workspaces) catalogs[id] = { roles, groups: [] };
  if (workspaces.length === 0) return catalogs;
  const rows = await database
    .selectFrom("groups")
    .select(["workspace_id", "name", "requires"])
    .where("workspace_id", "in", workspaces)
    .orderBy("id")
    .execute();
  for (const { workspace_id, name, requires } of rows) {
    catalogs[workspace_id]?.groups.push(requires === null ? { name } : { name, requires });
  }
  return catalogs;
}
