// The tables of `users.ts` and `groups.ts`, for a migration.

export const scimTables = [
  `create table scim_users (
    id text primary key,
    provider_id text not null references providers on delete cascade,
    user_id integer references users,
    external_id text,
    user_name text not null,
    user_name_key text not null,
    email text,
    active boolean not null,
    resource json not null,
    version integer not null default 1,
    created_at timestamptz not null,
    modified_at timestamptz not null,
    due_at timestamptz,
    deleted_at timestamptz
  )`,
  `create unique index scim_users_by_name on scim_users (provider_id, user_name_key) where deleted_at is null`,
  `create unique index scim_users_by_external_id on scim_users (provider_id, external_id) where deleted_at is null`,
  `create unique index scim_users_by_user on scim_users (user_id) where deleted_at is null`,
  `create index scim_users_by_email on scim_users (provider_id, email)`,
  `create index scim_users_deleted on scim_users (provider_id, user_name_key, external_id) where deleted_at is not null`,
  `create index scim_users_in_order on scim_users (provider_id, created_at, id) where deleted_at is null`,
  `create index scim_users_due on scim_users (due_at) where due_at is not null`,
  `create table scim_groups (
    id text primary key,
    provider_id text not null references providers on delete cascade,
    external_id text,
    display_name text not null,
    display_name_key text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    modified_at timestamptz not null
  )`,
  `create unique index scim_groups_by_name on scim_groups (provider_id, display_name_key, coalesce(external_id, ''))`,
  `create unique index scim_groups_by_external_id on scim_groups (provider_id, external_id)`,
  `create index scim_groups_in_order on scim_groups (provider_id, created_at, id)`,
  `create table scim_group_members (
    group_id text not null references scim_groups on delete cascade,
    scim_user_id text not null references scim_users on delete cascade,
    primary key (group_id, scim_user_id)
  )`,
  `create index scim_group_members_by_user on scim_group_members (scim_user_id)`,
];

/** Of `former-names.ts`. */
export const formerNameTables = [
  `create table scim_former_names (
    provider_id text not null references providers on delete cascade,
    name text not null,
    group_id text references scim_groups on delete set null,
    until timestamptz not null,
    primary key (provider_id, name)
  )`,
  `create index scim_former_names_by_group on scim_former_names (group_id)`,
  `create index scim_former_names_by_end on scim_former_names (until)`,
];
