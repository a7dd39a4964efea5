// The public TypeScript surface as it was agreed, written down apart from the code: names and shapes that programs rely on.
// The package's declarations are held against it, so that neither a change in Rust nor one in the wrapper moves it unnoticed.

import type { InstanceSettings } from "./contract-settings.js";

/** An argument: frozen or not, and `null` for what may be left out. */
export type Taken<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : [keyof Value] extends [never]
    ? Value
    : {
        readonly [Key in keyof Value]:
          | Taken<Value[Key]>
          | (Record<never, never> extends Pick<Value, Key> ? null : never);
      };

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
export type DiagnosticCode =
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
  | "too-many-terms"
  | "too-many-stars"
  | "condition-without-group"
  | "alternative-sources"
  | "condition-in-target"
  | "other-format"
  | "contradiction"
  | "other-quotes"
  | "other-separator"
  | "regular-expression"
  | "unusual-space"
  | "single-operator"
  | "commented-entry"
  | "empty-entry"
  | "method-not-synced"
  | "claim-looks-encoded"
  | "claim-item-skipped"
  | "without-nothing"
  | "unknown-source"
  | "unknown-target"
  | "role-spelling"
  | "replaces-name-match"
  | "redundant-entry"
  | "duplicate-entry"
  | "pattern-grants-role"
  | "grants-top-role"
  | "lookalike-names"
  | "names-collide"
  | "role-and-group"
  | "invisible-character"
  | "import-unknown-format"
  | "import-direction"
  | "import-unreadable"
  | "import-not-sayable"
  | "import-differs"
  | "claim-looks-delimited"
  | "claim-empty-item"
  | "claim-item-skipped"
  | "claim-looks-encoded"
  | "claim-too-many-groups"
  | "claim-case"
  | "claim-missing"
  | "claim-malformed"
  | "claim-incomplete"
  | "raised-by-group"
  | "explanation-cut"
  | "last-admin-unknown"
  | "custom-groups-unlicensed"
  | "invalid-membership";

export interface Entry {
  source: Source;
  target: Target;
  span: Span;
}
export interface Source {
  text: string;
  kind: "name" | "pattern" | "condition";
  span: Span;
  terms?: Term[];
}
export interface Term {
  text: string;
  kind: "name" | "pattern" | "condition";
  excluded?: boolean;
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
export function formatMapping(text: string, style?: "line" | "file" | "inline"): string;
export interface NewEntry {
  source: string;
  target: string;
}
export interface AddedEntries {
  mapping: string;
  edits: TextEdit[];
}
export function addEntries(text: string, entries: readonly NewEntry[]): AddedEntries;
export type ImportFormat =
  | "mapping"
  | "arrows"
  | "grafana"
  | "gitea"
  | "argo-cd"
  | "coder"
  | "gitlab"
  | "keycloak"
  | "flask-appbuilder"
  | "vault"
  | "json"
  | "json-reversed"
  | "csv"
  | "csv-reversed";
export interface ImportedMapping {
  from?: ImportFormat;
  choices: ImportFormat[];
  mapping: string;
  entries: number;
  claims: string[];
  diagnostics: Diagnostic[];
}
export function importMapping(text: string, options?: { from?: ImportFormat }): ImportedMapping;
export interface MappingMerge {
  mapping: string;
  added: { mine: string[]; theirs: string[] };
  removed: { mine: string[]; theirs: string[] };
  conflicts: MergeConflict[];
}
export interface MergeConflict {
  source: string;
  base: string[];
  mine: string[];
  theirs: string[];
}
export function mergeMappings(base: string, mine: string, theirs: string): MappingMerge;
export type IdpGroup = string | { name: string; label?: string; users?: number };
export function checkMapping(
  text: string,
  catalog: Taken<Catalog>,
  policy?: Taken<Policy>,
  idpGroups?: Taken<IdpGroup[]>,
): Diagnostic[];
export function inspectMapping(
  text: string,
  catalog: Taken<Catalog>,
  policy?: Taken<Policy>,
  idpGroups?: Taken<IdpGroup[]>,
): { entries: Entry[]; diagnostics: Diagnostic[] };
export function completeMapping(
  text: string,
  offset: number,
  catalog: Taken<Catalog>,
  idpGroups?: Taken<IdpGroup[]>,
): Completion[];

// The application's side

export interface Catalog {
  roles?: string[];
  groups: AppGroup[];
}
export interface AppGroup {
  name: string;
  requires?: string;
}
export interface Membership {
  role: string | null;
  roleGrantedBy?: "sync" | "manual";
  roleProvider?: string;
  groups: MemberGroup[];
}
export interface MemberGroup {
  name: string;
  grantedBy?: "sync" | "manual";
  provider?: string;
}
export interface Policy {
  compare?: "exact" | "ignore-case";
  matchByName?: boolean | "groups-only";
  require?: string;
  noMatch?: "default-role" | "keep" | "deny";
  missingClaim?: "no-groups" | "keep" | "deny";
  unreadableClaim?: "keep" | "deny";
  roleWithoutRoleGroup?: "infer" | "keep-manual" | "keep";
  demotion?: "allow" | "never";
  removal?: "all" | "synced" | "mapped" | "none";
  nonMembers?: "matched" | "all" | "none";
  syncOn?: "every-login" | "first-login";
  whenGone?: "archive" | "keep";
  protectLastAdmin?: boolean;
}

// Claims

export type ClaimOptions = string | ClaimSource | (string | ClaimSource)[];
export interface ClaimSource {
  name: string | string[];
  required?: boolean;
  decode?: "json" | "bracketed";
  delimiter?: string | string[];
  item?: "text" | "key" | "flag" | "last-path-segment" | "ldap-cn" | "ldap-ou" | { field: string };
  prefix?: string;
}
export interface ClaimGroups {
  status: "present" | "empty" | "missing" | "malformed" | "incomplete";
  groups: string[];
  path: string[];
  diagnostics: Diagnostic[];
}
export function readGroups(claims: object, claim: Taken<ClaimOptions>): ClaimGroups;
export function mergeClaims(idToken: object, userInfo: object): Record<string, unknown>;
export interface ClaimSuggestion {
  claim: ClaimOptions;
  tokens: number;
  examples: string[];
  reason: "other-spelling" | "near-miss" | "looks-like-groups";
}
export interface ClaimSuggestions {
  tokens: number;
  withClaim: number;
  suggestions: ClaimSuggestion[];
}
export function suggestClaims(tokens: readonly object[], options?: Taken<{ claim?: ClaimOptions }>): ClaimSuggestions;

// Resolving and planning

export interface GroupSyncConfig {
  mapping: string;
  claim: ClaimOptions;
  catalog: Catalog;
  policy?: Policy;
}
export class GroupSync {
  constructor(config: Taken<GroupSyncConfig>);
  resolve(claims: object, options?: Taken<ResolveOptions>): Resolution;
  resolveGroups(groups: readonly string[], options?: Taken<ResolveOptions>): Resolution;
  plan(claims: object, membership: Taken<Membership>, options?: Taken<PlanOptions>): SyncPlan;
  planGroups(groups: readonly string[], membership: Taken<Membership>, options?: Taken<PlanOptions>): SyncPlan;
  free(): void;
  [Symbol.dispose](): void;
}
export type Resolution = {
  claim: ClaimGroups;
  roleReasons: RoleReason[];
  matches: Match[];
  unmetRequirement?: string[];
  unmet: Unmet[];
  diagnostics: Diagnostic[];
} & (
  | { outcome: "resolved"; role: string; groups: string[] }
  | { outcome: "no-match"; role: string; groups: string[] }
  | { outcome: "keep"; role: null }
  | { outcome: "deny"; role: null }
);
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
  text?: "instance" | "workspace";
  with?: Term[];
}
export interface Unmet {
  idpGroup: string;
  entry: Span;
  text?: "instance" | "workspace";
  failed: Term[];
}
export interface ResolveOptions {
  explain?: boolean;
}
export interface PlanOptions extends ResolveOptions {
  guards?: Guards;
  provider?: string;
  claimSeen?: boolean;
}
export interface Guards {
  lastAdmin?: boolean;
  lastIn?: string[];
  seats?: Seats;
}
export interface Seats {
  total?: Seat;
  roles?: Record<string, Seat>;
  groups?: Record<string, Seat>;
}
export interface Seat {
  used: number;
  limit: number;
}
export interface RoleChange {
  from: string | null;
  to: string;
}
export type SyncPlan = {
  provider?: string;
  blocked: Blocked[];
  resolution: Resolution;
} & (
  | { status: "change"; reason?: string; role: RoleChange; join: string[]; leave: string[]; keep: string[] }
  | { status: "unchanged"; reason?: string; role: RoleChange; join: string[]; leave: string[]; keep: string[] }
  | { status: "skipped"; reason: string; role: { from: string | null }; keep: string[] }
  | { status: "denied"; reason: string }
);
export interface Blocked {
  change: "role" | "join" | "leave";
  name: string;
  guard: "last-admin" | "seat-limit";
}

// Login

export interface LoginRequest {
  method: "oidc" | "saml" | "ldap" | "scim" | "password" | string;
  provider?: string;
  claims?: object;
  groups?: string[];
  claimSeen?: boolean;
  user: {
    exists: boolean;
    status?: "active" | "invited" | "archived";
    superAdmin?: boolean;
    exempt?: boolean;
    archivedBy?: "sync" | "manual";
    lastSuperAdmin?: boolean;
  };
  licence?: {
    status: "active" | "expired";
    features: { sso: boolean; groupSync: boolean; customGroups?: boolean };
    seats?: Seats;
  };
  passwordLogin?: boolean;
  signup?: boolean;
  explain?: boolean;
  workspaces: LoginWorkspace[];
}
export interface ReconcileRequest extends LoginRequest {
  directory: "active" | "inactive" | "absent";
}
export interface ReconcileOutcome {
  user: "keep" | "create" | "archive" | "restore";
  reason?: string;
  blocked?: "last-super-admin" | "seat-limit";
  workspaces: { id: string; plan: SyncPlan }[];
  diagnostics: Diagnostic[];
}
export interface LoginWorkspace {
  id: string;
  member: "none" | "active" | "invited" | "archived";
  membership?: Membership;
  guards?: Guards;
}
export type LoginOutcome = {
  workspaces: { id: string; plan: SyncPlan }[];
  diagnostics: Diagnostic[];
} & ({ allowed: true; reason?: undefined; message?: undefined } | { allowed: false; reason: string; message: string });
export class LoginSync {
  constructor(settings: Taken<InstanceSettings>, catalogs: Taken<Record<string, Catalog>>);
  decide(request: Taken<LoginRequest>): LoginOutcome;
  reconcile(request: Taken<ReconcileRequest>): ReconcileOutcome;
  free(): void;
  [Symbol.dispose](): void;
}

export * from "./contract-comparing.js";
export * from "./contract-settings.js";

// Errors

export class GroupSyncError extends Error {
  code:
    | "invalid-input"
    | "invalid-mapping"
    | "too-large"
    | "subject-mismatch"
    | "freed"
    | "not-initialised"
    | "internal";
  path?: string;
  problem: string;
  diagnostics: Diagnostic[];
}

// Only in `idp-group-sync/slim`

export function init(source?: URL | Response | BufferSource | WebAssembly.Module): Promise<void>;
export function initSync(source: BufferSource | WebAssembly.Module): void;
