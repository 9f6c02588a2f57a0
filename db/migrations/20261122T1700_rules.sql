-- Rules: when something happens or time passes, if a condition holds, then this is done.
create table rules (
  id bigint primary key generated always as identity,
  name text not null,
  -- The event it is set on, or the moment of a case it counts from.
  event text,
  anchor text check (anchor in ('openedAt', 'waitingSince', 'lastAt', 'dueAt', 'solvedAt')),
  -- Minutes after that moment; before it where negative.
  minutes integer,
  condition jsonb not null,
  actions jsonb not null check (jsonb_typeof(actions) = 'array' and jsonb_array_length(actions) > 0),
  position integer not null,
  -- No rule after it is asked about the same event.
  stops boolean not null default false,
  enabled boolean not null default false,
  owner_id bigint references staff (id),
  failures integer not null default 0,
  off_reason text,
  off_at timestamptz,
  -- How far a rule on time has looked, in the order of its moment.
  looked_at timestamptz,
  looked_id bigint,
  version integer not null default 1,
  changed_at timestamptz not null,
  ended_at timestamptz,
  constraint rule_waits_for_one_thing check ((event is null) <> (anchor is null) and (anchor is null) = (minutes is null))
);
create index rules_in_order on rules (position, id) where ended_at is null;

create table rule_versions (
  rule_id bigint not null references rules (id),
  version integer not null,
  at timestamptz not null,
  staff_id bigint references staff (id),
  rule jsonb not null,
  primary key (rule_id, version)
);

-- What became of each time a rule was met. Kept for 90 days.
create table rule_runs (
  id bigint primary key generated always as identity,
  rule_id bigint not null references rules (id),
  version integer not null,
  at timestamptz not null,
  case_id bigint not null references cases (id),
  outcome text not null check (outcome in ('did', 'nothing', 'skipped', 'failed')),
  reason text,
  did text[] not null default '{}',
  -- The rules that led to it, the earliest first.
  chain bigint[] not null default '{}',
  -- One reaction to one event: a job that is delivered twice does nothing twice.
  reaction uuid not null,
  unique (reaction, rule_id)
);
create index rule_runs_of_rule on rule_runs (rule_id, id desc);
create index rule_runs_of_case on rule_runs (case_id, rule_id, at desc);
create index rule_runs_by_time on rule_runs using brin (at);

-- Cases that a rule on time has met and still fits: it meets each once until it no longer does.
create table rule_matches (
  rule_id bigint not null references rules (id),
  case_id bigint not null references cases (id),
  anchor_at timestamptz not null,
  primary key (rule_id, case_id)
);
create index rule_matches_of_case on rule_matches (case_id);

-- Trials: what a rule would have met in the last month, without doing anything.
create table rule_trials (
  id bigint primary key generated always as identity,
  staff_id bigint references staff (id),
  rule_id bigint references rules (id),
  rule jsonb not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  since timestamptz not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  total integer not null default 0,
  looked integer not null default 0,
  met integer not null default 0
);
create table rule_trial_hits (
  trial_id bigint not null references rule_trials (id) on delete cascade,
  id bigint generated always as identity,
  case_id bigint not null references cases (id),
  at timestamptz not null,
  primary key (trial_id, id)
);

-- What rules on time are looked up by.
create index cases_open_by_opening on cases (opened_at, id) where status in ('new', 'open', 'waiting_customer', 'waiting_other');
create index cases_open_by_last on cases (last_at, id) where status in ('new', 'open', 'waiting_customer', 'waiting_other');
create index cases_by_solving on cases (solved_at, id) where solved_at is not null;

-- Actions of macros beyond what they change.
alter table macros add column also jsonb not null default '[]' check (jsonb_typeof(also) = 'array');
