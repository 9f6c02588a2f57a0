-- The telephone: calls as the telephone system tells them, and whose extension is whose.

create table telephone_settings (
  id int primary key default 1 check (id = 1),
  -- The last part of the address the telephone system calls, for systems that sign instead of holding a token.
  hook text not null default replace(gen_random_uuid()::text, '-', ''),
  secret bytea,
  -- Who gets the call-back of a missed call.
  team_id bigint references teams (id),
  call_back boolean not null default true,
  version int not null default 1
);
insert into telephone_settings default values;

create table telephone_extensions (
  extension text primary key,
  staff_id bigint not null unique references staff (id)
);

create table telephone_calls (
  id bigint generated always as identity primary key,
  -- The telephone system's own number of the call: told twice, it is one call.
  provider_id text not null unique,
  caller text,
  caller_normal text,
  called text,
  staff_id bigint references staff (id),
  person_id bigint references people (id),
  state text not null check (state in ('ringing', 'answered', 'ended', 'missed')),
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  -- The case it was logged as, or the call-back it became.
  case_id bigint references cases (id)
);
create index telephone_calls_by_time on telephone_calls (started_at);
create index telephone_calls_by_caller on telephone_calls (caller_normal, started_at desc);

create table telephone_dismissals (
  call_id bigint not null references telephone_calls (id),
  staff_id bigint not null references staff (id),
  primary key (call_id, staff_id)
);

update roles set permissions = permissions || '{telephone.report}'::text[]
  where key = 'administrator' and not 'telephone.report' = any (permissions);
