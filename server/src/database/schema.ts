// The tables, as the query layer sees them. `migrations.ts` creates them.

import type {
  Guarantee,
  InstanceSettings,
  LoginOutcome,
  ReconcileChange,
  ReconcileSummary,
  Scenario,
  SyncPlan,
} from "idp-group-sync";
import type { ColumnType, Generated, GeneratedAlways, Kysely, Transaction } from "kysely";
import type { PlanFields } from "../login/fields.ts";
import type { ProviderConfiguration } from "../providers/configuration.ts";
import type { Fields } from "../scim/read-value.ts";

/**
 * Text of JSON in, a value out: what tokens hold is stored like this, whatever it is. Type `json` keeps the text, with U+0000 and halves of
 * characters as escapes, which `text` and `jsonb` refuse. The operators that look into it refuse them too, so it is read whole.
 */
type Json<Value> = ColumnType<Value, string, string>;

export type UserStatus = "active" | "invited" | "archived";

/** Identity providers: that of the environment, and those that an admin has configured. */
export interface ProvidersTable {
  id: string;
  name: string;
  issuer: string;
  from_environment: boolean;
  created_at: Generated<Date>;
  /** `null` where the environment has it. */
  configuration: Json<ProviderConfiguration> | null;
  /** Encrypted; see `providers/configuration.ts`. */
  secrets: string | null;
  enabled: Generated<boolean>;
  /** Raised by every change. */
  version: Generated<number>;
  changed_at: Generated<Date>;
  changed_by: number | null;
}

/** With which a provider's SCIM client comes; see `providers/scim-tokens.ts`. */
export interface ScimTokensTable {
  id: GeneratedAlways<number>;
  provider_id: string;
  name: string;
  /** The token itself is only with the client. */
  token_hash: string;
  created_at: Date;
  created_by: number | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

/** What the whole instance has one of. Its row is also what logins lock; see `login/locks.ts`. */
export interface InstanceTable {
  singleton: Generated<boolean>;
  password_login: Generated<boolean>;
  signup: Generated<boolean>;
  /** The highest version that the catalog of a deleted workspace had: those of new ones begin above it. */
  retired_catalog_version: Generated<number>;
}

export interface LicenceTable {
  singleton: Generated<boolean>;
  status: "active" | "expired";
  sso: boolean;
  group_sync: boolean;
  custom_groups: boolean;
  /** How many users there may be; `null` is no limit. */
  seats_total: number | null;
  /** How many users may have a role, by role; `null` is no limit. */
  seats_by_role: Json<Record<string, number>> | null;
}

/** Append-only: the settings that hold are those of the highest version. */
export interface SettingsVersionsTable {
  version: number;
  document: Json<InstanceSettings>;
  changed_at: Generated<Date>;
  changed_by: number | null;
}

export interface WorkspacesTable {
  id: string;
  name: string;
  /** Raised by every change of the workspace's groups. */
  catalog_version: Generated<number>;
}

export interface GroupsTable {
  id: GeneratedAlways<number>;
  workspace_id: string;
  name: string;
  /** The role that the group's permissions need. */
  requires: string | null;
}

export interface UsersTable {
  id: GeneratedAlways<number>;
  /** Issuer and subject together are who somebody is at the identity provider; both are null for users who never came from there. */
  issuer: string | null;
  subject: string | null;
  email: string | null;
  /** Whether the address is known to be theirs: an admin has entered it, or the identity provider has verified it. */
  email_verified: Generated<boolean>;
  name: string | null;
  status: Generated<UserStatus>;
  super_admin: Generated<boolean>;
  password_hash: string | null;
  /** Of the link's secret, for an invitation that needs one: those of super admins do. */
  invitation_hash: string | null;
  /** Who is to say that the address of an invitation is theirs; `null` for the first provider. */
  invitation_provider: string | null;
  /** An account for emergencies, which no sync touches. */
  exempt: Generated<boolean>;
  /** Whether it was a sync that archived them, and so may restore them. */
  archived_by_sync: Generated<boolean>;
  /** Who they are in the provider's directory, where their tokens say it by another claim than the subject. */
  directory_id: string | null;
  created_at: Generated<Date>;
}

export interface MembershipsTable {
  user_id: number;
  workspace_id: string;
  status: Generated<UserStatus>;
  role: string;
  role_granted_by: Generated<"sync" | "manual">;
}

export interface GroupMembershipsTable {
  user_id: number;
  workspace_id: string;
  group_id: number;
  granted_by: "sync" | "manual";
  granted_at: Generated<Date>;
}

export interface SessionsTable {
  /** The token itself is only in the cookie. */
  token_hash: string;
  user_id: number;
  method: string;
  provider_id: string | null;
  /** Issuer, subject and the session's id at the identity provider, and the ID token to sign out with there; `null` with a password. */
  issuer: string | null;
  subject: string | null;
  sid: string | null;
  id_token: string | null;
  /** Encrypted; see `sign-in/refresh.ts`. */
  refresh_token: string | null;
  refresh_at: Date | null;
  created_at: Date;
  expires_at: Date;
}

/** Why somebody else ended a session: `refused`, as the next sign-in would be, and `unchecked`, as nobody can ask the provider any more. */
export type EndReason = "archived" | "identity-provider" | "provider-gone" | "refused" | "unchecked";

/** Of sessions that somebody else has ended, until they would have ended by themselves. */
export interface EndedSessionsTable {
  token_hash: string;
  reason: EndReason;
  expires_at: Date;
}

/** What identity providers have ended; see `sign-in/provider-logouts.ts`. */
export interface ProviderLogoutsTable {
  issuer: string;
  id: string;
  issued_at: Date;
  subject: string | null;
  sid: string | null;
  expires_at: Date;
}

/** Sign-ins that have gone to the identity provider and are not back yet. */
export interface SignInAttemptsTable {
  state_hash: string;
  browser_hash: string;
  /** Where it has gone. */
  provider_id: string;
  nonce: string;
  code_verifier: string;
  /** Of the secret in the link of an invitation, if the sign-in began with one. */
  invitation_hash: string | null;
  /** The super admin who only tests; nobody is signed in then. */
  test_by: number | null;
  /** Of `sign-in/destination.ts`. */
  destination: string | null;
  expires_at: Date;
}

/** What a test of signing in has shown each super admin last; see `sign-in/test-sign-ins.ts`. */
export interface TestSignInsTable {
  user_id: number;
  issuer: string;
  claims: Json<Record<string, unknown>>;
  at: Date;
}

/** How many passwords were tried; see `sign-in/password-limit.ts`. */
export interface PasswordLimitsTable {
  /** A hash: of the address that was typed, or of that and of a browser in which its password was once right. */
  key: string;
  attempts: number;
  /** When the next one is heard. */
  open_at: Date;
  expires_at: Date;
}

/** Append-only: one row for each login that was decided, and for each change of a user between logins. Beside them, for a while, those that came to nothing before; see `login/failures.ts`. */
export interface AuditTable {
  id: GeneratedAlways<number>;
  at: Date;
  request_id: string;
  method: string;
  /** `null` for somebody who was refused and has no account. */
  user_id: number | null;
  /** Who it was: the subject at the identity provider, or the e-mail address that was typed; empty if that is not known. */
  subject: string;
  allowed: boolean;
  reason: string | null;
  settings_version: number;
  /** The version of each catalog of the sync list, by workspace. */
  catalog_versions: Json<Record<string, number>>;
  diagnostics: Json<LoginOutcome["diagnostics"]>;
  /** Whether the row may go when there are many such. */
  passing: Generated<boolean>;
  /** What became of the user, where it was no login. */
  user_change: UserChange | null;
  /** The admin who did it. */
  actor_id: number | null;
  /** Why, in the admin's words. */
  note: string | null;
}

export type UserChange = "created" | "archived" | "restored" | "invited" | "exempted" | "no-longer-exempt";

/** Append-only: one row for each workspace of a login. */
export interface AuditPlansTable {
  audit_id: number;
  workspace_id: string;
  status: SyncPlan["status"];
  reason: string | null;
  role_from: string | null;
  role_to: string;
  /** Whether the plan was carried out. */
  applied: boolean;
  /** The whole plan: the claim's groups, the reasons, and what a guard refused. */
  plan: Json<PlanFields>;
}

/** What is kept of each user's last token; see `claims/known-claims.ts`. */
export interface KnownClaimsTable {
  user_id: number;
  at: Date;
  claims: Json<Record<string, unknown>>;
}

/** Claims that some token has carried; see `claims/seen-claims.ts`. */
export interface ClaimsSeenTable {
  /** A hash of what is to be there, of names that `text` may not be able to hold. */
  key: string;
}

/** What admins call groups of the identity provider; see `claims/labels.ts`. */
export interface IdpGroupLabelsTable {
  /** A hash of the name, which `text` may not be able to hold. */
  key: string;
  name: Json<string>;
  label: string;
  changed_at: Generated<Date>;
  changed_by: number;
}

/** Scenarios and guarantees that are kept beside the mapping of the instance, or of a workspace. */
export interface ScenarioSetsTable {
  /** `null` for those of the instance. */
  workspace_id: string | null;
  /** Raised by every change. */
  version: number;
  scenarios: Json<Scenario[]>;
  guarantees: Json<Guarantee[]>;
  changed_at: Generated<Date>;
  changed_by: number;
}

export type RunStatus = "looking" | "held" | "applying" | "done" | "dismissed" | "superseded" | "failed";
/** What brought a run to a halt; see `reconcile/brake.ts`. */
export type HeldBy = "limits" | "most" | "empty";

/** Runs over a whole directory; see `reconcile/`. */
export interface ReconcileRunsTable {
  id: GeneratedAlways<number>;
  provider_id: string;
  status: RunStatus;
  started_at: Date;
  /** `null` for one that the schedule began. */
  started_by: number | null;
  looked_at: Date | null;
  ended_at: Date | null;
  settings_version: number | null;
  /** The limits that were asked; `max_share` in percent. */
  max_losers: number;
  max_share: number;
  /** How many users the directory has. */
  entries: number | null;
  /** Users of the provider of whom it is not known who they are in the directory. */
  unknown: number | null;
  summary: Json<ReconcileSummary> | null;
  held_by: HeldBy | null;
  failure: string | null;
  /** How long the server that reads the directory counts as alive; `null` where one has to and none is at it, `infinity` once it is read. */
  reading_until: Date | null;
  decided_at: Date | null;
  /** The admin who had a held run applied, or dismissed it, and why. */
  decided_by: number | null;
  note: string | null;
}

/** What the directory says of each of its users, until a run has looked at it. */
export interface ReconcileEntriesTable {
  run_id: number;
  id: string;
  said: Json<DirectorySaid>;
}

export type ChangeKind = "archived" | "restored" | "changed" | "denied" | "blocked";
export type ChangeResult = "applied" | "nothing" | "differs" | "failed";
export type DirectorySaid = { directory: "active" | "inactive" | "absent"; groups?: string[] };

/** Users for whom a run has found something to do. */
export interface ReconcileChangesTable {
  run_id: number;
  user_id: number;
  directory_id: string;
  kind: ChangeKind;
  loses: boolean;
  said: Json<DirectorySaid>;
  change: Json<ReconcileChange>;
  /** `null` as long as it is not carried out. */
  result: ChangeResult | null;
  audit_id: number | null;
}

/** What groups of a directory are called, by ids that stay; see `reconcile/group-names.ts`. */
export interface DirectoryGroupNamesTable {
  provider_id: string;
  group_id: string;
  name: string;
  /** `null` while the group is called so. */
  until: Date | null;
}

/** What a provider's directory says of somebody by SCIM; see `scim/users.ts`. */
export interface ScimUsersTable {
  id: string;
  provider_id: string;
  /** The user who they are here; `null` for somebody who was not created. */
  user_id: number | null;
  external_id: string | null;
  user_name: string;
  /** In lower case. */
  user_name_key: string;
  /** The primary address as it is compared; see `login/addresses.ts`. */
  email: string | null;
  active: boolean;
  resource: Json<Fields>;
  version: Generated<number>;
  created_at: Date;
  modified_at: Date;
  /** From when on a change of their groups is to be carried out. */
  due_at: Date | null;
  /** What was deleted is kept to know who it was, should they be created again, with nothing of what was said of them. */
  deleted_at: Date | null;
}

export interface ScimGroupsTable {
  id: string;
  provider_id: string;
  external_id: string | null;
  display_name: string;
  /** In lower case. */
  display_name_key: string;
  version: Generated<number>;
  created_at: Date;
  modified_at: Date;
}

export interface ScimGroupMembersTable {
  group_id: string;
  scim_user_id: string;
}

/** What groups were called; see `scim/former-names.ts`. */
export interface ScimFormerNamesTable {
  provider_id: string;
  name: string;
  /** `null` where it was deleted. */
  group_id: string | null;
  until: Date;
}

export interface Schema {
  providers: ProvidersTable;
  scim_tokens: ScimTokensTable;
  instance: InstanceTable;
  licence: LicenceTable;
  settings_versions: SettingsVersionsTable;
  workspaces: WorkspacesTable;
  groups: GroupsTable;
  users: UsersTable;
  memberships: MembershipsTable;
  group_memberships: GroupMembershipsTable;
  sessions: SessionsTable;
  ended_sessions: EndedSessionsTable;
  provider_logouts: ProviderLogoutsTable;
  sign_in_attempts: SignInAttemptsTable;
  test_sign_ins: TestSignInsTable;
  password_limits: PasswordLimitsTable;
  audit: AuditTable;
  audit_plans: AuditPlansTable;
  known_claims: KnownClaimsTable;
  claims_seen: ClaimsSeenTable;
  idp_group_labels: IdpGroupLabelsTable;
  scenario_sets: ScenarioSetsTable;
  reconcile_runs: ReconcileRunsTable;
  reconcile_entries: ReconcileEntriesTable;
  reconcile_changes: ReconcileChangesTable;
  directory_group_names: DirectoryGroupNamesTable;
  scim_users: ScimUsersTable;
  scim_groups: ScimGroupsTable;
  scim_group_members: ScimGroupMembersTable;
  scim_former_names: ScimFormerNamesTable;
}

export type Database = Kysely<Schema>;
export type DatabaseTransaction = Transaction<Schema>;
