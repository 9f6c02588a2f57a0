-- Text messages and messengers: our accounts, who writes through them, what came in, and what goes out.

create table messenger_accounts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('twilio_sms', 'twilio_whatsapp', 'whatsapp', 'telegram')),
  name text not null,
  -- Our number or name there, as customers know it.
  address text not null,
  -- What is no secret: the account's number at the provider, and where the provider is reached.
  settings jsonb not null default '{}',
  secrets bytea not null,
  -- The last part of the address the provider calls.
  hook text not null unique,
  team_id bigint references teams (id),
  last_heard_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  version int not null default 1,
  ended_at timestamptz
);
create unique index messenger_accounts_by_address on messenger_accounts (kind, address) where ended_at is null;

-- Somebody at the other end of an account: a number or a chat, and the person behind it.
create table messenger_contacts (
  id bigint generated always as identity primary key,
  account_id bigint not null references messenger_accounts (id),
  address text not null,
  name text not null default '',
  person_id bigint not null references people (id),
  -- The last message of theirs, as the provider dates it: the window of WhatsApp counts from here.
  last_in_at timestamptz,
  -- They asked for no more messages, or blocked us.
  stopped_at timestamptz,
  unique (account_id, address)
);
create index messenger_contacts_of_person on messenger_contacts (person_id);

create table messenger_talks (
  conversation_id bigint primary key references conversations (id),
  contact_id bigint not null references messenger_contacts (id)
);
create index messenger_talks_of_contact on messenger_talks (contact_id, conversation_id desc);

-- What a provider told us, stored before it is acknowledged. Each is taken in once, by the provider's own number of it;
-- what it said is kept sealed until then, and no longer.
create table messenger_inbox (
  id bigint generated always as identity primary key,
  account_id bigint not null references messenger_accounts (id),
  kind text not null check (kind in ('message', 'status')),
  provider_id text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  state text not null default 'stored' check (state in ('stored', 'done', 'failed')),
  attempts int not null default 0,
  last_error text,
  body bytea,
  message_id bigint references messages (id),
  unique (account_id, kind, provider_id)
);
create index messenger_inbox_waiting on messenger_inbox (account_id, at, id) where state = 'stored';

-- A reply as the provider takes it: its text, then each file, one row each.
create table messenger_outbox (
  id bigint generated always as identity primary key,
  message_id bigint not null references messages (id),
  part int not null,
  contact_id bigint not null references messenger_contacts (id),
  attachment_id bigint references attachments (id) on delete set null,
  provider_id text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'delivered', 'read')),
  attempts int not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  unique (message_id, part)
);
create index messenger_outbox_by_provider on messenger_outbox (provider_id) where provider_id is not null;

-- A message on its way to a provider can no longer be taken back; providers also say when it arrived and was read.
alter table messages drop constraint messages_delivery_check;
alter table messages add constraint messages_delivery_check
  check (delivery in ('waiting', 'sending', 'sent', 'kept', 'failed', 'bounced', 'cancelled', 'delivered', 'read'));

alter table identities drop constraint identities_kind_check;
alter table identities add constraint identities_kind_check
  check (kind in ('email', 'phone', 'card', 'staff_number', 'student_number', 'account_number', 'telegram', 'other'));
