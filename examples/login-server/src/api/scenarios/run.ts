// Holds settings against scenarios and guarantees.

import {
  type Catalog,
  effectiveSettings,
  type GroupSyncConfig,
  GroupSyncError,
  type InstanceSettings,
  proveGuarantees,
  runScenarios,
} from "idp-group-sync";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { scenarioFields } from "../../login/fields.ts";
import { readScenarios, type ScenarioSet } from "../../settings/scenarios.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { apiErrorOf } from "../errors.ts";
import type { ScenariosRunAnswer, ScenariosRunBody } from "../schemas/trying-out.ts";
import { requireValid } from "../settings/stored.ts";

type Runs = Static<typeof ScenariosRunAnswer>["runs"];

export async function holdAgainstScenarios(
  database: Database,
  { settings: unsaved, workspace, scenarios, guarantees }: Static<typeof ScenariosRunBody>,
  requestId: string,
): Promise<Runs> {
  const settings = unsaved ?? (await currentSettings(database)).settings;
  requireValid(settings);
  const given = (scenarios ?? guarantees) && { scenarios: scenarios ?? [], guarantees: guarantees ?? [] };
  const sets = given ? [[workspace ?? null, given] as const] : await storedSets(database, settings, workspace);
  const ids = [settings.defaultWorkspace, ...sets.flatMap(([id]) => id ?? [])];
  const catalogs = await readCatalogs(database, ids);
  return sets.map(([id, set]) => {
    try {
      const config = configOf(settings, id, catalogs);
      const results = scenarioFields(runScenarios(config, set.scenarios));
      return { workspace: id, results, guarantees: proveGuarantees(config, set.guarantees) };
    } catch (error) {
      if (!(error instanceof GroupSyncError)) throw error;
      return { workspace: id, results: [], guarantees: [], error: apiErrorOf(error, requestId).failure };
    }
  });
}

/** Those of one place, or all. Of a workspace that is no longer in the sync list, nothing can be expected. */
async function storedSets(
  database: Database,
  settings: InstanceSettings,
  workspace: string | null | undefined,
): Promise<[string | null, ScenarioSet][]> {
  const places = [null, ...settings.workspaces.map(({ id }) => id)];
  return [...(await readScenarios(database))].filter(
    ([place]) => places.includes(place) && (workspace === undefined || workspace === place),
  );
}

/** The instance has no groups of its own, so its expectations are about those of its default workspace. */
export function configOf(
  settings: InstanceSettings,
  workspace: string | null,
  catalogs: Record<string, Catalog>,
): GroupSyncConfig {
  const { mapping, claim, policy } = workspace === null ? settings : effectiveSettings(settings, workspace);
  const catalog = catalogs[workspace ?? settings.defaultWorkspace] ?? { groups: [] };
  return { mapping, claim, policy, catalog };
}
