-- Know-how: articles with versions that are kept for ever, checked by somebody else before they are published.

create table articles (
  id bigint generated always as identity primary key,
  -- Translations of one article share it: the number of the first of them.
  group_id bigint not null,
  language text not null check (language ~ '^[a-z]{2}$'),
  owner_id bigint not null references staff (id),
  review_on date,
  -- Of the newest version; `archived` for the whole of it.
  state text not null check (state in ('draft', 'in_review', 'approved', 'published', 'archived')),
  newest_version int not null default 1,
  newest_title text not null,
  newest_audience text not null,
  newest_team_id bigint references teams (id),
  newest_words tsvector not null,
  -- What readers see; null where nothing is published.
  published_version int,
  published_title text,
  published_audience text,
  published_team_id bigint references teams (id),
  published_words tsvector,
  published_at timestamptz,
  used int not null default 0,
  last_used_at timestamptz,
  helped int not null default 0,
  not_helped int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  unique (group_id, language),
  check ((published_version is null) = (published_title is null)),
  check ((published_version is null) = (published_audience is null))
);
create index articles_by_change on articles (updated_at desc, id desc);
create index articles_by_owner on articles (owner_id);
create index articles_by_review on articles (review_on) where review_on is not null;
create index articles_newest_words on articles using gin (newest_words);
create index articles_published_words on articles using gin (published_words);
create index articles_titles_alike on articles using gin (folded(newest_title) gin_trgm_ops);
create index articles_published_titles_alike on articles using gin (folded(published_title) gin_trgm_ops);

create table article_versions (
  article_id bigint not null references articles (id),
  number int not null,
  title text not null,
  summary text not null default '',
  html text not null,
  text text not null,
  kind text not null check (kind in ('informative', 'instructive', 'directive', 'warning', 'safety')),
  source text not null check (source in ('brochure', 'leaflet', 'website', 'press', 'customers', 'supplier', 'own_experience')),
  audience text not null check (audience in ('public', 'staff', 'team')),
  team_id bigint references teams (id),
  file_ids bigint[] not null default '{}',
  note text not null default '',
  state text not null check (state in ('draft', 'in_review', 'approved', 'published', 'replaced')),
  at timestamptz not null,
  writer_id bigint not null references staff (id),
  -- Everybody who wrote since the last version that was approved: none of them may approve this one.
  writer_ids bigint[] not null,
  submitted_at timestamptz,
  returned_reason text,
  approved_by bigint references staff (id),
  approved_at timestamptz,
  published_at timestamptz,
  primary key (article_id, number),
  check ((audience = 'team') = (team_id is not null)),
  check ((approved_by is null) = (approved_at is null)),
  constraint maker_is_never_checker check (approved_by is null or not approved_by = any (writer_ids)),
  constraint approved_before_published check (state not in ('approved', 'published') or approved_by is not null)
);

create function article_version_stands() returns trigger language plpgsql as $$
declare before article_versions;
begin
  if tg_op = 'DELETE' then
    raise exception 'a version of an article is kept';
  elsif tg_op = 'INSERT' then
    select * into before from article_versions where article_id = new.article_id order by number desc limit 1;
    if new.number <> coalesce(before.number, 0) + 1 or new.state <> 'draft' or new.approved_by is not null then
      raise exception 'a version of an article begins as a draft, one after the other';
    end if;
    new.writer_ids := case when before.number is null or before.approved_by is not null then array[new.writer_id]
      else array(select distinct unnest(before.writer_ids || new.writer_id) order by 1) end;
    return new;
  end if;
  if (new.article_id, new.number, new.title, new.summary, new.html, new.text, new.kind, new.source, new.audience, new.team_id,
      new.file_ids, new.note, new.at, new.writer_id, new.writer_ids) is distinct from
    (old.article_id, old.number, old.title, old.summary, old.html, old.text, old.kind, old.source, old.audience, old.team_id,
      old.file_ids, old.note, old.at, old.writer_id, old.writer_ids) then
    raise exception 'what a version of an article says does not change';
  end if;
  if old.approved_by is not null and new.approved_by is distinct from old.approved_by then
    raise exception 'who approved a version of an article does not change';
  end if;
  return new;
end $$;
create trigger article_version_stands before insert or update or delete on article_versions
  for each row execute function article_version_stands();

create function article_published_was_approved() returns trigger language plpgsql as $$
begin
  if new.published_version is not null and not exists (select from article_versions v
      where v.article_id = new.id and v.number = new.published_version and v.approved_by is not null
        and v.audience = new.published_audience and v.team_id is not distinct from new.published_team_id) then
    raise exception 'only what was approved is published, and to whom it was approved for';
  end if;
  return new;
end $$;
create trigger article_published_was_approved before insert or update on articles
  for each row execute function article_published_was_approved();

create table article_topics (
  article_id bigint not null references articles (id),
  topic_id bigint not null references topics (id),
  primary key (article_id, topic_id)
);
create index article_topics_by_topic on article_topics (topic_id);

create table article_files (
  id bigint generated always as identity primary key,
  -- Null until a version with it is saved.
  article_id bigint references articles (id),
  staff_id bigint not null references staff (id),
  sha256 text not null references files (sha256),
  name text not null,
  type text not null,
  size bigint not null,
  unscanned boolean not null default false,
  at timestamptz not null
);
create index article_files_by_article on article_files (article_id);
create index article_files_by_content on article_files (sha256);

-- Whether it helped: each member of staff once, each reader from outside once a day, told apart by a hash of that day.
create table article_answers (
  id bigint generated always as identity primary key,
  article_id bigint not null references articles (id),
  number int not null,
  helped boolean not null,
  staff_id bigint references staff (id),
  reader text,
  at timestamptz not null,
  check ((staff_id is null) <> (reader is null))
);
create unique index article_answers_of_staff on article_answers (article_id, staff_id) where staff_id is not null;
create unique index article_answers_of_readers on article_answers (article_id, reader) where reader is not null;

-- What was looked for and not found: words and how often, and nothing of who asked.
create table article_gaps (
  id bigint generated always as identity primary key,
  words text not null unique check (length(words) between 2 and 120),
  staff_times int not null default 0,
  public_times int not null default 0,
  times int generated always as (staff_times + public_times) stored,
  first_at timestamptz not null,
  last_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'drafted', 'dismissed')),
  article_id bigint references articles (id),
  reason text,
  decided_by bigint references staff (id),
  decided_at timestamptz,
  check (state <> 'drafted' or article_id is not null),
  check (state <> 'dismissed' or reason is not null)
);
create index article_gaps_by_times on article_gaps (state, times desc, id desc);

update roles set permissions = permissions || '{knowledge.read,knowledge.edit,knowledge.approve}'
  where key in ('administrator', 'line_manager', 'supervisor');
update roles set permissions = permissions || '{knowledge.read,knowledge.edit}' where key in ('account_manager', 'adviser');
update roles set permissions = permissions || '{knowledge.read}' where key in ('receptionist', 'driver', 'auditor');
