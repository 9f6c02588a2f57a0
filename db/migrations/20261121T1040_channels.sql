-- Mail in and out. The raw message is stored before it is read.

create table mailboxes (
  id bigint generated always as identity primary key,
  name text not null,
  address text not null,
  kind text not null check (kind in ('listener', 'imap')),
  team_id bigint references teams,
  acknowledge boolean not null default true,
  -- Settings of an IMAP account; the password is encrypted with the installation's key.
  imap jsonb,
  imap_password bytea,
  uid_validity bigint,
  last_uid bigint not null default 0,
  last_checked_at timestamptz,
  last_error text,
  version int not null default 1,
  ended_at timestamptz
);
create unique index mailboxes_by_address on mailboxes (lower(address)) where ended_at is null;

alter table conversations add foreign key (mailbox_id) references mailboxes;

create table received_mail (
  id bigint generated always as identity primary key,
  mailbox_id bigint not null references mailboxes,
  source text not null check (source in ('smtp', 'imap')),
  source_id text not null,
  message_id text,
  sha256 text not null,
  size int not null,
  envelope_from text not null,
  envelope_to text[] not null,
  remote_address text,
  helo text,
  received_at timestamptz not null,
  state text not null check (state in ('stored', 'done', 'quarantined', 'discarded')),
  reason text,
  subject text,
  sender text,
  attempts int not null default 0,
  case_id bigint references cases,
  processed_at timestamptz,
  -- What SPF, DKIM and DMARC say, when we are the receiving server.
  verdict jsonb,
  redacted boolean not null default false,
  raw bytea not null
);
alter table received_mail alter column raw set storage external;
create unique index received_mail_source on received_mail (mailbox_id, source, source_id);
create unique index received_mail_once on received_mail (mailbox_id, sha256);
create index received_mail_waiting on received_mail (mailbox_id, id) where state = 'stored';
create index received_mail_quarantine on received_mail (id desc) where state = 'quarantined';
create index received_mail_recent on received_mail (received_at desc, id desc);
create index received_mail_by_sender on received_mail (sender, received_at);

create table mail_ids (
  message_id text primary key,
  case_id bigint not null references cases,
  conversation_id bigint not null references conversations,
  message_ref bigint not null references messages
);

create table outgoing_mail (
  id bigint generated always as identity primary key,
  mailbox_id bigint references mailboxes,
  case_id bigint references cases,
  message_ref bigint references messages,
  kind text not null check (kind in ('reply', 'acknowledgement', 'closing_check', 'notification')),
  message_id text not null unique,
  envelope_from text not null,
  recipients text[] not null,
  subject text not null,
  state text not null check (state in ('waiting', 'sent', 'kept', 'failed', 'bounced', 'cancelled')),
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  raw bytea
);
create index outgoing_mail_recent on outgoing_mail (id desc);
create index outgoing_mail_by_case on outgoing_mail (case_id);

-- One automatic answer a day to the same address from the same mailbox.
create table auto_replies (
  mailbox_id bigint not null references mailboxes,
  address text not null,
  at timestamptz not null
);
create index auto_replies_by_address on auto_replies (mailbox_id, address, at);
