-- What is done in a case of some kind, step by step, and which steps were done.

create table procedures (
  id bigint primary key generated always as identity,
  position integer not null,
  -- Name, for which cases, steps and phrases, as they are being written.
  draft jsonb not null check (jsonb_typeof(draft) = 'object'),
  draft_by bigint references staff (id),
  draft_at timestamptz not null,
  owner_id bigint not null references staff (id),
  published_version integer,
  ended_at timestamptz,
  version integer not null default 1
);
create index procedures_in_order on procedures (position, id);

-- What was published stands for ever: a case says by which version it was handled.
create table procedure_versions (
  procedure_id bigint not null references procedures (id),
  number integer not null check (number > 0),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  note text not null default '',
  published_at timestamptz not null,
  published_by bigint not null references staff (id),
  primary key (procedure_id, number)
);
alter table procedures add foreign key (id, published_version) references procedure_versions (procedure_id, number);

create function stands_as_published() returns trigger language plpgsql as $$
begin
  raise exception 'what was published stands as it is';
end $$;
create trigger procedure_version_stands before update or delete on procedure_versions
  for each row execute function stands_as_published();
revoke update, delete, truncate on procedure_versions from rapport_app;

-- A case that is handled by a procedure stays with the version it began with.
create table procedure_runs (
  id bigint primary key generated always as identity,
  case_id bigint not null references cases (id),
  procedure_id bigint not null,
  number integer not null,
  started_at timestamptz not null,
  foreign key (procedure_id, number) references procedure_versions (procedure_id, number),
  unique (case_id, procedure_id)
);

-- Who did which step when, and what they learnt. The latest of a step counts; earlier ones are kept.
create table procedure_marks (
  id bigint primary key generated always as identity,
  run_id bigint not null references procedure_runs (id),
  step text not null,
  outcome text not null check (outcome in ('done', 'skipped', 'undone')),
  value jsonb,
  note text not null default '',
  promise_id bigint references promises (id),
  message_id bigint,
  at timestamptz not null,
  staff_id bigint references staff (id),
  by_name text not null,
  check (outcome <> 'skipped' or btrim(note) <> '')
);
create index procedure_marks_by_run on procedure_marks (run_id, step, id);
create function marks_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'what was done is not changed afterwards';
end $$;
create trigger marks_are_final before update or delete on procedure_marks
  for each row execute function marks_are_final();
revoke update, delete, truncate on procedure_marks from rapport_app;
