-- What somebody writes keeps its form, its earlier versions, and to whom it goes.

alter table drafts add column html text;

-- The last ten of what stood in a draft before it was changed, so that a slip of the hand loses nothing.
create table draft_versions (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases (id),
  staff_id bigint not null references staff (id),
  kind text not null check (kind in ('reply', 'note')),
  text text not null,
  html text,
  at timestamptz not null
);
create index draft_versions_of_draft on draft_versions (case_id, staff_id, kind, id desc);

-- Which of those who are copied in get this one; empty means all of them.
alter table messages add column copied_ids bigint[];
