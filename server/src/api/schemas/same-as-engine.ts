// The schemas describe the engine's types. This file compiles only as long as they do.

import type * as engine from "idp-group-sync";
import type { Static, TSchema } from "typebox";
import type * as fields from "../../login/fields.ts";
import type * as comparison from "./comparison.ts";
import type * as guarantees from "./guarantees.ts";
import type * as settings from "./instance-settings.ts";
import type * as mapping from "./mapping.ts";
import type * as plan from "./plan.ts";
import type * as settingsDiff from "./settings-diff.ts";

/** With every optional field required: otherwise a type without the field would pass for one that has it. */
type Whole<T> = T extends object ? { [Key in keyof T]-?: Whole<T[Key]> } : T;
type Within<A, B> = [A] extends [B] ? true : false;
type Same<Schema extends TSchema, Type, Described = Static<Schema>> = [
  Within<Described, Type>,
  Within<Type, Described>,
  Within<Whole<Described>, Whole<Type>>,
  Within<Whole<Type>, Whole<Described>>,
];
type AllSame<Pairs extends Record<string, [true, true, true, true]>> = Pairs;

export type SameAsEngine = AllSame<{
  span: Same<typeof mapping.Span, engine.Span>;
  diagnostic: Same<typeof mapping.Diagnostic, engine.Diagnostic>;
  claimOptions: Same<typeof mapping.ClaimOptions, engine.ClaimOptions>;
  claimGroups: Same<typeof mapping.ClaimGroups, engine.ClaimGroups>;
  policy: Same<typeof settings.Policy, engine.Policy>;
  settings: Same<typeof settings.InstanceSettings, engine.InstanceSettings>;
  effective: Same<typeof settings.EffectiveSettings, engine.EffectiveSettings>;
  settingsDiff: Same<typeof settingsDiff.SettingsDiff, engine.SettingsDiff>;
  command: Same<typeof settings.SettingsCommand, engine.SettingsCommand>;
  roleReason: Same<typeof plan.RoleReason, engine.RoleReason>;
  resolution: Same<typeof plan.Resolution, fields.ResolutionFields>;
  plan: Same<typeof plan.SyncPlan, fields.PlanFields>;
  outcome: Same<typeof plan.LoginOutcome, fields.OutcomeFields>;
  catalog: Same<typeof comparison.Catalog, engine.Catalog>;
  impact: Same<typeof comparison.LoginImpactSummary, engine.LoginImpactSummary>;
  access: Same<typeof comparison.Access, engine.ImpactChange["before"]>;
  effect: Same<typeof comparison.Effect, engine.ImpactChange["effect"]>;
  scenario: Same<typeof comparison.Scenario, engine.Scenario>;
  scenarioResult: Same<typeof comparison.ScenarioResult, fields.ScenarioResultFields>;
  guarantee: Same<typeof guarantees.Guarantee, engine.Guarantee>;
  guaranteeResult: Same<typeof guarantees.GuaranteeResult, engine.GuaranteeResult>;
}>;
