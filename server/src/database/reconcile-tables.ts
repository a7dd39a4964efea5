// The tables of runs over whole directories; see `reconcile/`.

export const reconcile = [
  // Who somebody is in the directory, where the subject does not say it.
  `alter table users add column directory_id text`,
  `create index users_in_directory on users (directory_id) where directory_id is not null`,
  `create table reconcile_runs (
    id integer generated always as identity primary key,
    provider_id text not null references providers on delete cascade,
    status text not null check (status in
      ('looking', 'held', 'applying', 'done', 'dismissed', 'superseded', 'failed')),
    started_at timestamptz not null,
    started_by integer references users,
    looked_at timestamptz,
    ended_at timestamptz,
    settings_version integer,
    max_losers integer not null,
    max_share integer not null,
    entries integer,
    unknown integer,
    summary json,
    held_by text,
    failure text,
    decided_at timestamptz,
    decided_by integer references users,
    note text
  )`,
  `create unique index reconcile_runs_under_way on reconcile_runs (provider_id) where status in ('looking', 'applying')`,
  // The list as it is read, until the run has looked at it.
  `create table reconcile_entries (
    run_id integer references reconcile_runs on delete cascade,
    id text,
    said json not null,
    primary key (run_id, id)
  )`,
  `create table reconcile_changes (
    run_id integer references reconcile_runs on delete cascade,
    user_id integer references users on delete cascade,
    directory_id text not null,
    kind text not null,
    loses boolean not null,
    said json not null,
    change json not null,
    result text check (result in ('applied', 'nothing', 'differs', 'failed')),
    audit_id integer references audit,
    primary key (run_id, user_id)
  )`,
  `create index reconcile_changes_left on reconcile_changes (run_id, user_id) where result is null`,
];

/** Of `group-names.ts`. */
export const groupNames = [
  `create table directory_group_names (
    provider_id text not null references providers on delete cascade,
    group_id text not null,
    name text not null,
    until timestamptz,
    primary key (provider_id, group_id, name)
  )`,
  `create index directory_group_names_by_name on directory_group_names (name) where until is null`,
  `create index directory_group_names_by_end on directory_group_names (until) where until is not null`,
];

export const readingUntil = [`alter table reconcile_runs add column reading_until timestamptz`];
