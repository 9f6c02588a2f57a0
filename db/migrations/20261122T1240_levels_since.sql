-- Nobody was promised anything by a rule before there was one.
alter table service_levels add column since timestamptz not null default now();
