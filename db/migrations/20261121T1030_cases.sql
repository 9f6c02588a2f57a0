-- Cases, their conversations and messages.

create table topics (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  position int not null,
  ended_at timestamptz
);
insert into topics (key, name, position)
select key, name, row_number() over () from (values
  ('delivery_speed', 'Speed of delivery'), ('product_range', 'Product range'), ('product_features', 'Product features'),
  ('price', 'Price'), ('packaging', 'Packaging'), ('return_policy', 'Return policy'),
  ('catalogue', 'Catalogue and website'), ('staff_attitude', 'Staff attitude'), ('knowledge', 'Knowledge'),
  ('timing', 'Timing'), ('availability', 'Availability'), ('premises', 'Premises'),
  ('confidentiality', 'Confidentiality'), ('equal_treatment', 'Equal treatment'), ('accounts', 'Bills and accounts'),
  ('other', 'Something else')) as list (key, name);

create table custom_fields (
  id bigint generated always as identity primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label text not null,
  type text not null check (type in ('text', 'number', 'flag', 'choice', 'date')),
  choices text[] not null default '{}',
  kinds text[] not null default '{}',
  position int not null default 0,
  ended_at timestamptz
);

create table cases (
  id bigint generated always as identity (start with 1001) primary key,
  kind text not null,
  status text not null check (status in ('new', 'open', 'waiting_customer', 'waiting_other', 'solved', 'closed')),
  subject text not null,
  channel text not null,
  stage text,
  topic_id bigint references topics,
  severity int not null default 2 check (severity between 1 and 4),
  internal boolean not null default false,
  requester_id bigint not null references people,
  assignee_id bigint references staff,
  team_id bigint references teams,
  confidential boolean not null default false,
  shared_with text[] not null default '{}',
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  language text,
  preview text not null default '',
  waiting_since timestamptz,
  -- When waiting counts from, moved back by how bad it is and who waits: the order of the queue.
  urgent_from timestamptz not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  first_reply_at timestamptz,
  solved_at timestamptz,
  closed_at timestamptz,
  reopened int not null default 0,
  need_met text check (need_met in ('yes', 'partly', 'no')),
  message_count int not null default 0,
  last_message_id bigint,
  version int not null default 1
);
create index cases_queue on cases (urgent_from, id) where status in ('new', 'open', 'waiting_customer', 'waiting_other');
create index cases_queue_of_team on cases (team_id, urgent_from, id) where status in ('new', 'open', 'waiting_customer', 'waiting_other');
create index cases_queue_of_staff on cases (assignee_id, urgent_from, id) where status in ('new', 'open', 'waiting_customer', 'waiting_other');
create index cases_recent on cases (last_at desc, id desc);
create index cases_by_status on cases (status, last_at desc, id desc);
create index cases_by_tag on cases using gin (tags);
create index cases_by_requester on cases (requester_id, id desc);

create table followers (
  case_id bigint not null references cases,
  staff_id bigint not null references staff,
  primary key (case_id, staff_id)
);
create index followers_by_staff on followers (staff_id);

create table conversations (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases,
  kind text not null check (kind in ('customer', 'internal', 'supplier')),
  channel text not null,
  mailbox_id bigint,
  subject text not null,
  created_at timestamptz not null
);
create index conversations_by_case on conversations (case_id);

create table participants (
  conversation_id bigint not null references conversations,
  person_id bigint not null references people,
  part text not null check (part in ('requester', 'copied', 'other')),
  address text,
  primary key (conversation_id, person_id)
);
create index participants_by_person on participants (person_id);

create table messages (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases,
  conversation_id bigint not null references conversations,
  direction text not null check (direction in ('in', 'out', 'note')),
  channel text not null,
  person_id bigint references people,
  staff_id bigint references staff,
  author text not null,
  address text,
  text text not null,
  quoted text not null default '',
  html text,
  language text,
  at timestamptz not null,
  -- Outgoing only: waits for undo, then goes; a letter or call has nothing to deliver.
  delivery text check (delivery in ('waiting', 'sent', 'kept', 'failed', 'bounced', 'cancelled')),
  send_at timestamptz,
  automatic boolean not null default false,
  -- Why a reader should be careful: 'not_verified', 'not_participant'.
  warnings text[] not null default '{}',
  mail_id bigint
);
create index messages_by_case on messages (case_id, id);
create index messages_by_conversation on messages (conversation_id);

-- A file uploaded for a case that is yet to be opened has no case until then.
create table attachments (
  id bigint generated always as identity primary key,
  case_id bigint references cases,
  message_id bigint references messages,
  staff_id bigint references staff,
  sha256 text not null references files,
  name text not null,
  type text not null,
  size bigint not null,
  content_id text,
  inline boolean not null default false,
  unscanned boolean not null default false,
  at timestamptz not null
);
create index attachments_by_message on attachments (message_id);
create index attachments_by_case on attachments (case_id);

-- What somebody is writing, kept on the server so that no refresh can eat it.
create table drafts (
  case_id bigint not null references cases,
  staff_id bigint not null references staff,
  kind text not null check (kind in ('reply', 'note')),
  text text not null,
  seen_message_id bigint,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (case_id, staff_id, kind)
);

create table case_seen (
  staff_id bigint not null references staff,
  case_id bigint not null references cases,
  message_id bigint not null,
  at timestamptz not null,
  primary key (staff_id, case_id)
);

-- Who looks at what just now; worth nothing after a restart.
create unlogged table case_presence (
  case_id bigint not null,
  staff_id bigint not null,
  doing text not null check (doing in ('viewing', 'writing')),
  at timestamptz not null,
  primary key (case_id, staff_id)
);

create table views (
  id bigint generated always as identity primary key,
  name text not null,
  staff_id bigint references staff,
  team_id bigint references teams,
  condition jsonb not null,
  sort text not null check (sort in ('urgency', 'recent', 'oldest')),
  position int not null default 0,
  version int not null default 1
);

-- Was your need met? Asked by a link that only a click on a button answers.
create table closing_checks (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  met text check (met in ('yes', 'partly', 'no')),
  remark text
);
create index closing_checks_by_case on closing_checks (case_id);
