-- The organisation, its staff, what they may do, and how they sign in.

create table calendars (
  id bigint generated always as identity primary key,
  name text not null,
  version int not null default 1,
  zone text not null,
  week jsonb not null,
  holidays jsonb not null default '[]'
);

create table organisation (
  id int primary key check (id = 1),
  name text not null,
  zone text not null default 'Europe/London',
  language text not null default 'en',
  calendar_id bigint not null references calendars,
  settings jsonb not null default '{}',
  version int not null default 1,
  set_up_at timestamptz not null
);

create table roles (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  description text not null,
  permissions text[] not null,
  visibility text not null check (visibility in ('all', 'team', 'own', 'none')),
  limits jsonb not null default '{}',
  version int not null default 1
);

create table teams (
  id bigint generated always as identity primary key,
  name text not null unique,
  description text not null default '',
  calendar_id bigint references calendars,
  version int not null default 1,
  ended_at timestamptz
);

create table staff (
  id bigint generated always as identity primary key,
  user_id text unique,
  name text not null,
  email text not null,
  role_id bigint not null references roles,
  preferences jsonb not null default '{}',
  version int not null default 1,
  joined_at timestamptz not null,
  ended_at timestamptz
);
create unique index staff_by_email on staff (lower(email));

create table team_members (
  team_id bigint not null references teams,
  staff_id bigint not null references staff,
  primary key (team_id, staff_id)
);
create index team_members_by_staff on team_members (staff_id);

create table api_tokens (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff,
  name text not null,
  sha256 text not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_tokens_by_staff on api_tokens (staff_id);

create table sign_in_failures (
  id bigint generated always as identity primary key,
  email text not null,
  address text not null,
  at timestamptz not null
);
create index sign_in_failures_by_email on sign_in_failures (email, at);
create index sign_in_failures_by_address on sign_in_failures (address, at);

insert into roles (key, name, description, permissions, visibility) values
  ('administrator', 'Administrator', 'Sets the system up, gives access, keeps it running.',
    '{case.read,case.open,case.handle,case.assign,case.confidential,case.export,person.read,person.edit,view.share,settings.read,settings.edit,staff.edit,mail.read,mail.edit,jobs.read,jobs.edit,audit.read}', 'all'),
  ('line_manager', 'Line manager', 'Answers for a department: decides, supports, improves.',
    '{case.read,case.open,case.handle,case.assign,case.confidential,case.export,person.read,person.edit,view.share,settings.read,mail.read,jobs.read,audit.read}', 'all'),
  ('supervisor', 'Supervisor', 'Runs the day: hands out work, decides what is referred, coaches.',
    '{case.read,case.open,case.handle,case.assign,case.confidential,case.export,person.read,person.edit,view.share,settings.read,mail.read,mail.edit}', 'all'),
  ('account_manager', 'Account manager', 'Looks after named customers over the long term.',
    '{case.read,case.open,case.handle,case.assign,person.read,person.edit,settings.read}', 'all'),
  ('adviser', 'Adviser', 'Handles the cases of a team from first contact to closing.',
    '{case.read,case.open,case.handle,case.assign,person.read,person.edit,settings.read}', 'team'),
  ('receptionist', 'Receptionist', 'Receives people, notes what they need, answers or passes on.',
    '{case.read,case.open,case.handle,case.assign,person.read,person.edit,settings.read}', 'team'),
  ('driver', 'Driver', 'Delivers, and notes what customers say at the door.',
    '{case.read,case.open,case.handle,person.read,settings.read}', 'own'),
  ('auditor', 'Auditor', 'Reads everything, changes nothing.',
    '{case.read,case.export,person.read,settings.read,mail.read,jobs.read,audit.read}', 'all'),
  ('mystery_shopper', 'Mystery shopper', 'Sees the visits assigned, nothing else.', '{}', 'none');

-- Sign-in belongs to a library; its tables live apart and hold no customer.
create schema auth;
grant usage on schema auth to rapport_app;
alter default privileges in schema auth grant select, insert, update, delete on tables to rapport_app;

create table auth."user" ("id" text not null primary key, "name" text not null, "email" text not null unique,
  "emailVerified" boolean not null, "image" text, "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null, "twoFactorEnabled" boolean);
create table auth."session" ("id" text not null primary key, "expiresAt" timestamptz not null, "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null, "ipAddress" text,
  "userAgent" text, "userId" text not null references auth."user" ("id") on delete cascade);
create table auth."account" ("id" text not null primary key, "accountId" text not null, "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade, "accessToken" text, "refreshToken" text,
  "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text,
  "password" text, "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null);
create table auth."verification" ("id" text not null primary key, "identifier" text not null, "value" text not null,
  "expiresAt" timestamptz not null, "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null);
create table auth."twoFactor" ("id" text not null primary key, "secret" text not null, "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade, "verified" boolean,
  "failedVerificationCount" integer, "lockedUntil" timestamptz);
create table auth."passkey" ("id" text not null primary key, "name" text, "publicKey" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade, "credentialID" text not null,
  "counter" integer not null, "deviceType" text not null, "backedUp" boolean not null, "transports" text,
  "createdAt" timestamptz, "aaguid" text);
create table auth."rateLimit" ("id" text not null primary key, "key" text not null unique, "count" integer not null,
  "lastRequest" bigint not null);
create index "session_userId_idx" on auth."session" ("userId");
create index "account_userId_idx" on auth."account" ("userId");
create index "verification_identifier_idx" on auth."verification" ("identifier");
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");
create index "passkey_userId_idx" on auth."passkey" ("userId");
create index "passkey_credentialID_idx" on auth."passkey" ("credentialID");
