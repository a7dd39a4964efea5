// Settings, saved or not, held against the scenarios that are kept beside them.

import {
  type GroupSyncConfig,
  GroupSyncError,
  type InstanceSettings,
  runScenarios,
  type Scenario,
  type ScenarioResult,
  type SettingsCommand,
} from "idp-group-sync";
import type { App } from "./app.js";
import type { Scope } from "./kept-scenarios.js";
import { unfinishedFor } from "./unfinished.js";

export type Run =
  | { scope: Scope; results: ScenarioResult[]; problem: null }
  /** The engine could not run them: the mapping has errors, or a scenario is not finished. */
  | { scope: Scope; results: []; problem: GroupSyncError };

/** What is typed now, so that nothing is called green that a half-typed mapping would not do. */
export function runTyped(app: App, scope: Scope, scenarios: Scenario[]): Run {
  const config = app.configOf(app.draft.settings, scope);
  for (const { command } of unfinishedFor(app.draft, scope)) Object.assign(config, typedIn(command));
  return run(config, scope, scenarios);
}

function typedIn(command: SettingsCommand): Partial<GroupSyncConfig> {
  switch (command.type) {
    case "set-claim":
      return { claim: command.claim };
    case "set-mapping":
      return { mapping: command.mapping };
    case "set-policy":
      return { policy: command.policy };
    default:
      return {};
  }
}

function run(config: GroupSyncConfig, scope: Scope, scenarios: Scenario[]): Run {
  try {
    return { scope, results: runScenarios(config, scenarios), problem: null };
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
    .map((scope) => run(app.configOf(settings, scope), scope, app.scenarios.in(scope)));
}
