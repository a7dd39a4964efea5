// Settings, saved or not, held against the scenarios that are kept beside them.

import {
  GroupSyncError,
  type InstanceSettings,
  runScenarios,
  type Scenario,
  type ScenarioResult,
} from "idp-group-sync";
import type { App } from "./app.js";
import type { Scope } from "./kept-scenarios.js";

export type Run =
  | { scope: Scope; results: ScenarioResult[]; problem: null }
  /** The engine could not run them: the mapping has errors, or a scenario is not finished. */
  | { scope: Scope; results: []; problem: GroupSyncError };

export function runIn(app: App, settings: InstanceSettings, scope: Scope, scenarios: Scenario[]): Run {
  try {
    return { scope, results: runScenarios(app.configOf(settings, scope), scenarios), problem: null };
  } catch (error) {
    if (error instanceof GroupSyncError) return { scope, results: [], problem: error };
    throw error;
  }
}

/** Those of the instance and of each workspace of the sync list; of others, nothing can be expected. */
export function runAll(app: App, settings: InstanceSettings): Run[] {
  const listed: Scope[] = [null, ...settings.workspaces.map(({ id }) => id)];
  return app.scenarios.scopes
    .filter((scope) => listed.includes(scope))
    .map((scope) => runIn(app, settings, scope, app.scenarios.in(scope)));
}
