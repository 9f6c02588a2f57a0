-- What every module stands on: the application's role, the event ledger, files, idempotency keys, the search index.

do $$
begin
  create role rapport_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

grant rapport_app to current_user;
grant usage on schema public to rapport_app;
alter default privileges in schema public grant select, insert, update, delete on tables to rapport_app;
alter default privileges in schema public grant usage, select on sequences to rapport_app;
grant usage on schema graphile_worker to rapport_app;
grant select on graphile_worker.jobs to rapport_app;

-- NOTIFY inside a transaction takes one lock for the whole server until the commit is on disk. add_job finds this one
-- instead, which says nothing; the program notifies after the commit.
create schema quiet;
create function quiet.pg_notify(channel text, payload text) returns void language sql as '';

-- The job tables are closed by row security; the application adds jobs through this one door.
create function enqueue(name text, payload json, queue text, run_at timestamptz, max_attempts int, job_key text) returns void
  language sql security definer set search_path = quiet, pg_catalog, public
  begin atomic
    select graphile_worker.add_job(name, payload => payload, queue_name => queue, run_at => run_at,
      max_attempts => max_attempts, job_key => job_key);
  end;

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- unaccent is only STABLE because its dictionary may change; ours does not, and an index needs IMMUTABLE.
create function folded(value text) returns text
  language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, value));

-- One text search configuration for every language PostgreSQL knows, each blind to accents.
do $$
declare known record;
begin
  for known in select cfgname as name from pg_ts_config where cfgnamespace = 'pg_catalog'::regnamespace loop
    execute format('create text search configuration %I (copy = pg_catalog.%I)', 'rapport_' || known.name, known.name);
    execute format(
      'alter text search configuration %I alter mapping for hword, hword_part, word, asciihword, asciiword, hword_asciipart with unaccent, %I',
      'rapport_' || known.name, case known.name when 'simple' then 'simple' else known.name || '_stem' end);
  end loop;
end $$;

-- Events: what happened. Append-only, one row per thing, written in the transaction that did it.
create table events (
  id bigint generated always as identity,
  at timestamptz not null,
  actor_kind text not null,
  actor_id bigint,
  actor_name text not null,
  cause text,
  subject_kind text not null,
  subject_id bigint not null,
  type text not null,
  data jsonb not null default '{}',
  before jsonb,
  after jsonb,
  primary key (id, at)
) partition by range (at);
create index events_by_subject on events (subject_kind, subject_id, id);
create index events_by_time on events using brin (at);
create table events_other partition of events default;

create function events_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger events_are_final before update or delete on events
  for each row execute function events_are_final();
revoke update, delete, truncate on events, events_other from rapport_app;

-- Makes the monthly partitions from the month of `first` on; runs as owner because the application may not make tables.
create function ensure_event_partitions(first timestamptz, months int) returns int
  language plpgsql security definer set search_path = public as $$
declare
  begins timestamptz; part text; made int := 0;
begin
  for i in 0 .. least(months, 24) - 1 loop
    begins := (date_trunc('month', first at time zone 'UTC') + make_interval(months => i)) at time zone 'UTC';
    part := 'events_' || to_char(begins at time zone 'UTC', 'YYYY_MM');
    -- A month that already has events among the others (after a long pause, or an import) stays there.
    if to_regclass(part) is null and not exists (
      select 1 from events_other where at >= begins and at < ((begins at time zone 'UTC') + interval '1 month') at time zone 'UTC')
    then
      execute format('create table %I partition of events for values from (%L) to (%L)', part, begins,
        ((begins at time zone 'UTC') + interval '1 month') at time zone 'UTC');
      execute format('revoke update, delete, truncate on %I from rapport_app', part);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

-- Content of files, addressed by what it is. Names and places belong to the modules that attach them.
create table files (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  type text not null,
  stored_at timestamptz not null
);

-- A POST that is sent twice with the same key happens once.
create table idempotency_keys (
  key text not null,
  actor text not null,
  operation text not null,
  request_sha256 text not null,
  status int not null,
  answer jsonb,
  at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_keys_by_time on idempotency_keys (at);

-- Full text, written in the same transaction as what it describes. `scope_*` is the record whose visibility decides.
create table search_documents (
  kind text not null,
  record_id bigint not null,
  scope_id bigint not null,
  at timestamptz not null,
  words tsvector not null,
  primary key (kind, record_id)
);
create index search_documents_words on search_documents using gin (words);
create index search_documents_by_time on search_documents (at desc, record_id desc);
create index search_documents_by_scope on search_documents (scope_id);
alter table search_documents alter column words set statistics 1000;

-- Small facts the program keeps about itself, such as when a daily job last ran.
create table program_facts (
  name text primary key,
  value jsonb not null,
  at timestamptz not null
);
