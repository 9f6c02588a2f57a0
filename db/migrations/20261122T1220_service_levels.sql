-- Which time is promised to whom by rule: the first that fits holds for each kind.
create table service_levels (
  id bigint primary key generated always as identity,
  name text not null,
  kind text not null check (kind in ('first_reply', 'next_update', 'solution')),
  position integer not null,
  condition jsonb not null,
  target_minutes integer not null check (target_minutes > 0),
  clock text not null check (clock in ('working', 'elapsed')),
  calendar_id bigint references calendars (id),
  alerts jsonb not null default '[]' check (jsonb_typeof(alerts) = 'array'),
  -- In which states of the case the clock of a solution stands still.
  pauses text[] not null default '{}',
  ended_at timestamptz,
  version integer not null default 1
);
create index service_levels_in_order on service_levels (kind, position, id) where ended_at is null;
