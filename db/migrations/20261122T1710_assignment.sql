-- Who is given what: skills, how much somebody takes on, and the rules by which cases find somebody.
create table skills (
  id bigint primary key generated always as identity,
  name text not null,
  ended_at timestamptz
);
create unique index skills_by_name on skills (lower(name)) where ended_at is null;

create table staff_skills (
  staff_id bigint not null references staff (id),
  skill_id bigint not null references skills (id),
  level integer not null check (level between 1 and 3),
  primary key (staff_id, skill_id)
);
create index staff_skills_of_skill on staff_skills (skill_id, staff_id);

-- One row for each who is given work; locked while somebody is chosen, so that a last free place is given once.
create table staff_work (
  staff_id bigint primary key references staff (id),
  capacity integer not null default 15 check (capacity between 0 and 1000),
  -- Whether cases may be given to them by rule; by hand they always may.
  accepts boolean not null default true,
  last_given_at timestamptz,
  version integer not null default 1
);

create table assignment_rules (
  id bigint primary key generated always as identity,
  name text not null,
  condition jsonb not null,
  -- To whom: this team, or where there is none the team of the case.
  team_id bigint references teams (id),
  way text not null check (way in ('team', 'least_loaded', 'round_robin')),
  -- What somebody must be able to do: [{"skillId": 1, "level": 2}].
  skills jsonb not null default '[]' check (jsonb_typeof(skills) = 'array'),
  position integer not null,
  enabled boolean not null default true,
  version integer not null default 1,
  ended_at timestamptz,
  constraint a_team_is_named check (way <> 'team' or team_id is not null)
);
create index assignment_rules_in_order on assignment_rules (position, id) where ended_at is null;

-- Cases that a rule could give to nobody yet.
create table assignment_waiting (
  case_id bigint primary key references cases (id),
  rule_id bigint not null references assignment_rules (id),
  since timestamptz not null
);
