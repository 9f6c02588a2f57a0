-- Links to a case are good for 90 days from when they were made. Those of before do not say when that was: they are good for
-- 90 days from this upgrade.

alter table portal_settings add column undated_links_until timestamptz not null default now() + interval '90 days';

-- New links that were sent to somebody whose old one had expired, so that nobody's mailbox is flooded.
create table portal_new_links (
  case_id bigint not null references cases (id),
  person_id bigint not null references people (id),
  sent_at timestamptz not null
);
create index portal_new_links_of_case on portal_new_links (case_id, person_id, sent_at);
