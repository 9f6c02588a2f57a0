-- Complaints by stages (ISO 10002), each with the clocks of its regime, and those who must not see theirs.

-- Members of staff who see nothing of a case, whatever else they may see: it is about them.
alter table cases add column hidden_from text[] not null default '{}';
create index cases_hidden on cases using gin (hidden_from) where hidden_from <> '{}';

/* Whether something is kept from somebody because it belongs to a case about them: for trails and registers. */
create function is_withheld(kind text, id bigint, staff bigint) returns boolean language sql stable parallel safe as $$
  select kind = 'case' and exists (select 1 from public.cases c where c.id = $2 and c.hidden_from <> '{}' and c.hidden_from @> array[$3::text])
$$;

create table complaints (
  id bigint generated always as identity primary key,
  case_id bigint not null unique references cases,
  regime text not null,
  regime_version integer not null,
  -- The first receipt: it stays, whoever takes the complaint over and however often it is opened again.
  received_on date not null,
  oral boolean not null default false,
  -- What happened, or when it came to their notice.
  event_on date,
  wants text not null default '',
  about_staff_ids bigint[] not null default '{}',
  anonymous boolean not null default false,
  -- Who complains for somebody else, and by what right.
  on_behalf text not null default '',
  severity smallint not null default 2 check (severity between 1 and 4),
  safety boolean not null default false,
  immediate_action text not null default '',
  stage smallint not null default 1 check (stage >= 1),
  resolved_on date,
  closed_as text check (closed_as in ('accepted', 'final', 'withdrawn', 'resolved_early')),
  closed_at timestamptz,
  cause text not null default '',
  made_at timestamptz not null,
  made_by bigint references staff,
  version integer not null default 1,
  check ((closed_as is null) = (closed_at is null))
);
create index complaints_open on complaints (received_on, id) where closed_at is null;

create table complaint_stages (
  complaint_id bigint not null references complaints,
  stage smallint not null,
  started_on date not null,
  investigator_id bigint references staff,
  acknowledged_on date,
  updated_on date,
  findings text not null default '',
  decision text check (decision in ('upheld', 'partly_upheld', 'not_upheld')),
  reasons text not null default '',
  redress text not null default '',
  responded_on date,
  responded_by bigint references staff,
  letter_on date,
  primary key (complaint_id, stage),
  check ((decision is null) = (responded_on is null))
);

-- Each duty that the regime sets, as a promise; what was asked for more time, and why.
create table complaint_clocks (
  complaint_id bigint not null references complaints,
  stage smallint not null,
  clock text not null,
  promise_id bigint references promises,
  last_day date not null,
  extended_by integer not null default 0 check (extended_by >= 0),
  extension_reason text not null default '',
  kept_on date,
  primary key (complaint_id, stage, clock)
);
