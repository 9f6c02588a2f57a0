-- What was promised to be delivered by when, and when it came.
create table deliveries (
  id bigint generated always as identity primary key,
  -- The number it has where it comes from: told twice, it is the same delivery.
  external_id text not null unique check (btrim(external_id) <> ''),
  reference text not null default '',
  case_id bigint references cases,
  what text not null default '',
  ordered_at timestamptz not null,
  promised_at timestamptz not null,
  delivered_at timestamptz check (delivered_at >= ordered_at),
  cancelled_at timestamptz,
  -- None where it was told of only after its time.
  promise_id bigint references promises,
  source text not null check (source in ('api', 'import')),
  changed_at timestamptz not null,
  check (delivered_at is null or cancelled_at is null),
  check (promised_at >= ordered_at)
);
create index deliveries_open on deliveries (promised_at, id) where delivered_at is null and cancelled_at is null;
create index deliveries_delivered on deliveries (delivered_at desc, id desc) where delivered_at is not null;
create index deliveries_of_case on deliveries (case_id) where case_id is not null;
