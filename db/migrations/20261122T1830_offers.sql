-- What departments offer each other, and what colleagues ask of it.
create table offers (
  id bigint generated always as identity primary key,
  team_id bigint not null references teams,
  name text not null check (btrim(name) <> ''),
  description text not null default '',
  -- The form: fields of the types that fields of one's own have.
  fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array'),
  -- Working minutes until it is done; null where only rules for all cases promise something.
  target_minutes int check (target_minutes > 0),
  needs_approval boolean not null default false,
  ended_at timestamptz,
  version int not null default 1
);
create unique index offers_by_name on offers (team_id, lower(name)) where ended_at is null;

create table offer_requests (
  id bigint generated always as identity primary key,
  offer_id bigint not null references offers,
  requested_by bigint not null references staff,
  requested_at timestamptz not null,
  -- Labels and values as they were filled in: the form may change later.
  answers jsonb not null,
  note text not null default '',
  state text not null check (state in ('waiting', 'sent', 'declined', 'withdrawn')),
  approver_id bigint references staff,
  trail jsonb not null default '[]',
  decided_by bigint references staff,
  decided_at timestamptz,
  reason text not null default '',
  case_id bigint unique references cases,
  promise_id bigint references promises,
  version int not null default 1,
  constraint offer_requests_maker_is_never_checker check (decided_by <> requested_by),
  check ((state = 'sent') = (case_id is not null)),
  check (state <> 'waiting' or approver_id is not null)
);
create index offer_requests_of_maker on offer_requests (requested_by, id desc);
create index offer_requests_to_approve on offer_requests (id desc) where state = 'waiting';
create index offer_requests_of_offer on offer_requests (offer_id, requested_at desc);
