import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type { GroupSyncConfig, Scenario, ScenarioResult } from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * Holds a configuration against expectations that live beside its mapping: this user gets this role and these groups.
 *
 * A scenario has `claims` or `groups`, not both. Only the fields of `expect` that are there are compared; the order of the
 * groups does not matter, and `role: null` expects no role. With a `membership`, role and groups are those that the user
 * has once the plan is carried out; without one, those of the resolution.
 *
 * @param config the configuration to try
 * @param scenarios users, and what is expected for each
 * @returns one result a scenario, in the same order; `differences` has a sentence for each field that came out differently
 * @throws {GroupSyncError} `invalid-mapping` with diagnostics if the mapping has errors; `invalid-input` with a `path` such
 * as `config.catalog.groups[3].requires` or `scenarios[2].membership.role` if an argument is not of its documented shape
 * @category Preview
 */
export function runScenarios(config: Taken<GroupSyncConfig>, scenarios: Taken<Scenario[]>): ScenarioResult[] {
  const given = {
    config: plain(config, "config"),
    scenarios: plain(scenarios, "scenarios", "keep-in-claims"),
  };
  return ask(instance(), given, (glue, length) => glue.runScenarios(length));
}
