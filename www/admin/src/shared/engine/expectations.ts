// A mapping held against the scenarios and guarantees that are kept beside it.

import {
  type GroupSyncConfig,
  GroupSyncError,
  type Guarantee,
  type GuaranteeResult,
  proveGuarantees,
  runScenarios,
  type Scenario,
  type ScenarioResult,
} from "idp-group-sync";

export type Held =
  | { results: ScenarioResult[]; proofs: GuaranteeResult[]; problem: null }
  /** The engine could not run them, `unknown` many: the mapping has errors, or one of them is not finished. */
  | { results: []; proofs: []; problem: { message: string }; unknown: number };

export interface Expectations {
  scenarios: Scenario[];
  guarantees: Guarantee[];
}

export function hold(config: GroupSyncConfig, { scenarios, guarantees }: Expectations): Held {
  try {
    return { results: runScenarios(config, scenarios), proofs: proveGuarantees(config, guarantees), problem: null };
  } catch (error) {
    if (!(error instanceof GroupSyncError)) throw error;
    const unknown = scenarios.length + guarantees.length;
    return { results: [], proofs: [], problem: { message: error.message }, unknown };
  }
}
