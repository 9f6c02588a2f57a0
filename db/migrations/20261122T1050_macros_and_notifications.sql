-- Prepared answers with what goes with them, and one inbox of what concerns a member of staff.

create table macros (
  id bigint generated always as identity primary key,
  name text not null,
  -- Nobody's own: shared, with one team where it is named.
  staff_id bigint references staff (id),
  team_id bigint references teams (id),
  -- What it writes: an answer, a note, or nothing.
  writes text not null default 'reply' check (writes in ('reply', 'note', 'nothing')),
  text text not null default '',
  change jsonb not null default '{}',
  -- Offered only in cases this holds for; empty means in all.
  visible_when jsonb,
  used int not null default 0,
  last_used_at timestamptz,
  version int not null default 1,
  ended_at timestamptz,
  check (staff_id is null or team_id is null)
);
create index macros_of_staff on macros (staff_id) where ended_at is null;

create table notifications (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff (id),
  at timestamptz not null,
  reason text not null,
  case_id bigint references cases (id),
  -- Who brought it about, as a name.
  by_name text not null default '',
  data jsonb not null default '{}',
  read_at timestamptz,
  mailed_at timestamptz
);
create index notifications_of_staff on notifications (staff_id, id desc);
create index notifications_unread on notifications (staff_id, id desc) where read_at is null;
create index notifications_of_case on notifications (case_id, staff_id) where read_at is null;

create table notification_settings (
  staff_id bigint primary key references staff (id),
  -- For each reason: inbox, mail (and inbox), or off. Reasons that are not named are as usual.
  reasons jsonb not null default '{}',
  quiet_from text check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  quiet_to text check (quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  version int not null default 1
);
