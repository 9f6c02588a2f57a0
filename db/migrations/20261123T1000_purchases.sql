-- What was bought: orders and sales with what each line was paid, as it was allocated at the sale, and how it was paid.
create table purchase_imports (
  id bigint generated always as identity primary key,
  name text not null,
  -- The system the file comes from: a number of it that is known already is not brought in twice.
  source text not null check (btrim(source) <> ''),
  -- reading: rows are being read; read: looked through, nothing of it brought in; writing, done, undoing, undone; failed.
  state text not null check (state in ('reading', 'read', 'writing', 'done', 'undoing', 'undone', 'failed')),
  -- How what it tells of was sold, where a row does not say it.
  channel text not null check (channel in ('in_store', 'distance', 'off_premises')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  problem text not null default '',
  ignored text[] not null default '{}',
  -- What the file holds, and what of it cannot be brought in.
  rows integer not null default 0,
  wrong integer not null default 0,
  sold integer not null default 0,
  sold_minor bigint not null default 0,
  cancelled integer not null default 0,
  cancelled_minor bigint not null default 0,
  -- What became of it.
  purchases integer not null default 0,
  lines integer not null default 0,
  returned integer not null default 0,
  unmatched integer not null default 0,
  staff_id bigint references staff,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

-- The rows of a file while it is looked through; those that could not be brought in stay, with why.
create table purchase_import_rows (
  import_id bigint not null references purchase_imports on delete cascade,
  line integer not null,
  kind text not null check (kind in ('sold', 'cancelled', 'wrong')),
  number text not null default '',
  at timestamptz,
  account text not null default '',
  country text,
  sku text not null default '',
  name text not null default '',
  quantity integer not null default 0,
  paid_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  field text not null default '',
  message text not null default '',
  primary key (import_id, line)
);
create index purchase_import_rows_told on purchase_import_rows (import_id, line) where message <> '';

-- Customers that a file made known: they go again with it, where nothing else is known of them.
create table purchase_import_people (
  import_id bigint not null references purchase_imports on delete cascade,
  person_id bigint not null,
  primary key (import_id, person_id)
);

-- Whoever is referred to by anything stays: each is tried by itself.
create function remove_unused_people(ids bigint[]) returns setof bigint language plpgsql as $$
  declare one bigint;
  begin
    for one in select p.id from people p where p.id = any (ids) and p.version = 1 order by p.id loop
      begin
        delete from identities where person_id = one;
        delete from memberships where person_id = one;
        delete from people where id = one;
        return next one;
      exception when foreign_key_violation then null;
      end;
    end loop;
  end
$$;

create table purchases (
  id bigint generated always as identity primary key,
  -- As it is printed on the receipt or the confirmation of the order.
  number text not null check (btrim(number) <> ''),
  -- Printed on the receipt for whoever is given it: it tells neither what was paid nor who paid it.
  gift_number text check (btrim(gift_number) <> ''),
  -- The number it has in the system it comes from: told twice, it is the same purchase.
  source text not null default '',
  external_id text check (btrim(external_id) <> ''),
  channel text not null check (channel in ('in_store', 'distance', 'off_premises')),
  place_id bigint references places,
  -- Nobody where it was sold to somebody unknown.
  person_id bigint references people,
  country text check (country ~ '^[A-Z]{2}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  bought_at timestamptz not null,
  -- What was paid for carriage: the least expensive usual way, and what a faster one cost on top.
  carriage_minor bigint not null default 0 check (carriage_minor >= 0),
  carriage_extra_minor bigint not null default 0 check (carriage_extra_minor >= 0),
  carriage_refunded_minor bigint not null default 0
    check (carriage_refunded_minor between 0 and carriage_minor + carriage_extra_minor),
  import_id bigint references purchase_imports,
  created_at timestamptz not null,
  created_by bigint references staff,
  version integer not null default 1
);
create unique index purchases_by_external_id on purchases (source, external_id) where external_id is not null;
create unique index purchases_by_gift_number on purchases (upper(gift_number)) where gift_number is not null;
create index purchases_by_number on purchases (upper(number) text_pattern_ops, bought_at desc);
create index purchases_of_person on purchases (person_id, bought_at desc, id desc) where person_id is not null;
create index purchases_latest on purchases (bought_at desc, id desc);
create index purchases_of_import on purchases (import_id) where import_id is not null;

create table purchase_lines (
  id bigint generated always as identity primary key,
  purchase_id bigint not null references purchases on delete cascade,
  position integer not null,
  product_id bigint references products,
  sku text not null default '',
  name text not null check (btrim(name) <> ''),
  kind text not null default 'goods' check (kind in ('goods', 'service', 'digital')),
  -- What the law makes exceptions of, as it is known at the sale: personalised, perishable, sealed for hygiene.
  traits text[] not null default '{}',
  serial text not null default '',
  quantity integer not null check (quantity > 0),
  -- For all of them, with tax, after discounts: what can be paid back at most. Never computed again later.
  paid_minor bigint not null check (paid_minor >= 0),
  tax_minor bigint not null default 0 check (tax_minor between 0 and paid_minor),
  discount_minor bigint not null default 0 check (discount_minor >= 0),
  dispatched_at timestamptz,
  delivered integer not null default 0 check (delivered between 0 and quantity),
  delivered_at timestamptz,
  returned integer not null default 0,
  refunded_minor bigint not null default 0,
  -- Given in exchange for another: its price and its dates go back to that one.
  replaces_id bigint references purchase_lines,
  unique (purchase_id, position),
  constraint returned_at_most_delivered check (returned between 0 and delivered),
  constraint refunded_at_most_paid check (refunded_minor between 0 and paid_minor),
  check ((delivered = 0) = (delivered_at is null))
);
create index purchase_lines_by_sku on purchase_lines (upper(sku)) where sku <> '';
create index purchase_lines_by_serial on purchase_lines (upper(serial)) where serial <> '';
create index purchase_lines_of_product on purchase_lines (product_id) where product_id is not null;
create index purchase_lines_replacing on purchase_lines (replaces_id) where replaces_id is not null;

create table purchase_payments (
  id bigint generated always as identity primary key,
  purchase_id bigint not null references purchases on delete cascade,
  tender text not null check (tender in ('cash', 'card', 'bank_transfer', 'online', 'voucher', 'store_credit', 'account', 'other')),
  amount_minor bigint not null check (amount_minor > 0),
  refunded_minor bigint not null default 0,
  -- By which whoever took it finds it again; never the number of a card.
  reference text not null default '',
  constraint refunded_at_most_taken check (refunded_minor between 0 and amount_minor)
);
create index purchase_payments_of on purchase_payments (purchase_id);

-- What came back of a line and what was paid back for it: each fact once, never more than was delivered and paid.
create table purchase_returns (
  id bigint generated always as identity primary key,
  line_id bigint not null references purchase_lines on delete cascade,
  -- What makes it one act, however often it is told.
  key text not null unique,
  -- Goods and money go apart: either may be nothing.
  quantity integer not null check (quantity >= 0),
  amount_minor bigint not null check (amount_minor >= 0),
  at timestamptz not null,
  -- Of the credit note or the cancelled invoice.
  number text not null default '',
  import_id bigint references purchase_imports,
  created_by bigint references staff,
  check (quantity > 0 or amount_minor > 0)
);
create index purchase_returns_of_line on purchase_returns (line_id);
create index purchase_returns_of_import on purchase_returns (import_id) where import_id is not null;
create index purchase_returns_latest on purchase_returns (at desc, id desc);

-- The line keeps the sums, and its own checks are the ceiling: two counters that pay back the same line at once meet here.
create function count_purchase_return() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      update purchase_lines set returned = returned + new.quantity, refunded_minor = refunded_minor + new.amount_minor where id = new.line_id;
      return new;
    end if;
    update purchase_lines set returned = returned - old.quantity, refunded_minor = refunded_minor - old.amount_minor where id = old.line_id;
    return old;
  end
$$;
create trigger purchase_returns_counted after insert or delete on purchase_returns
  for each row execute function count_purchase_return();
create function refuse_purchase_return_change() returns trigger language plpgsql as $$
  begin
    raise exception 'what came back is not changed: it is taken back and told again';
  end
$$;
create trigger purchase_returns_stay before update on purchase_returns
  for each row execute function refuse_purchase_return_change();

update roles set permissions = permissions || '{purchase.read}'::text[]
  where 'case.read' = any (permissions) and not 'purchase.read' = any (permissions);
update roles set permissions = permissions || '{purchase.record}'::text[]
  where 'case.handle' = any (permissions) and not 'purchase.record' = any (permissions);
update roles set permissions = permissions || '{purchase.import}'::text[]
  where key in ('administrator', 'line_manager', 'supervisor') and not 'purchase.import' = any (permissions);
