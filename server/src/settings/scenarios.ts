// Scenarios and guarantees that are kept beside a mapping: those of the instance, and of each workspace.

import type { Guarantee, Scenario } from "idp-group-sync";
import { isMissingReference } from "../database/failures.ts";
import type { Database } from "../database/schema.ts";

export interface ScenarioSet {
  /** 0 if nothing was stored yet. */
  version: number;
  scenarios: Scenario[];
  guarantees: Guarantee[];
}

/** Those of a workspace, or of the instance (`null`). */
export interface SavedSet {
  workspace: string | null;
  set: ScenarioSet;
}

export const noScenarios: ScenarioSet = { version: 0, scenarios: [], guarantees: [] };

/** All that are stored, by workspace; `null` is the instance. */
export async function readScenarios(database: Database): Promise<Map<string | null, ScenarioSet>> {
  const rows = await database
    .selectFrom("scenario_sets")
    .select(["workspace_id", "version", "scenarios", "guarantees"])
    .orderBy("workspace_id")
    .execute();
  return new Map(rows.map(({ workspace_id, ...set }) => [workspace_id, set]));
}

/** `null` if those that are stored are no longer those that the admin has seen, or the workspace is gone. */
export async function saveScenarios(
  database: Database,
  workspace: string | null,
  set: ScenarioSet,
  by: number,
): Promise<ScenarioSet | null> {
  return store(database, workspace, set, by).catch((error: unknown) => {
    if (isMissingReference(error)) return null;
    throw error;
  });
}

async function store(
  database: Database,
  workspace: string | null,
  { version: seen, scenarios, guarantees }: ScenarioSet,
  by: number,
): Promise<ScenarioSet | null> {
  const stored = { scenarios: JSON.stringify(scenarios), guarantees: JSON.stringify(guarantees), changed_by: by };
  const saved =
    seen === 0
      ? await database
          .insertInto("scenario_sets")
          .values({ workspace_id: workspace, version: 1, ...stored })
          .onConflict((conflict) => conflict.doNothing())
          .returning("version")
          .executeTakeFirst()
      : await database
          .updateTable("scenario_sets")
          .set({ version: seen + 1, ...stored, changed_at: new Date() })
          .where("workspace_id", "is not distinct from", workspace)
          .where("version", "=", seen)
          .returning("version")
          .executeTakeFirst();
  return saved ? { version: saved.version, scenarios, guarantees } : null;
}
