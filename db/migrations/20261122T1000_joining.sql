-- Cases are merged, split and linked, and each of these can be taken back for ever.

-- Where the case has gone, however many merges lie between: one look finds the case an old number means today.
alter table cases add column merged_into bigint references cases (id);
create index cases_merged on cases (merged_into) where merged_into is not null;

-- Where a conversation began. Empty while it has never been anywhere else.
alter table conversations add column home_case_id bigint references cases (id);
create index conversations_away on conversations (home_case_id) where home_case_id is not null;

-- A standing merge is an edge from source to target; taking it back ends the edge and nothing else.
create table case_merges (
  id bigint generated always as identity primary key,
  source_id bigint not null references cases (id),
  target_id bigint not null references cases (id),
  at timestamptz not null,
  staff_id bigint references staff (id),
  -- Status and confidentiality of both before, for the day it is taken back.
  before jsonb not null,
  undone_at timestamptz,
  undone_by bigint references staff (id),
  check (source_id <> target_id)
);
create unique index case_merges_standing on case_merges (source_id) where undone_at is null;
create index case_merges_into on case_merges (target_id) where undone_at is null;

-- Messages that were taken out of a case into a new one, with the conversation each came from.
create table case_splits (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases (id),
  new_case_id bigint not null references cases (id),
  at timestamptz not null,
  staff_id bigint references staff (id),
  moved jsonb not null,
  undone_at timestamptz,
  undone_by bigint references staff (id)
);
create index case_splits_of on case_splits (case_id);
create unique index case_splits_new on case_splits (new_case_id);

create table case_links (
  id bigint generated always as identity primary key,
  from_id bigint not null references cases (id),
  to_id bigint not null references cases (id),
  kind text not null check (kind in ('related', 'duplicate_of', 'caused_by', 'part_of')),
  at timestamptz not null,
  staff_id bigint references staff (id),
  check (from_id <> to_id),
  unique (from_id, to_id, kind)
);
create index case_links_to on case_links (to_id);

-- Whoever handles cases may merge, split and link them; an organisation can take it away again.
update roles set permissions = permissions || '{case.merge}'::text[]
  where 'case.handle' = any (permissions) and not 'case.merge' = any (permissions);
