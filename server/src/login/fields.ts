// What the engine decides with all of its fields, whatever the outcome: for tables, answers and pages. To act on it, look at the engine's own
// types, which tell outcomes apart.

import type { LoginOutcome, Resolution, ScenarioResult, SyncPlan } from "idp-group-sync";

type Resolved = Extract<Resolution, { outcome: "resolved" }>;
type Changing = Extract<SyncPlan, { status: "change" }>;

export type ResolutionFields = Omit<Resolved, "outcome" | "role"> & Pick<Resolution, "outcome" | "role">;

export type PlanFields = Omit<Changing, "status" | "resolution"> & {
  status: SyncPlan["status"];
  resolution: ResolutionFields;
};

export type OutcomeFields = Omit<LoginOutcome, "allowed" | "reason" | "message" | "workspaces"> & {
  allowed: boolean;
  reason?: string;
  message?: string;
  workspaces: { id: string; plan: PlanFields }[];
};

export type ScenarioResultFields = Omit<ScenarioResult, "resolution"> & { resolution: ResolutionFields };

/** The engine writes every field, whatever its types let a program act on. */
export const outcomeFields = (outcome: Pick<LoginOutcome, "workspaces">) => outcome as unknown as OutcomeFields;
export const scenarioFields = (results: ScenarioResult[]) => results as unknown as ScenarioResultFields[];
