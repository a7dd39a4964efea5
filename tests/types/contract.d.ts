// The public TypeScript surface as it was agreed, written down apart from the code: names and shapes that programs rely on.
// The package's declarations are held against it, so that neither a change in Rust nor one in the wrapper moves it unnoticed.

import type { DiagnosticCode } from "idp-group-sync";

// Mapping text

export interface Span {
  start: number;
  end: number;
  line: number;
  column: number;
}
export type Severity = "error" | "warning" | "info";
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}
export interface Fix {
  title: string;
  edits: TextEdit[];
}
export interface Diagnostic {
  code: DiagnosticCode;
  severity: Severity;
  message: string;
  params: Record<string, string>;
  span?: Span;
  help?: string;
  fixes: Fix[];
}
/** The codes that mappings, checks, claims and resolving can report. */
export type KnownDiagnosticCode =
  | "missing-arrow"
  | "missing-source"
  | "missing-target"
  | "extra-arrow"
  | "unterminated-quote"
  | "text-after-quote"
  | "unknown-escape"
  | "capture-without-pattern"
  | "text-too-long"
  | "too-many-entries"
  | "name-too-long"
  | "empty-entry"
  | "unknown-target"
  | "role-spelling"
  | "replaces-name-match"
  | "redundant-entry"
  | "duplicate-entry"
  | "pattern-grants-role"
  | "grants-top-role"
  | "lookalike-names"
  | "role-and-group"
  | "invisible-character"
  | "claim-looks-delimited"
  | "claim-empty-item"
  | "claim-too-many-groups"
  | "claim-case"
  | "claim-missing"
  | "claim-malformed"
  | "claim-incomplete"
  | "raised-by-group";

export interface Entry {
  source: Source;
  target: Target;
  span: Span;
}
export interface Source {
  text: string;
  kind: "name" | "pattern";
  span: Span;
}
export interface Target {
  text: string;
  kind: "name" | "capture";
  span: Span;
}
export interface Completion {
  label: string;
  kind: "role" | "group" | "idp-group";
  detail?: string;
  edit: TextEdit;
}
export function parseMapping(text: string): { entries: Entry[]; diagnostics: Diagnostic[] };
export function formatMapping(text: string, style?: "line" | "inline"): string;
export function checkMapping(text: string, catalog: Catalog, policy?: Policy): Diagnostic[];
export function completeMapping(text: string, offset: number, catalog: Catalog, idpGroups?: string[]): Completion[];

// The application's side

export interface Catalog {
  roles?: string[];
  groups: AppGroup[];
}
export interface AppGroup {
  name: string;
  requires?: string;
}
export interface Policy {
  matchByName?: boolean | "groups-only";
  noMatch?: "default-role" | "keep" | "deny";
  missingClaim?: "no-groups" | "keep" | "deny";
  unreadableClaim?: "keep" | "deny";
  roleWithoutRoleGroup?: "infer" | "promote-only" | "keep";
  removal?: "all" | "synced" | "mapped" | "none";
  nonMembers?: "matched" | "all" | "none";
  protectLastAdmin?: boolean;
}

// Claims

export type ClaimOptions =
  | string
  | {
      name: string;
      delimiter?: string;
      item?: "text" | "last-path-segment" | "ldap-cn" | { field: string };
    };
export interface ClaimGroups {
  status: "present" | "empty" | "missing" | "malformed" | "incomplete";
  groups: string[];
  path: string[];
  diagnostics: Diagnostic[];
}
export function readGroups(claims: object, claim: ClaimOptions): ClaimGroups;

// Resolving

export interface GroupSyncConfig {
  mapping: string;
  claim: ClaimOptions;
  catalog: Catalog;
  policy?: Policy;
}
export class GroupSync {
  constructor(config: GroupSyncConfig);
  resolve(claims: object, options?: ResolveOptions): Resolution;
  resolveGroups(groups: string[], options?: ResolveOptions): Resolution;
  free(): void;
  [Symbol.dispose](): void;
}
export interface Resolution {
  claim: ClaimGroups;
  outcome: "resolved" | "no-match" | "keep" | "deny";
  role: string | null;
  roleReasons: RoleReason[];
  groups: string[];
  matches: Match[];
  diagnostics: Diagnostic[];
}
export type RoleReason =
  | { kind: "default" }
  | { kind: "role-group"; idpGroup: string }
  | { kind: "required-by"; group: string }
  | { kind: "kept" };
export interface Match {
  idpGroup: string;
  via: "mapping" | "name" | "none";
  grants: Grant[];
  nearMisses: string[];
}
export interface Grant {
  target: string;
  kind: "role" | "group" | "unknown";
  entry?: Span;
}
export interface ResolveOptions {
  explain?: boolean;
}

// Comparing two mappings

export function diffMappings(before: GroupSyncConfig, after: GroupSyncConfig): MappingDiff;
export interface MappingDiff {
  changes: MappingChange[];
  summary: string;
}
export interface MappingChange {
  idpGroup: string;
  kind: "name" | "pattern";
  before: { role: string | null; groups: string[] };
  after: { role: string | null; groups: string[] };
  effect: "gains" | "loses" | "changes";
}

// Errors

export class GroupSyncError extends Error {
  code: "invalid-input" | "invalid-mapping" | "too-large" | "freed" | "not-initialised" | "internal";
  path?: string;
  diagnostics: Diagnostic[];
}

// Only in `idp-group-sync/slim`

export function init(source?: URL | Response | BufferSource | WebAssembly.Module): Promise<void>;
export function initSync(source: BufferSource | WebAssembly.Module): void;
