-- Appointments, visits and call-backs with a place in somebody's diary.
create extension if not exists btree_gist;

-- Who or what can be booked: a member of staff, a room, a van.
create table resources (
  id bigint primary key generated always as identity,
  name text not null,
  kind text not null check (kind in ('person', 'room', 'thing')),
  staff_id bigint references staff (id),
  calendar_id bigint references calendars (id),
  -- Minutes kept free before and after, for the way there or for clearing up.
  buffer_minutes integer not null default 0 check (buffer_minutes between 0 and 480),
  ended_at timestamptz,
  version integer not null default 1,
  check ((kind = 'person') = (staff_id is not null))
);
create unique index resources_by_name on resources (lower(name)) where ended_at is null;
create unique index resources_by_staff on resources (staff_id) where ended_at is null and staff_id is not null;

-- What customers may book themselves, and how long it takes.
create table appointment_types (
  id bigint primary key generated always as identity,
  name text not null,
  description text not null default '',
  kind text not null check (kind in ('appointment', 'visit', 'call_back')),
  minutes integer not null check (minutes between 5 and 1440),
  place text not null default '',
  team_id bigint references teams (id),
  resource_ids bigint[] not null,
  public boolean not null default false,
  notice_minutes integer not null default 120 check (notice_minutes >= 0),
  horizon_days integer not null default 30 check (horizon_days between 1 and 366),
  ended_at timestamptz,
  version integer not null default 1
);

create table bookings (
  id bigint primary key generated always as identity,
  type_id bigint references appointment_types (id),
  kind text not null check (kind in ('appointment', 'visit', 'call_back')),
  case_id bigint not null references cases (id),
  person_id bigint not null references people (id),
  promise_id bigint not null references promises (id),
  title text not null,
  place text not null default '',
  note text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null default 'booked' check (state in ('booked', 'done', 'missed', 'cancelled')),
  -- When the customer was there, and when we began: late is told for both sides.
  arrived_at timestamptz,
  began_at timestamptz,
  cancelled_by text check (cancelled_by in ('customer', 'staff')),
  uid text not null unique,
  sequence integer not null default 0,
  reply text check (reply in ('ACCEPTED', 'DECLINED', 'TENTATIVE')),
  made_at timestamptz not null,
  version integer not null default 1,
  check (ends_at > starts_at),
  check ((state = 'cancelled') = (cancelled_by is not null))
);
create index bookings_by_start on bookings (starts_at, id) where state <> 'cancelled';
create index bookings_by_case on bookings (case_id, starts_at);
create index bookings_by_person on bookings (person_id, starts_at);

-- Nobody and nothing is booked twice at a time: the database itself refuses it.
create table booking_resources (
  booking_id bigint not null references bookings (id),
  resource_id bigint not null references resources (id),
  busy tstzrange not null,
  active boolean not null default true,
  primary key (booking_id, resource_id),
  exclude using gist (resource_id with =, busy with &&) where (active)
);

-- The secret address of somebody's calendar; only its hash is kept.
create table diary_feeds (
  staff_id bigint primary key references staff (id),
  secret_hash bytea not null unique,
  made_at timestamptz not null,
  read_at timestamptz
);

alter table outgoing_mail drop constraint outgoing_mail_kind_check;
alter table outgoing_mail add constraint outgoing_mail_kind_check
  check (kind in ('reply', 'acknowledgement', 'closing_check', 'notification', 'sign_in', 'appointment'));
