-- The doors for customers: a public form, and a portal that needs no account.

create table portal_settings (
  id int primary key default 1 check (id = 1),
  open boolean not null default true,
  intro text not null default '',
  kinds text[] not null default '{enquiry,request,order_problem,fault,delivery_problem,complaint,compliment,suggestion,return}',
  -- Who gets what comes in through the form.
  team_id bigint references teams (id),
  version int not null default 1
);
insert into portal_settings default values;

-- A code that was sent to an address. Only its hash is kept; it is good for a quarter of an hour and five tries.
create table portal_codes (
  id bigint generated always as identity primary key,
  email text not null,
  sha256 text not null,
  remote_address text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  used_at timestamptz
);
create index portal_codes_by_email on portal_codes (email, created_at);
create index portal_codes_by_address on portal_codes (remote_address, created_at);

create table portal_sessions (
  sha256 text primary key,
  person_id bigint not null references people (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index portal_sessions_by_person on portal_sessions (person_id);

alter table outgoing_mail drop constraint outgoing_mail_kind_check;
alter table outgoing_mail add constraint outgoing_mail_kind_check
  check (kind in ('reply', 'acknowledgement', 'closing_check', 'notification', 'sign_in'));
