// Sets of scenarios and guarantees, held against settings by the engine. Without a database, for whoever has none.

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
import { scenarioFields } from "../../login/fields.ts";
import { roles } from "../../roles.ts";
import type { ScenarioSet } from "../../settings/scenarios.ts";
import type { UnconfirmedExpectations } from "../schemas/settings.ts";
import type { ScenarioRun } from "../schemas/trying-out.ts";

export type Run = Static<typeof ScenarioRun>;
type Expected = Omit<ScenarioSet, "version">;
/** Of the instance (`null`), or of a workspace. */
type Placed = readonly [workspace: string | null, set: Expected];

/** How many hold, how many do not, and what became of each. */
export type Held = Omit<Static<typeof UnconfirmedExpectations>, "error">;

export function runSets(settings: InstanceSettings, sets: Placed[], catalogs: Record<string, Catalog>): Run[] {
  return sets.map(([workspace, set]) => {
    try {
      const config = configOf(settings, workspace, catalogs);
      const results = scenarioFields(runScenarios(config, set.scenarios));
      return { workspace, results, guarantees: proveGuarantees(config, set.guarantees) };
    } catch (error) {
      return { workspace, results: [], guarantees: [], error: failureOf(error) };
    }
  });
}

/** Of those that cannot be run, none is known to hold. */
export function hold(settings: InstanceSettings, sets: Placed[], catalogs: Record<string, Catalog>): Held {
  const runs = runSets(settings, sets, catalogs);
  const passed = runs.flatMap(({ results }) => results).filter(({ passed }) => passed);
  const proved = runs.flatMap(({ guarantees }) => guarantees).filter(({ verdict }) => verdict === "holds");
  const holding = passed.length + proved.length;
  const expected = sets.flatMap(([, { scenarios, guarantees }]) => [...scenarios, ...guarantees]);
  return { holding, failing: expected.length - holding, runs };
}

/** In the order of the sync list. Of a workspace that is not in it, nothing can be expected. */
export function listedSets(settings: InstanceSettings, sets: Map<string | null, ScenarioSet>): Placed[] {
  return [null, ...settings.workspaces.map(({ id }) => id)].flatMap((place): Placed[] => {
    const set = sets.get(place);
    return set ? [[place, set]] : [];
  });
}

/** The engine throws for what could never be run. How it comes out is no matter here, nor which groups there are now. */
export function requireRunnable({ scenarios, guarantees }: Expected): void {
  const named = guarantees.flatMap(({ only, never }) => (only ?? never)?.group ?? []);
  const catalog = { roles, groups: [...new Set(named)].map((name) => ({ name })) };
  const config = { mapping: "", claim: "groups", catalog };
  runScenarios(config, scenarios);
  proveGuarantees(config, guarantees);
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

function failureOf(error: unknown): NonNullable<Run["error"]> {
  if (!(error instanceof GroupSyncError) || error.code === "internal") throw error;
  const { code, message, path, diagnostics } = error;
  return { code, message, ...(path !== undefined && { path }), ...(diagnostics.length > 0 && { diagnostics }) };
}
