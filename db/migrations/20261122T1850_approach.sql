-- When somebody wants to be approached, and when not: times of the week by the organisation's clock.
alter table people add column approach jsonb not null default '[]' check (jsonb_typeof(approach) = 'array');
