// Settings, saved or not, held against the scenarios and guarantees that are kept beside them.

import type { GroupSyncConfig, InstanceSettings, SettingsCommand } from "idp-group-sync";
import { type Held, hold } from "../engine/expectations.js";
import type { App } from "./app.js";
import type { Scope } from "./kept-scenarios.js";
import { unfinishedFor } from "./unfinished.js";

export type Run = Held & { scope: Scope };

/** How many came out as expected, and how many did not, or could not be run. */
export function tally(runs: Run[]): { green: number; red: number } {
  const all = runs.flatMap(({ results, proofs }) => [
    ...results.map(({ passed }) => passed),
    ...proofs.map(({ verdict }) => verdict === "holds"),
  ]);
  const green = all.filter(Boolean).length;
  const unknown = runs.reduce((sum, run) => sum + (run.problem ? run.unknown : 0), 0);
  return { green, red: all.length - green + unknown };
}

/** Those with something that is not as expected. */
export function failing(runs: Run[]): Run[] {
  return runs.filter((run) => tally([run]).red > 0);
}

/** What is typed now, so that nothing is called green that a half-typed mapping would not do. */
export function runTyped(app: App, scope: Scope): Run {
  return { scope, ...hold(typedConfig(app, scope), app.scenarios.in(scope)) };
}

/** The configuration as it is typed, errors included. */
export function typedConfig(app: App, scope: Scope): GroupSyncConfig {
  const config = app.configOf(app.draft.settings, scope);
  for (const { command } of unfinishedFor(app.draft, scope)) Object.assign(config, typedIn(app, scope, command));
  return config;
}

function typedIn(app: App, scope: Scope, command: SettingsCommand): Partial<GroupSyncConfig> {
  switch (command.type) {
    case "set-claim":
      return { claim: command.claim };
    case "set-mapping":
    case "set-entries":
      return { mapping: app.draft.typedMapping(scope) };
    case "set-policy":
      return { policy: command.policy };
    default:
      return {};
  }
}

/** Those of the instance and of each workspace of the sync list; of others, nothing can be expected. */
export function runAll(app: App, settings: InstanceSettings): Run[] {
  const listed: Scope[] = [null, ...settings.workspaces.map(({ id }) => id)];
  return app.scenarios.scopes
    .filter((scope) => listed.includes(scope))
    .map((scope) => ({ scope, ...hold(app.configOf(settings, scope), app.scenarios.in(scope)) }));
}
