// What makes an empty database ours, and brings an older one up to date. A migration that was released is never changed: add another.

import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { CannotStart } from "../cannot-start.ts";
import { formerNameTables, scimTables } from "../scim/tables.ts";
import { groupNames, readingUntil, reconcile } from "./reconcile-tables.ts";
import type { Database } from "./schema.ts";

const tables = [
  `create table instance (
    singleton boolean primary key default true check (singleton),
    password_login boolean not null default true,
    signup boolean not null default true
  )`,
  `insert into instance default values`,
  `create table licence (
    singleton boolean primary key default true check (singleton),
    status text not null check (status in ('active', 'expired')),
    sso boolean not null,
    group_sync boolean not null,
    custom_groups boolean not null,
    seats_total integer check (seats_total >= 0),
    seats_by_role json
  )`,
  `insert into licence (status, sso, group_sync, custom_groups) values ('active', true, true, true)`,
  `create table users (
    id integer generated always as identity primary key,
    issuer text,
    subject text,
    email text,
    name text,
    status text not null default 'active' check (status in ('active', 'invited', 'archived')),
    super_admin boolean not null default false,
    password_hash text,
    created_at timestamptz not null default now(),
    unique (issuer, subject),
    check ((issuer is null) = (subject is null))
  )`,
  // Those who are found by their e-mail address: with a password, or invited and not come yet.
  `create unique index users_found_by_email on users (lower(email)) where password_hash is not null or subject is null`,
  `create table settings_versions (
    version integer primary key check (version > 0),
    document json not null,
    changed_at timestamptz not null default now(),
    changed_by integer references users
  )`,
  `create table workspaces (
    id text primary key,
    name text not null,
    catalog_version integer not null default 1
  )`,
  `create table groups (
    id integer generated always as identity primary key,
    workspace_id text not null references workspaces on delete cascade,
    name text not null,
    requires text check (requires in ('end-user', 'builder', 'admin')),
    unique (workspace_id, name),
    unique (workspace_id, id)
  )`,
  `create table memberships (
    user_id integer not null references users,
    workspace_id text not null references workspaces on delete cascade,
    status text not null default 'active' check (status in ('active', 'invited', 'archived')),
    role text not null check (role in ('end-user', 'builder', 'admin')),
    primary key (user_id, workspace_id)
  )`,
  `create index memberships_by_role on memberships (workspace_id, role)`,
  `create table group_memberships (
    user_id integer not null,
    workspace_id text not null,
    group_id integer not null,
    granted_by text not null check (granted_by in ('sync', 'manual')),
    granted_at timestamptz not null default now(),
    primary key (user_id, group_id),
    foreign key (user_id, workspace_id) references memberships on delete cascade,
    foreign key (workspace_id, group_id) references groups (workspace_id, id) on delete cascade
  )`,
  `create index group_memberships_by_group on group_memberships (workspace_id, group_id)`,
  `create table sessions (
    token_hash text primary key,
    user_id integer not null references users,
    method text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index sessions_by_user on sessions (user_id)`,
  `create index sessions_by_end on sessions (expires_at)`,
  `create table sign_in_attempts (
    state_hash text primary key,
    browser_hash text not null,
    nonce text not null,
    code_verifier text not null,
    expires_at timestamptz not null
  )`,
  `create index sign_in_attempts_by_end on sign_in_attempts (expires_at)`,
  `create table audit (
    id integer generated always as identity primary key,
    at timestamptz not null,
    request_id text not null,
    method text not null,
    user_id integer references users,
    subject text not null,
    allowed boolean not null,
    reason text,
    settings_version integer not null references settings_versions,
    catalog_versions json not null,
    diagnostics json not null
  )`,
  `create index audit_by_user on audit (user_id, id)`,
  `create table audit_plans (
    audit_id integer not null references audit,
    workspace_id text not null,
    status text not null,
    reason text,
    role_from text,
    role_to text not null,
    applied boolean not null,
    plan json not null,
    primary key (audit_id, workspace_id)
  )`,
  `create index audit_plans_by_workspace on audit_plans (workspace_id, audit_id)`,
];

const appendOnly = [
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'the table % is append-only', tg_table_name; end
  $$`,
  `create trigger append_only before update or delete or truncate on settings_versions execute function refuse_change()`,
  `create trigger append_only before update or delete or truncate on audit execute function refuse_change()`,
  `create trigger append_only before update or delete or truncate on audit_plans execute function refuse_change()`,
];

const knownClaims = [
  `create table known_claims (
    user_id integer primary key references users on delete cascade,
    at timestamptz not null,
    claims json not null
  )`,
  `create index known_claims_by_time on known_claims (at desc)`,
];

const scenarioSets = [
  `create table scenario_sets (
    workspace_id text references workspaces on delete cascade,
    version integer not null check (version > 0),
    scenarios json not null,
    changed_at timestamptz not null default now(),
    changed_by integer not null references users,
    unique nulls not distinct (workspace_id)
  )`,
];

const auditByTime = [`create index audit_by_time on audit (at)`];

/** Addresses are compared as `login/addresses.ts` does, and an invitation may need the secret of a link. */
const invitations = [
  `drop index users_found_by_email`,
  `create unique index users_found_by_email on users (lower(email collate "C")) where password_hash is not null or subject is null`,
  `alter table users add column invitation_hash text`,
  `alter table sign_in_attempts add column invitation_hash text`,
];

const signIn = [
  // By the account that was tried, or by the browser in which it was; see `sign-in/password-limit.ts`.
  `create table password_limits (
    key text primary key,
    attempts integer not null,
    open_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index password_limits_by_end on password_limits (expires_at)`,
  // Somebody who was archived and is restored signs in anew, whoever archived them and by whatever way.
  `create function end_sessions() returns trigger language plpgsql as $$
    begin
      delete from sessions where user_id = new.id;
      return null;
    end
  $$`,
  `create trigger archived after update of status on users for each row
    when (new.status = 'archived' and old.status <> 'archived') execute function end_sessions()`,
  // What an admin enters counts as verified: login names, and addresses that are invited. Of the others, the next sign-in says it.
  `alter table users add column email_verified boolean not null default true`,
  `update users set email_verified = false where subject is not null and password_hash is null`,
  // Sign-ins that came to nothing before they were anybody's: a flood of them must not fill the disk, so the oldest may go.
  `alter table audit add column passing boolean not null default false`,
  `create index audit_passing on audit (id) where passing`,
  `create index audit_by_request on audit (request_id)`,
  `drop trigger append_only on audit`,
  `create trigger append_only before update or truncate on audit execute function refuse_change()`,
  `create trigger append_only_rows before delete on audit for each row when (not old.passing) execute function refuse_change()`,
];

/** Of a role that was there before nobody knows who gave it: it is handled like one that an admin gave. */
const roleProvenance = [
  `alter table memberships add column role_granted_by text not null default 'manual' check (role_granted_by in ('sync', 'manual'))`,
];

const guarantees = [`alter table scenario_sets add column guarantees json not null default '[]'`];

const idpGroupLabels = [
  `create table idp_group_labels (
    key text primary key,
    name json not null,
    label text not null check (label <> ''),
    changed_at timestamptz not null default now(),
    changed_by integer not null references users
  )`,
];

const providerSessions = [
  `alter table sessions add column issuer text, add column subject text, add column sid text, add column id_token text`,
  `create index sessions_at_provider on sessions (issuer, subject)`,
  `create index sessions_by_sid on sessions (issuer, sid)`,
  `create table provider_logouts (
    issuer text not null,
    id text not null,
    issued_at timestamptz not null,
    subject text,
    sid text,
    expires_at timestamptz not null,
    primary key (issuer, id)
  )`,
  `create index provider_logouts_by_end on provider_logouts (expires_at)`,
];

/** Sign-ins that only show what the identity provider says; see `sign-in/test-sign-ins.ts`. */
const testSignIns = [
  `alter table sign_in_attempts add column test_by integer references users on delete cascade`,
  `create table test_sign_ins (
    user_id integer primary key references users on delete cascade,
    issuer text not null,
    claims json not null,
    at timestamptz not null
  )`,
];

const refresh = [
  `alter table sessions add column refresh_token text, add column refresh_at timestamptz`,
  `create index sessions_to_refresh on sessions (refresh_at) where refresh_at is not null`,
];

const destination = [`alter table sign_in_attempts add column destination text`];

const betweenLogins = [
  `create table providers (
    id text primary key,
    name text not null,
    issuer text not null unique,
    from_environment boolean not null,
    created_at timestamptz not null default now()
  )`,
  `alter table users add column exempt boolean not null default false,
    add column archived_by_sync boolean not null default false,
    add check (status = 'archived' or not archived_by_sync)`,
  // Of what is no login: what became of the user, who did it, and what they said of it.
  `alter table audit add column user_change text check (user_change in
      ('created', 'archived', 'restored', 'invited', 'exempted', 'no-longer-exempt')),
    add column actor_id integer references users, add column note text`,
];

/** Which claims tokens have carried; see `claims/seen-claims.ts`. */
const claimsSeen = [`create table claims_seen (key text primary key)`];

/** No deleted workspace's catalog had a higher version; see `workspaces/workspaces.ts`. */
const retiredCatalogs = [`alter table instance add column retired_catalog_version integer not null default 0`];

/** Bearer tokens with which a provider's SCIM client comes; see `providers/scim-tokens.ts`. */
const scimTokens = [
  `create table scim_tokens (
    id integer primary key generated always as identity,
    provider_id text not null references providers on delete cascade,
    name text not null check (name <> ''),
    token_hash text not null unique,
    created_at timestamptz not null,
    created_by integer references users,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  `create index scim_tokens_by_provider on scim_tokens (provider_id)`,
];

/** What admins configure of providers, and which provider a sign-in, a session and an invitation belong to; see `providers/`. */
const providerConfiguration = [
  `alter table providers
    add column configuration json,
    add column secrets text,
    add column enabled boolean not null default true,
    add column version integer not null default 1,
    add column changed_at timestamptz not null default now(),
    add column changed_by integer references users,
    add check (not (from_environment and configuration is not null))`,
  `delete from sign_in_attempts`,
  `alter table sign_in_attempts add column provider_id text not null`,
  `alter table sessions add column provider_id text`,
  `update sessions set provider_id = 'environment' where issuer is not null`,
  `create index sessions_by_provider on sessions (provider_id)`,
  `alter table users add column invitation_provider text references providers on delete set null`,
];

/** So that whoever was signed out is told why, in the browser that was signed in. */
const endedSessions = [
  `create table ended_sessions (
    token_hash text primary key,
    reason text not null check (reason in ('archived', 'identity-provider')),
    expires_at timestamptz not null
  )`,
  `create index ended_sessions_by_end on ended_sessions (expires_at)`,
  `create or replace function end_sessions() returns trigger language plpgsql as $$
    begin
      with ended as (delete from sessions where user_id = new.id returning token_hash, expires_at)
      insert into ended_sessions (token_hash, reason, expires_at)
        select token_hash, 'archived', expires_at from ended on conflict do nothing;
      return null;
    end
  $$`,
];

/** The server alone writes them, so that it need not be asked here which ones there are. */
const endReasons = [`alter table ended_sessions drop constraint ended_sessions_reason_check`];

const migrations: Record<string, Migration> = {
  "0001-tables": { up: (database) => run(database, tables) },
  "0002-append-only": { up: (database) => run(database, appendOnly) },
  "0003-known-claims": { up: (database) => run(database, knownClaims) },
  "0004-scenario-sets": { up: (database) => run(database, scenarioSets) },
  "0005-audit-by-time": { up: (database) => run(database, auditByTime) },
  "0006-invitations": { up: (database) => run(database, invitations) },
  "0007-sign-in": { up: (database) => run(database, signIn) },
  "0008-role-provenance": { up: (database) => run(database, roleProvenance) },
  "0009-guarantees": { up: (database) => run(database, guarantees) },
  "0010-idp-group-labels": { up: (database) => run(database, idpGroupLabels) },
  "0011-provider-sessions": { up: (database) => run(database, providerSessions) },
  "0012-test-sign-ins": { up: (database) => run(database, testSignIns) },
  "0013-refresh": { up: (database) => run(database, refresh) },
  "0014-destination": { up: (database) => run(database, destination) },
  "0015-between-logins": { up: (database) => run(database, betweenLogins) },
  "0016-claims-seen": { up: (database) => run(database, claimsSeen) },
  "0016-retired-catalogs": { up: (database) => run(database, retiredCatalogs) },
  "0017-scim-tokens": { up: (database) => run(database, scimTokens) },
  "0018-provider-configuration": { up: (database) => run(database, providerConfiguration) },
  "0019-scim": { up: (database) => run(database, scimTables) },
  "0020-reconcile": { up: (database) => run(database, reconcile) },
  "0021-ended-sessions": { up: (database) => run(database, endedSessions) },
  "0022-reading-until": { up: (database) => run(database, readingUntil) },
  "0023-end-reasons": { up: (database) => run(database, endReasons) },
  "0024-former-names": { up: (database) => run(database, formerNameTables) },
  "0025-group-names": { up: (database) => run(database, groupNames) },
};

/** One statement at a time, as not every driver takes several. */
async function run(database: Kysely<unknown>, statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

/**
 * Brings the database up to date. An older version of the server could read wrongly what a newer one has made of it. Processes that start at
 * the same time wait for each other.
 */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  if (!(error instanceof Error && error.message.startsWith("corrupted migrations"))) throw error;
  const unknown = [...(await migrationsOf(database))].filter((name) => !(name in migrations));
  if (unknown.length === 0) throw error;
  throw new CannotStart(
    `the database is newer than this version of the server, which does not know ${unknown.join(", ")}: start the version that it had, or restore a backup of before`,
  );
}

/** Whether everything was done to the database that this version of the server needs. Fails if the database does not answer. */
export async function isUpToDate(database: Database): Promise<boolean> {
  const done = await migrationsOf(database);
  return Object.keys(migrations).every((name) => done.has(name));
}

/** Whether it takes changes, which a standby does not, nor one whose disk is nearly full at some hosters. */
export async function isWritable(database: Database): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select current_setting('transaction_read_only') = 'off' as is`.execute(
    database,
  );
  return rows[0]?.is === true;
}

async function migrationsOf(database: Database): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  return new Set(rows.map(({ name }) => name));
}
