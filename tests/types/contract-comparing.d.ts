// The part of the agreed surface (contract.d.ts) that compares: configurations, what becomes of users, and expectations.

import type {
  Blocked,
  Catalog,
  ClaimOptions,
  Grant,
  GroupSyncConfig,
  InstanceSettings,
  Membership,
  ReconcileOutcome,
  Resolution,
  Taken,
} from "./contract.js";

export function diffMappings(before: Taken<GroupSyncConfig>, after: Taken<GroupSyncConfig>): MappingDiff;
export interface MappingDiff {
  changes: MappingChange[];
  choices: ChoiceChange[];
  incomplete?: true;
  summary: string;
}
export interface MappingChange {
  kind: ChangeKind;
  idpGroup: string;
  idpGroups: string[];
  without?: string[];
  before: Access;
  after: Access;
  effect: Effect;
}
export type ChangeKind = "name" | "pattern" | "condition" | "any-other" | "no-groups";
export interface ChoiceChange {
  field: string;
  before: ChoiceValue;
  after: ChoiceValue;
}
export type ChoiceValue = ClaimOptions | boolean | string;
export interface Access {
  role: string | null;
  groups: string[];
  denied?: true;
}
export type Effect = "denied" | "admitted" | "gains" | "loses" | "changes";
export interface Brake {
  maxLosers?: number;
  maxShare?: number;
}
export interface Braked {
  losers: number;
  held?: true;
  heldBy?: ("max-losers" | "max-share")[];
}
export class Impact {
  constructor(before: Taken<GroupSyncConfig>, after: Taken<GroupSyncConfig>, brake?: Taken<Brake>);
  push(chunk: string | Uint8Array): ImpactChange[];
  finish(): { changes: ImpactChange[]; summary: ImpactSummary };
  free(): void;
  [Symbol.dispose](): void;
}
export interface ImpactChange {
  id: string;
  effect: Effect;
  before: Access;
  after: Access;
  topRoleLost?: true;
  blocked?: Blocked[];
}
export interface ImpactSummary extends ImpactTotals, Braked, LineFaults {
  users: number;
}
export interface ImpactTotals {
  unchanged: number;
  denied: number;
  admitted: number;
  gains: number;
  loses: number;
  changes: number;
  topRoleLost: number;
  roles: Record<string, { before: number; after: number }>;
}
export interface LineFaults {
  faults: LineFault[];
  faultCount: number;
}
export interface LineFault {
  line: number;
  id?: string;
  message: string;
}
export interface LoginConfig {
  settings: InstanceSettings;
  catalogs: Record<string, Catalog>;
}
export class LoginImpact {
  constructor(before: Taken<LoginConfig>, after: Taken<LoginConfig>, brake?: Taken<Brake>);
  push(chunk: string | Uint8Array): LoginImpactChange[];
  finish(): { changes: LoginImpactChange[]; summary: LoginImpactSummary };
  free(): void;
  [Symbol.dispose](): void;
}
export interface LoginImpactChange {
  id: string;
  refused?: LoginRefusals;
  workspaces: WorkspaceChange[];
}
export interface LoginRefusals {
  before?: string;
  after?: string;
}
export interface WorkspaceChange {
  id: string;
  member: "none" | "active" | "invited" | "archived";
  effect: Effect;
  before: Access;
  after: Access;
  topRoleLost?: true;
  blocked?: Blocked[];
}
export interface LoginImpactSummary extends Braked, LineFaults {
  users: number;
  unchanged: number;
  refused: number;
  readmitted: number;
  denied: number;
  topRoleLost: number;
  toConfirm: number;
  nowhere: { before: number; after: number };
  workspaces: WorkspaceTotals[];
}
export interface WorkspaceTotals extends ImpactTotals {
  id: string;
}
export class Reconciliation {
  constructor(config: Taken<LoginConfig>, brake?: Taken<Brake>);
  push(chunk: string | Uint8Array): ReconcileChange[];
  finish(): { changes: ReconcileChange[]; summary: ReconcileSummary };
  free(): void;
  [Symbol.dispose](): void;
}
export interface ReconcileChange extends ReconcileOutcome {
  id: string;
}
export interface ReconcileSummary extends Braked, LineFaults {
  users: number;
  unchanged: number;
  created: number;
  restored: number;
  archived: number;
  changed: number;
  denied: number;
  blocked: number;
}
export function mergeSummaries<Summary extends ImpactSummary | LoginImpactSummary | ReconcileSummary>(
  summaries: readonly Summary[],
  brake?: Taken<Brake>,
): Summary;
export interface Scenario {
  name: string;
  claims?: object;
  groups?: string[];
  membership?: Membership;
  expect: { role?: string | null; groups?: string[]; outcome?: Resolution["outcome"] };
}
export interface ScenarioResult {
  name: string;
  passed: boolean;
  differences: string[];
  resolution: Resolution;
}
export interface Guarantee {
  name: string;
  only?: Reach;
  never?: Reach;
}
export interface Reach {
  role?: string;
  group?: string;
  groups: string[];
}
export interface GuaranteeResult {
  name: string;
  verdict: "holds" | "fails" | "unknown";
  counterexample?: Counterexample;
  outside: string[];
  unnamed: string[];
}
export interface Counterexample {
  idpGroups: string[];
  grant?: Grant;
  requires?: string;
  text: string;
}
export function proveGuarantees(config: Taken<GroupSyncConfig>, guarantees: Taken<Guarantee[]>): GuaranteeResult[];
export function runScenarios(config: Taken<GroupSyncConfig>, scenarios: Taken<Scenario[]>): ScenarioResult[];
