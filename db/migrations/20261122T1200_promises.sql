-- What was said would be done, by when, and whether it was.

-- A timer is an errand of later with a key: the later one of a key takes the place of the earlier.
alter table errands add column key text;
create unique index errands_by_key on errands (key) where key is not null;

-- Working hours as they were: a promise says by which it was made.
create table calendar_versions (
  calendar_id bigint not null references calendars (id),
  version integer not null,
  zone text not null,
  week jsonb not null,
  holidays jsonb not null,
  since timestamptz not null,
  primary key (calendar_id, version)
);

insert into calendar_versions (calendar_id, version, zone, week, holidays, since)
select id, version, zone, week, holidays, now() from calendars;

create function keep_calendar_version() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into calendar_versions (calendar_id, version, zone, week, holidays, since)
  values (new.id, new.version, new.zone, new.week, new.holidays, now());
  return null;
end $$;

create trigger keep_calendar_version after insert or update of version on calendars
for each row execute function keep_calendar_version();

create table promises (
  id bigint primary key generated always as identity,
  kind text not null,
  subject_kind text not null,
  subject_id bigint not null,
  -- Counts the promises of one kind about one subject: the second wait of a customer is the second instance.
  instance integer not null check (instance > 0),
  title text not null default '',
  to_person_id bigint references people (id),
  to_staff_id bigint references staff (id),
  by_staff_id bigint references staff (id),
  by_team_id bigint references teams (id),
  made_at timestamptz not null,
  made_by bigint,
  -- By which rule, where a rule made it; the rule's owner keeps what it said.
  policy_id bigint,
  policy_version integer,
  clock text not null check (clock in ('working', 'elapsed', 'fixed')),
  calendar_id bigint not null,
  calendar_version integer not null,
  target_ms bigint check (target_ms > 0),
  started_at timestamptz not null,
  due_at timestamptz,
  -- Who is told when: minutes before (negative) or after it is due, earliest first, and how many were told.
  alerts jsonb not null default '[]' check (jsonb_typeof(alerts) = 'array'),
  alerts_done integer not null default 0,
  next_at timestamptz,
  paused_at timestamptz,
  breached_at timestamptz,
  kept_at timestamptz,
  closed_at timestamptz,
  outcome text check (outcome in ('kept', 'late', 'broken', 'withdrawn')),
  late_ms bigint check (late_ms > 0),
  reason text,
  note text not null default '',
  version integer not null default 1,
  foreign key (calendar_id, calendar_version) references calendar_versions (calendar_id, version),
  check ((closed_at is null) = (outcome is null)),
  check ((clock = 'fixed') = (target_ms is null)),
  check (due_at is not null or paused_at is not null),
  check ((outcome in ('kept', 'late')) = (kept_at is not null)),
  check ((outcome is not distinct from 'late') = (late_ms is not null))
);

create unique index promises_by_subject on promises (subject_kind, subject_id, kind, instance);
create unique index promises_one_clock on promises (subject_kind, subject_id, kind) where closed_at is null and policy_id is not null;
create index promises_open_by_due on promises (due_at, id) where closed_at is null;
create index promises_open_by_staff on promises (by_staff_id, due_at, id) where closed_at is null;
create index promises_open_by_person on promises (to_person_id, due_at) where closed_at is null and to_person_id is not null;
create index promises_open_by_calendar on promises (calendar_id, id) where closed_at is null;
create index promises_open_by_policy on promises (policy_id, id) where closed_at is null and policy_id is not null;
create index promises_closed on promises (closed_at, id) where closed_at is not null;

-- What became of a promise, step by step. Never changed afterwards.
create table promise_facts (
  promise_id bigint not null references promises (id),
  seq integer not null,
  at timestamptz not null,
  fact text not null check (fact in ('activate', 'pause', 'resume', 'fulfil', 'breach', 'withdraw', 'move')),
  actor_id bigint,
  actor_name text not null,
  due_at timestamptz,
  why text not null default '',
  primary key (promise_id, seq)
);

create function promise_facts_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'What became of a promise is not changed afterwards';
end $$;

create trigger promise_facts_are_final before update or delete on promise_facts
for each row execute function promise_facts_are_final();

revoke update, delete, truncate on promise_facts from rapport_app;
revoke insert, update, delete, truncate on calendar_versions from rapport_app;
