// The part of the agreed surface (contract.d.ts) that is about an instance's settings.

import type {
  Catalog,
  ChoiceChange,
  ClaimOptions,
  Diagnostic,
  Guarantee,
  Policy,
  Scenario,
  Taken,
} from "./contract.js";

export interface InstanceSettings {
  version: 1;
  enabled: boolean;
  claim: ClaimOptions;
  mapping: string;
  policy: Policy;
  defaultWorkspace: string;
  workspaces: WorkspaceSettings[];
}
export interface WorkspaceSettings {
  id: string;
  enabled: boolean;
  claim?: ClaimOptions;
  mapping?: string;
  entries?: WorkspaceEntries;
  policy?: Policy;
}
export interface WorkspaceEntries {
  add?: string;
  without?: string;
}
export type SettingsCommand =
  | { type: "enable" }
  | { type: "disable" }
  | { type: "set-claim"; claim: ClaimOptions; workspace?: string }
  | { type: "set-mapping"; mapping: string; workspace?: string }
  | { type: "set-entries"; entries: WorkspaceEntries; workspace: string }
  | { type: "set-entry"; entry: string; holds: boolean; workspace: string }
  | { type: "set-policy"; policy: Policy; workspace?: string }
  | { type: "inherit"; workspace: string; field: "claim" | "mapping" | "policy" }
  | { type: "add-workspace"; workspace: string }
  | { type: "enable-workspace"; workspace: string }
  | { type: "disable-workspace"; workspace: string }
  | { type: "remove-workspace"; workspace: string; confirmed?: boolean; newDefault?: string }
  | { type: "set-default-workspace"; workspace: string };
export type SettingsChange =
  | { status: "applied"; settings: InstanceSettings; diagnostics: Diagnostic[] }
  | { status: "confirm"; warning: string; diagnostics: Diagnostic[] }
  | { status: "rejected"; code: string; message: string; diagnostics: Diagnostic[] };
export interface Actor {
  superAdmin: boolean;
}
export function defaultSettings(defaultWorkspace: string): InstanceSettings;
export function applyCommand(
  settings: Taken<InstanceSettings>,
  command: Taken<SettingsCommand>,
  actor: Taken<Actor>,
): SettingsChange;
export interface EffectiveSettings {
  workspace: string;
  enabled: boolean;
  claim: ClaimOptions;
  mapping: string;
  entries?: WorkspaceEntries;
  diagnostics?: Diagnostic[];
  policy: Policy;
  inherited: { claim: boolean; mapping: boolean; policy: boolean };
}
export interface SettingsDiff {
  enabled?: boolean;
  defaultWorkspace?: DefaultChange;
  scopes: ScopeDiff[];
}
export interface DefaultChange {
  before: string;
  after: string;
}
export interface ScopeDiff {
  workspace?: string;
  listed?: boolean;
  enabled?: boolean;
  overridden?: InheritedField[];
  inherited?: InheritedField[];
  choices: ChoiceChange[];
  entries: EntryDiff;
}
export type InheritedField = "claim" | "mapping" | "policy";
export interface EntryDiff {
  added: string[];
  removed: string[];
  changed: EntryChange[];
  rewritten?: true;
}
export interface EntryChange {
  source: string;
  before: string[];
  after: string[];
}
export function diffSettings(before: Taken<InstanceSettings>, after: Taken<InstanceSettings>): SettingsDiff;
export function effectiveSettings(settings: Taken<InstanceSettings>, workspace: string): EffectiveSettings;
export interface SettingsFile {
  version: 1;
  enabled: boolean;
  claim: ClaimOptions;
  mapping: string;
  policy: Policy;
  defaultWorkspace: string;
  workspaces: {
    id: string;
    enabled: boolean;
    claim?: ClaimOptions;
    mapping?: string;
    entries?: WorkspaceEntries;
    policy?: Policy;
    scenarios?: Scenario[];
    guarantees?: Guarantee[];
  }[];
  scenarios?: Scenario[];
  guarantees?: Guarantee[];
  catalogs?: Record<string, Catalog>;
  $schema?: string;
}
export interface Expectations {
  workspace: string | null;
  scenarios: Scenario[];
  guarantees: Guarantee[];
}
export interface SettingsParts {
  settings: InstanceSettings;
  expectations: Expectations[];
  catalogs: Record<string, Catalog>;
}
export function readSettingsFile(file: Taken<SettingsFile> | string): SettingsParts;
