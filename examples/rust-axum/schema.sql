create table if not exists groups (
  name text primary key,
  requires text -- the lowest role that its members need
);
create table if not exists users (
  subject text primary key,
  role text not null,
  role_granted_by text not null default 'manual' check (role_granted_by in ('sync', 'manual'))
);
create table if not exists user_groups (
  subject text not null references users on delete cascade,
  name text not null references groups on delete cascade,
  granted_by text not null default 'manual' check (granted_by in ('sync', 'manual')),
  primary key (subject, name)
);
create table if not exists audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  subject text not null,
  outcome text not null,
  plan json not null -- not jsonb, which refuses the character U+0000, and a token may hold it
);
insert into groups values ('sales', null), ('developers', 'editor') on conflict do nothing;
