-- One register of people: customers outside and inside.

create table customer_types (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  relationship text not null default 'short' check (relationship in ('short', 'long')),
  internal boolean not null default false,
  urgency_minutes int not null default 0
);
insert into customer_types (key, name, relationship, internal) values
  ('consumer', 'Consumer', 'short', false), ('business', 'Business account', 'long', false),
  ('patient', 'Patient', 'long', false), ('student', 'Student', 'long', false),
  ('account_holder', 'Account holder', 'long', false), ('colleague', 'Colleague', 'long', true),
  ('supplier', 'Supplier contact', 'long', false);

-- Organisations customers belong to, departments of our own, households.
create table groups (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('organisation', 'department', 'household')),
  name text not null,
  domains text[] not null default '{}',
  members_see_each_other boolean not null default false,
  notes text not null default '',
  version int not null default 1
);
create index groups_by_name on groups using gin (folded(name) gin_trgm_ops);

create table people (
  id bigint generated always as identity primary key,
  name text not null,
  staff_id bigint unique references staff,
  type_id bigint references customer_types,
  relationship text check (relationship in ('short', 'long')),
  preferred_channel text,
  language text,
  needs text not null default '',
  expectations text not null default '',
  adjustments text not null default '',
  notes text not null default '',
  vulnerable boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  merged_into bigint references people
);
create index people_by_name on people using gin (folded(name) gin_trgm_ops);
create index people_by_recent on people (id desc);

create table identities (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  kind text not null check (kind in ('email', 'phone', 'card', 'staff_number', 'student_number', 'account_number', 'other')),
  value text not null,
  normal text not null,
  source text not null,
  verified_at timestamptz,
  undeliverable_at timestamptz,
  undeliverable_reason text,
  created_at timestamptz not null
);
-- One address belongs to one person; a telephone may be shared by a household.
create unique index identities_unique on identities (kind, normal) where kind <> 'phone' and kind <> 'other';
-- For every look-up by value: a prepared statement does not know the kind, so that no partial index serves it.
create index identities_by_normal on identities (normal);
create index identities_by_person on identities (person_id);
create index identities_by_value on identities using gin (normal gin_trgm_ops);

create table memberships (
  person_id bigint not null references people,
  group_id bigint not null references groups,
  part text not null default '',
  primary key (person_id, group_id)
);
create index memberships_by_group on memberships (group_id);
