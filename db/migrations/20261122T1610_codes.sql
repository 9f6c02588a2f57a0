-- Codes of practice: what we hold ourselves to, who has read it, and whether it is kept.

create table codes (
  id bigint primary key generated always as identity,
  -- What is being written.
  draft jsonb not null check (jsonb_typeof(draft) = 'object'),
  -- Of the draft, so that a list needs no JSON.
  name text not null,
  level text not null check (level in ('industry', 'organisation', 'profession', 'ethics')),
  owner_id bigint not null references staff (id),
  review_on date,
  published_version integer,
  archived_at timestamptz,
  -- Which of the ready-made ones it began as.
  starter text unique,
  updated_at timestamptz not null,
  version integer not null default 1
);
create index codes_by_name on codes (lower(name), id);

create table code_versions (
  code_id bigint not null references codes (id),
  number integer not null check (number > 0),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  note text not null default '',
  published_at timestamptz not null,
  published_by bigint not null references staff (id),
  primary key (code_id, number)
);
alter table codes add foreign key (id, published_version) references code_versions (code_id, number);
create trigger code_version_stands before update or delete on code_versions
  for each row execute function stands_as_published();
revoke update, delete, truncate on code_versions from rapport_app;

-- Who has to read which version by when.
create table code_campaigns (
  id bigint primary key generated always as identity,
  code_id bigint not null,
  number integer not null,
  due_on date not null,
  role_ids bigint[] not null default '{}',
  team_ids bigint[] not null default '{}',
  started_at timestamptz not null,
  started_by bigint not null references staff (id),
  ended_at timestamptz,
  foreign key (code_id, number) references code_versions (code_id, number)
);
create index code_campaigns_by_code on code_campaigns (code_id, id desc);

-- One line for each person and version: asked, read, or both.
create table code_readings (
  code_id bigint not null,
  number integer not null,
  staff_id bigint not null references staff (id),
  campaign_id bigint references code_campaigns (id),
  asked_at timestamptz,
  promise_id bigint references promises (id),
  read_at timestamptz,
  primary key (code_id, number, staff_id),
  foreign key (code_id, number) references code_versions (code_id, number),
  check (asked_at is not null or read_at is not null)
);
create index code_readings_open on code_readings (staff_id, code_id) where read_at is null;

create function what_was_read_stays_read() returns trigger language plpgsql as $$
begin
  if old.read_at is not null then
    raise exception 'that somebody has read a code does not change afterwards';
  end if;
  return new;
end $$;
create trigger what_was_read_stays_read before update or delete on code_readings
  for each row execute function what_was_read_stays_read();
revoke delete, truncate on code_readings from rapport_app;

-- A promise that a clause speaks of was missed: what was put right, once for each.
create table code_remedies (
  code_id bigint not null references codes (id),
  clause text not null,
  promise_id bigint not null references promises (id),
  remedy_id bigint not null references promises (id),
  at timestamptz not null,
  primary key (promise_id)
);
create index code_remedies_by_clause on code_remedies (code_id, clause);

-- Laws that no longer hold: what cites them is shown as such. Data with dates, since the law changes more often than this program.
create table repealed_laws (
  key text primary key,
  name text not null,
  -- What a text that cites it says, as a regular expression, whatever the case.
  cited_as text not null,
  -- Where it no longer holds.
  jurisdictions text[] not null,
  repealed_on date not null,
  successor text not null,
  source text not null,
  note text not null default ''
);
insert into repealed_laws (key, name, cited_as, jurisdictions, repealed_on, successor, source, note) values
  ('coshh_1994', 'Control of Substances Hazardous to Health Regulations 1994', '(coshh|control of substances hazardous to health)[^.;]{0,40}\b(1988|1994|1999)\b', '{england_wales,scotland,uk}', '1999-03-25', 'Control of Substances Hazardous to Health Regulations 2002', 'SI 2002/2677', 'The regulations of 1999 that followed were replaced in 2002.'),
  ('wtd_1999', 'Working Time “Directive 1999”', 'working time (directive|regulations?)[^.;]{0,20}\b1999\b', '{england_wales,scotland,uk}', '1998-10-01', 'Working Time Regulations 1998', 'SI 1998/1833', 'The regulations are of 1998; there is no directive of 1999 to cite.'),
  ('dda_1995', 'Disability Discrimination Act 1995', '\bdda\b|disability discrimination act', '{england_wales,scotland,uk}', '2010-10-01', 'Equality Act 2010', 'Equality Act 2010, Schedule 27', 'It still holds in Northern Ireland.'),
  ('sda_1975', 'Sex Discrimination Act 1975', 'sex discrimination act', '{england_wales,scotland,uk}', '2010-10-01', 'Equality Act 2010', 'Equality Act 2010, Schedule 27', ''),
  ('rra_1976', 'Race Relations Act 1976', 'race relations act', '{england_wales,scotland,uk}', '2010-10-01', 'Equality Act 2010', 'Equality Act 2010, Schedule 27', ''),
  ('age_2006', 'Employment Equality (Age) Regulations 2006', 'employment equality \(?age\)? regulations', '{england_wales,scotland,uk}', '2010-10-01', 'Equality Act 2010', 'Equality Act 2010, Schedule 27', ''),
  ('dpa_1984', 'Data Protection Act 1984', 'data protection act[^.;]{0,20}\b1984\b', '{england_wales,scotland,northern_ireland,uk}', '2000-03-01', 'Data Protection Act 2018 and UK GDPR', 'Data Protection Act 1998, Schedule 16', ''),
  ('dpa_1998', 'Data Protection Act 1998', 'data protection act[^.;]{0,20}\b1998\b', '{england_wales,scotland,northern_ireland,uk}', '2018-05-25', 'Data Protection Act 2018 and UK GDPR', 'Data Protection Act 2018, Schedule 19', ''),
  ('distance_2000', 'Consumer Protection (Distance Selling) Regulations 2000', 'distance selling', '{england_wales,scotland,northern_ireland,uk}', '2014-06-13', 'Consumer Contracts (Information, Cancellation and Additional Charges) Regulations 2013', 'SI 2013/3134', ''),
  ('cpr_2008', 'Consumer Protection from Unfair Trading Regulations 2008', 'consumer protection from unfair trading', '{england_wales,scotland,northern_ireland,uk}', '2025-04-06', 'Digital Markets, Competition and Consumers Act 2024, part 4', 'Digital Markets, Competition and Consumers Act 2024', ''),
  ('utccr_1999', 'Unfair Terms in Consumer Contracts Regulations 1999', 'unfair terms in consumer contracts', '{england_wales,scotland,northern_ireland,uk}', '2015-10-01', 'Consumer Rights Act 2015, part 2', 'Consumer Rights Act 2015, Schedule 4', ''),
  ('riddor_1995', 'Reporting of Injuries, Diseases and Dangerous Occurrences Regulations 1995', '(riddor|reporting of injuries, diseases and dangerous occurrences)[^.;]{0,30}\b1995\b', '{england_wales,scotland,uk}', '2013-10-01', 'Reporting of Injuries, Diseases and Dangerous Occurrences Regulations 2013', 'SI 2013/1471', ''),
  ('management_1992', 'Management of Health and Safety at Work Regulations 1992', 'management of health and safety[^.;]{0,30}\b1992\b', '{england_wales,scotland,uk}', '1999-12-29', 'Management of Health and Safety at Work Regulations 1999', 'SI 1999/3242', ''),
  ('fire_1971', 'Fire Precautions Act 1971', 'fire precautions act', '{england_wales,uk}', '2006-10-01', 'Regulatory Reform (Fire Safety) Order 2005', 'SI 2005/1541', '');
revoke insert, update, delete, truncate on repealed_laws from rapport_app;

-- What fell due of a kind, counted by clauses.
create index promises_by_kind_due on promises (kind, due_at) where subject_kind = 'case';
