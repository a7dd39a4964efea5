/**
 * PostgreSQL by any other client: give it what runs a statement. The other stores for PostgreSQL are made of this one.
 *
 * @packageDocumentation
 * @category Stores
 */

import type {
  AuditRecord,
  MembershipChange,
  Others,
  Store,
  StoredUser,
  StoreTransaction,
  UserStatus,
} from "../app/store.js";

/** Runs one statement in one transaction and gives its rows. Parameters are texts, numbers, booleans or `null`. */
export type Query = (sql: string, parameters: Parameter[]) => Promise<Record<string, unknown>[]>;

/** What a statement is given. Lists are given as JSON text, which every driver passes on alike. */
export type Parameter = string | number | boolean | null;

/** A store in PostgreSQL. */
export interface SqlStore extends Store {
  /** Makes the tables that are not there yet. */
  createTables(): Promise<void>;
}

/** Runs `work` in one transaction at the level *read committed*. */
export type Transactional = <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>;

/** The tables, to be made by your own migrations where `createTables` is not for you. */
export const tables: readonly string[] = [
  `create table if not exists group_sync_users (
  subject text primary key,
  status text not null default 'active' check (status in ('active', 'invited', 'archived')),
  archived_by text check (archived_by in ('sync', 'manual')),
  exempt boolean not null default false,
  super_admin boolean not null default false
)`,
  `create table if not exists group_sync_members (
  subject text not null references group_sync_users on delete cascade,
  workspace text not null,
  status text not null default 'active' check (status in ('active', 'invited', 'archived')),
  role text not null,
  role_granted_by text not null default 'manual' check (role_granted_by in ('sync', 'manual')),
  role_provider text,
  primary key (subject, workspace)
)`,
  `create table if not exists group_sync_groups (
  subject text not null,
  workspace text not null,
  name text not null,
  granted_by text not null default 'manual' check (granted_by in ('sync', 'manual')),
  provider text,
  primary key (subject, workspace, name),
  foreign key (subject, workspace) references group_sync_members on delete cascade
)`,
  `create table if not exists group_sync_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  subject text not null,
  event text not null,
  outcome text not null,
  decision json not null -- not jsonb, which refuses the character U+0000, and a token may hold it
)`,
];

/** A store that speaks to PostgreSQL by `transactional`. */
export function sqlStore(transactional: Transactional): SqlStore {
  return {
    transaction: (work) => transactional((query) => work(new SqlTransaction(query))),
    isRetryable: (error) => codes(error).some((code) => code === "40001" || code === "40P01"),
    createTables: () =>
      transactional(async (query) => {
        // Two processes that start at once would make the same table twice.
        await lock(query, "tables");
        for (const table of tables) await query(table, []);
      }),
  };
}

class SqlTransaction implements StoreTransaction {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  async lock(names: readonly string[]): Promise<void> {
    for (const name of names) await lock(this.#query, name);
  }

  async readUser(subject: string): Promise<StoredUser | null> {
    const [user] = await this.#query(
      `select json_build_object('status', status, 'archivedBy', archived_by, 'exempt', exempt, 'superAdmin', super_admin,
  'memberships', coalesce((select json_agg(json_build_object('workspace', workspace, 'status', status, 'role', role,
    'roleGrantedBy', role_granted_by, 'roleProvider', role_provider,
    'groups', coalesce((select json_agg(json_strip_nulls(json_build_object('name', name, 'grantedBy', granted_by, 'provider', provider)) order by name)
      from group_sync_groups g where g.subject = m.subject and g.workspace = m.workspace), '[]')) order by workspace)
    from group_sync_members m where m.subject = u.subject), '[]'))::text as document
from group_sync_users u where subject = $1`,
      [subject],
    );
    return user === undefined ? null : JSON.parse(user.document as string);
  }

  async countOthers(subject: string, workspaces: readonly string[]): Promise<Others> {
    const [counted] = await this.#query(
      `with others as (select subject, super_admin from group_sync_users where subject <> $1 and status <> 'archived'),
  active as (select m.* from group_sync_members m join others using (subject) where m.status = 'active'),
  named as (select value as workspace from json_array_elements_text($2::json)),
  groups as (select workspace, name, count(*) from group_sync_groups join active using (subject, workspace) join named using (workspace)
    group by workspace, name)
select json_build_object('users', (select count(*) from others), 'superAdmins', (select count(*) from others where super_admin),
  'roles', (select coalesce(json_object_agg(role, users), '{}') from (select role, count(distinct subject) as users from active group by role) r),
  'workspaces', (select coalesce(json_object_agg(workspace, json_build_object(
    'roles', (select coalesce(json_object_agg(role, users), '{}') from (select role, count(*) as users from active a
      where a.workspace = named.workspace group by role) r),
    'groups', (select coalesce(json_object_agg(name, count), '{}') from groups g where g.workspace = named.workspace))), '{}')
    from named))::text as document`,
      [subject, JSON.stringify(workspaces)],
    );
    return JSON.parse(counted?.document as string);
  }

  async saveUser(subject: string, { status = "active", archivedBy = null }: UserStatus): Promise<void> {
    await this.#query(
      `insert into group_sync_users (subject, status, archived_by) values ($1, $2, $3)
on conflict (subject) do update set status = excluded.status, archived_by = excluded.archived_by`,
      [subject, status, archivedBy],
    );
  }

  async applyPlan(change: MembershipChange): Promise<void> {
    const { subject, workspace, role, roleChanges, join, leave, provider } = change;
    if (roleChanges) {
      await this.#query(
        `insert into group_sync_members (subject, workspace, role, role_granted_by, role_provider) values ($1, $2, $3, 'sync', $4)
on conflict (subject, workspace) do update set role = excluded.role, role_granted_by = 'sync', role_provider = excluded.role_provider`,
        [subject, workspace, role, provider],
      );
    }
    if (leave.length > 0) {
      await this.#query(
        `delete from group_sync_groups where subject = $1 and workspace = $2
  and name in (select value from json_array_elements_text($3::json))`,
        [subject, workspace, JSON.stringify(leave)],
      );
    }
    if (join.length > 0) {
      await this.#query(
        `insert into group_sync_groups (subject, workspace, name, granted_by, provider)
select $1, $2, value, 'sync', $4 from json_array_elements_text($3::json)`,
        [subject, workspace, JSON.stringify(join), provider],
      );
    }
  }

  async writeAudit({ subject, event, outcome, decision }: AuditRecord): Promise<void> {
    await this.#query(
      "insert into group_sync_audit (subject, event, outcome, decision) values ($1, $2, $3, $4::json)",
      [subject, event, outcome, decision],
    );
  }
}

/** Held until the transaction ends. As text, since some drivers read no `void`. */
async function lock(query: Query, name: string): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended($1, 0))::text as locked", [`idp-group-sync ${name}`]);
}

/** The codes of an error and of what caused it: libraries wrap what the driver throws, each in its way. */
function codes(error: unknown, depth = 0): unknown[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const { code, originalCode, cause, meta, driverError, driverAdapterError } = error as Record<string, unknown>;
  const wrapped = [cause, meta, driverError, driverAdapterError];
  return [code, originalCode, ...wrapped.flatMap((inner) => codes(inner, depth + 1))];
}
