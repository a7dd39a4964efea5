import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type { GroupSyncConfig, Guarantee, GuaranteeResult } from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * Proves what no token gives, whatever groups it carries: `only` these IdP groups reach a role or group, or whoever has one of
 * these `never` reaches it. A higher role reaches a lower one, and a group the role that it requires.
 *
 * It speaks of what a token gives. `outside` lists the fields of the policy by which somebody could keep the role or group.
 *
 * @param config the configuration to prove them of
 * @param guarantees each with one of `only` and `never`, which has one of `role` and `group`
 * @returns one result a guarantee, in the same order; one that `fails` has a counterexample
 * @throws {GroupSyncError} `invalid-mapping` with diagnostics if the mapping has errors; `invalid-input` with a `path` such
 * as `guarantees[2].only.role` for a role or group that the catalog does not have
 * @category Preview
 */
export function proveGuarantees(config: Taken<GroupSyncConfig>, guarantees: Taken<Guarantee[]>): GuaranteeResult[] {
  const given = { config: plain(config, "config"), guarantees: plain(guarantees, "guarantees") };
  return ask(instance(), given, (glue, length) => glue.proveGuarantees(length));
}
