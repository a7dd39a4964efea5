// Expectations that are kept beside a mapping: those of the instance, and of each workspace.

import type { Scenario } from "idp-group-sync";
import type { Database } from "../database/schema.ts";

export interface ScenarioSet {
  /** 0 if nothing was stored yet. */
  version: number;
  scenarios: Scenario[];
}

export const noScenarios: ScenarioSet = { version: 0, scenarios: [] };

/** All that are stored, by workspace; `null` is the instance. */
export async function readScenarios(database: Database): Promise<Map<string | null, ScenarioSet>> {
  const rows = await database
    .selectFrom("scenario_sets")
    .select(["workspace_id", "version", "scenarios"])
    .orderBy("workspace_id")
    .execute();
  return new Map(rows.map(({ workspace_id, ...set }) => [workspace_id, set]));
}

/** `null` if those that are stored are no longer those that the admin has seen. */
export async function saveScenarios(
  database: Database,
  { workspace, seen, scenarios, by }: { workspace: string | null; seen: number; scenarios: Scenario[]; by: number },
): Promise<ScenarioSet | null> {
  const text = JSON.stringify(scenarios);
  const saved =
    seen === 0
      ? await database
          .insertInto("scenario_sets")
          .values({ workspace_id: workspace, version: 1, scenarios: text, changed_by: by })
          .onConflict((conflict) => conflict.doNothing())
          .returning("version")
          .executeTakeFirst()
      : await database
          .updateTable("scenario_sets")
          .set({ version: seen + 1, scenarios: text, changed_by: by, changed_at: new Date() })
          .where("workspace_id", "is not distinct from", workspace)
          .where("version", "=", seen)
          .returning("version")
          .executeTakeFirst();
  return saved ? { version: saved.version, scenarios } : null;
}
