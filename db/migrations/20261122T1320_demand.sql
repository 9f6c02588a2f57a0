-- What a case is about, and what customers asked for and could not have.
alter table cases add column product_id bigint references products;
create index cases_by_product on cases (product_id, id desc) where product_id is not null;

create table demands (
  id bigint generated always as identity primary key,
  product_id bigint not null references products,
  place_id bigint references places,
  case_id bigint references cases,
  person_id bigint references people,
  staff_id bigint references staff,
  asked_at timestamptz not null,
  quantity integer not null default 1 check (quantity between 1 and 10000),
  reason text not null check (reason in ('out', 'not_here', 'discontinued', 'not_sold', 'unsuitable', 'too_dear', 'other')),
  words text not null default '',
  -- The price when it was asked for, times how many.
  worth_minor bigint check (worth_minor >= 0),
  currency text not null,
  outcome text not null default 'open' check (outcome in ('open', 'accepted', 'declined', 'waits', 'transfer', 'left')),
  accepted_id bigint references products,
  answer text not null default '',
  promise_id bigint references promises,
  told_at timestamptz,
  version integer not null default 1,
  check ((outcome = 'accepted') = (accepted_id is not null))
);
create index demands_in_order on demands (asked_at desc, id desc);
create index demands_of_product on demands (product_id, asked_at desc);
create index demands_of_case on demands (case_id) where case_id is not null;
create index demands_of_person on demands (person_id) where person_id is not null;
create index demands_waiting on demands (product_id) where promise_id is not null and told_at is null;

create table demand_offers (
  demand_id bigint not null references demands on delete cascade,
  product_id bigint not null references products,
  answer text not null check (answer in ('offered', 'accepted', 'declined')),
  at timestamptz not null,
  primary key (demand_id, product_id)
);

create table transfers (
  id bigint generated always as identity primary key,
  product_id bigint not null references products,
  from_place_id bigint not null references places,
  to_place_id bigint not null references places,
  demand_id bigint references demands,
  quantity integer not null default 1 check (quantity between 1 and 10000),
  note text not null default '',
  state text not null default 'requested' check (state in ('requested', 'sent', 'arrived', 'refused')),
  asked_at timestamptz not null,
  asked_by bigint references staff,
  settled_at timestamptz,
  version integer not null default 1,
  check (from_place_id <> to_place_id)
);
create index transfers_open on transfers (id) where state in ('requested', 'sent');
create index transfers_of_demand on transfers (demand_id) where demand_id is not null;

-- A deficiency that was looked at: what was done about it, in a choice and in words.
create table demand_reviews (
  id bigint generated always as identity primary key,
  product_id bigint not null references products,
  at timestamptz not null,
  staff_id bigint references staff,
  outcome text not null check (outcome in ('ordered', 'supplier_asked', 'replaced', 'range_changed', 'nothing')),
  words text not null check (words <> '')
);
create index demand_reviews_of on demand_reviews (product_id, at desc);

-- Each week's summary goes to each of those responsible once.
create table demand_summaries (
  staff_id bigint not null references staff,
  week date not null,
  sent_at timestamptz not null,
  primary key (staff_id, week)
);

update roles set permissions = permissions || '{demand.review}'::text[]
  where key in ('administrator', 'line_manager', 'supervisor', 'account_manager') and not 'demand.review' = any (permissions);
