-- Small work that follows from what was done, written in the same transaction and taken up many at a time: a row here
-- costs a tenth of a job. An errand that fails becomes a job, which is tried again and shown.
create table errands (
  id bigint generated always as identity primary key,
  name text not null,
  payload jsonb not null,
  due_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index errands_by_due on errands (due_at, id);
