-- People who are one: a standing merge is an edge, and nothing is rewritten, so that it can be taken back for ever.
create table person_merges (
  id bigint generated always as identity primary key,
  source_id bigint not null references people (id),
  target_id bigint not null references people (id),
  at timestamptz not null,
  staff_id bigint references staff (id),
  undone_at timestamptz,
  undone_by bigint references staff (id),
  check (source_id <> target_id)
);
create unique index person_merges_standing on person_merges (source_id) where undone_at is null;
create index person_merges_into on person_merges (target_id) where undone_at is null;
create index people_merged on people (merged_into) where merged_into is not null;

-- Pairs that somebody has looked at and found to be two: they are not suggested again.
create table people_apart (
  one_id bigint not null references people (id),
  other_id bigint not null references people (id),
  at timestamptz not null,
  staff_id bigint references staff (id),
  primary key (one_id, other_id),
  check (one_id < other_id)
);
