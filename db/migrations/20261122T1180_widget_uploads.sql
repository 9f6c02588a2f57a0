-- Files that visitors of a website chose in the window and have not sent yet, and how much each of them uploads in an hour.

create table widget_uploads (
  id bigint generated always as identity primary key,
  -- The visitor's session, also before anything was said in it.
  session_sha256 text not null,
  remote_address text not null,
  sha256 text not null,
  name text not null,
  type text not null,
  size bigint not null,
  unscanned boolean not null,
  at timestamptz not null,
  sent_at timestamptz,
  -- It counts towards the hour all the same.
  removed_at timestamptz
);
create index widget_uploads_by_session on widget_uploads (session_sha256, at);
create index widget_uploads_by_address on widget_uploads (remote_address, at);
create index widget_uploads_by_time on widget_uploads (at);
