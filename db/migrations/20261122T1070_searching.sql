-- What a file says, read once per content; where nothing could be read, why.
create table file_texts (
  sha256 text primary key references files (sha256),
  text text not null default '',
  language text,
  problem text check (problem in ('unknown', 'broken', 'locked', 'too_large', 'too_slow')),
  read_at timestamptz not null
);

-- The words of subjects, each once: what a misspelt word is compared with.
create table search_words (word text primary key check (length(word) between 4 and 40));
create index search_words_alike on search_words using gin (word gin_trgm_ops);
insert into search_words
  select distinct word from cases c, regexp_split_to_table(folded(c.subject), '[^[:alnum:]]+') word
  where length(word) between 4 and 40 and word !~ '^[0-9]+$';

-- Who wrote in which cases, where messages, attachments and dates are asked for.
create index messages_by_writer on messages (staff_id, case_id) where staff_id is not null;
-- Opening only ever goes forward, so that ranges of blocks tell days apart; an ordinary index would cost every change of a case.
create index cases_opened on cases using brin (opened_at timestamptz_minmax_multi_ops);
create index cases_waiting on cases (waiting_since, id) where waiting_since is not null;

-- Files that are there already: their names at once, their contents by jobs.
insert into search_documents (kind, record_id, scope_id, at, words)
  select 'file', a.id, a.case_id, a.at, setweight(to_tsvector('rapport_english', n.words) || to_tsvector('rapport_simple', n.words), 'B')
  from attachments a, regexp_replace(a.name, '[^[:alnum:]]+', ' ', 'g') n (words)
  where a.message_id is not null and a.case_id is not null and not a.inline;
select enqueue('cases:read_file', json_build_object('id', record_id), 'files', null, 3, null) from search_documents where kind = 'file';

create table view_positions (
  staff_id bigint not null references staff (id),
  view_id bigint not null references views (id) on delete cascade,
  position integer not null,
  primary key (staff_id, view_id)
);
alter table views drop constraint if exists views_sort_check;
alter table views
  add constraint views_sort_check check (sort in ('urgency', 'recent', 'stale', 'newest', 'oldest', 'waiting', 'waking')),
  add column columns text[] not null default '{}',
  add column group_by text,
  add column layout text not null default 'list' check (layout in ('list', 'table', 'board', 'calendar'));
