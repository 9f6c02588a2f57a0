-- A window on other websites: a form, and a conversation that goes on by mail when the visitor leaves.

create table widget_sites (
  id bigint generated always as identity primary key,
  name text not null,
  -- The only site that may show it, as a browser names it: https://shop.example
  origin text not null check (origin ~ '^https?://[^/]+$'),
  -- Public: it stands in the page.
  key text not null unique,
  -- Signs who a visitor is, sealed with the installation's key.
  secret bytea not null,
  team_id bigint references teams (id),
  greeting text not null default '',
  colour text not null default '#156c5f' check (colour ~ '^#[0-9a-f]{6}$'),
  version int not null default 1,
  ended_at timestamptz
);

create table widget_talks (
  sha256 text primary key,
  site_id bigint not null references widget_sites (id),
  case_id bigint not null references cases (id),
  conversation_id bigint not null references conversations (id),
  person_id bigint not null references people (id),
  began_at timestamptz not null,
  -- When the visitor's window was last there; written at most every twenty seconds.
  seen_at timestamptz not null
);
create index widget_talks_of_case on widget_talks (case_id);
create index widget_talks_of_conversation on widget_talks (conversation_id);
