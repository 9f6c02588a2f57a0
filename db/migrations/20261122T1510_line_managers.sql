-- Whom somebody answers to: asked where nobody else is there to decide.
alter table staff add column manager_id bigint references staff check (manager_id <> id);
create index staff_by_manager on staff (manager_id) where manager_id is not null;
