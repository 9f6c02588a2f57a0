-- Many cases changed at once, as a job with a result for each; and cases that sleep until something happens.

create table bulk_changes (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff (id),
  -- What the one who asked was allowed at the time, where a token had narrowed it.
  permissions text[] not null,
  change jsonb not null,
  state text not null check (state in ('running', 'done')),
  total int not null,
  undoes bigint references bulk_changes (id),
  created_at timestamptz not null,
  finished_at timestamptz
);
create index bulk_changes_of_staff on bulk_changes (staff_id, id desc);
create unique index bulk_changes_undone_once on bulk_changes (undoes) where undoes is not null;

create table bulk_items (
  bulk_id bigint not null references bulk_changes (id),
  case_id bigint not null references cases (id),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'unchanged', 'refused')),
  reason text,
  -- The fields this changed, as they were and as they are: what an undo goes by.
  before jsonb,
  after jsonb,
  primary key (bulk_id, case_id)
);
create index bulk_items_waiting on bulk_items (bulk_id, case_id) where state = 'waiting';

alter table cases add column snoozed_until timestamptz;
alter table cases add column snooze_ends text[] not null default '{}';
create index cases_snoozed on cases (snoozed_until) where snoozed_until is not null;
