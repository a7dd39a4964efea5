// Scenarios and guarantees that are to be stored together with settings.

import { GroupSyncError } from "idp-group-sync";
import type { Database } from "../../database/schema.ts";
import type { SavedSet } from "../../settings/scenarios.ts";
import { ApiError } from "../errors.ts";
import { requireRunnable } from "../scenarios/hold.ts";

/** Refuses what could never be run, or is about a workspace that there is not. */
export async function requireStorable(database: Database, sets: SavedSet[]): Promise<void> {
  const named = sets.flatMap(({ workspace }) => workspace ?? []);
  const found = await database
    .selectFrom("workspaces")
    .select("id")
    .where("id", "in", ["", ...named])
    .execute();
  const known = new Set<string | null>([null, ...found.map(({ id }) => id)]);
  for (const [index, { workspace, set }] of sets.entries()) {
    const place = `expectations[${index}]`;
    if (!known.has(workspace)) {
      const message = "there is no such workspace";
      throw new ApiError(422, { code: "no-such-workspace", message, path: `${place}.workspace` });
    }
    try {
      requireRunnable(set);
    } catch (error) {
      if (!(error instanceof GroupSyncError)) throw error;
      const { code, message, path = "" } = error;
      throw new ApiError(400, { code, message, path: `${place}.set.${path}` });
    }
  }
}
