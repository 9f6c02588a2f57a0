-- What the organisation offers: families of products and services with their declared features, places that have them,
-- what is available where, what is known to fail, what the press says, and what is offered instead.
create table product_families (
  id bigint generated always as identity primary key,
  name text not null,
  attributes jsonb not null default '[]' check (jsonb_typeof(attributes) = 'array'),
  -- Whoever buys or plans, and hears what could not be supplied.
  staff_id bigint references staff,
  version integer not null default 1,
  ended_at timestamptz
);
create unique index product_families_by_name on product_families (folded(name)) where ended_at is null;
create index product_families_by_staff on product_families (staff_id) where staff_id is not null;

create table places (
  id bigint generated always as identity primary key,
  name text not null,
  address text not null default '',
  version integer not null default 1,
  ended_at timestamptz
);
create unique index places_by_name on places (folded(name)) where ended_at is null;

create table products (
  id bigint generated always as identity primary key,
  family_id bigint references product_families,
  kind text not null check (kind in ('product', 'service')),
  name text not null,
  number text not null,
  barcode text,
  description text not null default '',
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  quality text not null default '',
  price_minor bigint check (price_minor >= 0),
  currency text not null default 'GBP' check (currency ~ '^[A-Z]{3}$'),
  packaging text not null default '',
  guarantee text not null default '',
  warnings text not null default '',
  safety text not null default '',
  url text not null default '',
  discontinued_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  words tsvector not null generated always as (to_tsvector('simple', folded(name || ' ' || number || ' ' || quality))
    || to_tsvector('simple', folded(left(description, 4000)))) stored
);
create unique index products_by_number on products (upper(number));
create unique index products_by_barcode on products (ltrim(barcode, '0')) where barcode is not null;
create index products_in_order on products (folded(name), id);
create index products_of_family on products (family_id, folded(name), id);
create index products_by_name on products using gin (folded(name) gin_trgm_ops);
create index products_by_words on products using gin (words);

create table product_availability (
  product_id bigint not null references products on delete cascade,
  place_id bigint not null references places,
  state text not null check (state in ('in_stock', 'low', 'out', 'discontinued')),
  expected_on date,
  source text not null check (source in ('hand', 'api', 'import')),
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (product_id, place_id)
);
create index product_availability_by_place on product_availability (place_id, state, product_id);

create table product_faults (
  id bigint generated always as identity primary key,
  product_id bigint not null references products on delete cascade,
  text text not null,
  since date,
  workaround text not null default '',
  fixed_on date,
  created_at timestamptz not null
);
create index product_faults_of on product_faults (product_id);

create table product_press (
  id bigint generated always as identity primary key,
  product_id bigint not null references products on delete cascade,
  source text not null,
  published_on date,
  quote text not null,
  url text not null default '',
  created_at timestamptz not null
);
create index product_press_of on product_press (product_id);

create table product_pictures (
  id bigint generated always as identity primary key,
  product_id bigint not null references products on delete cascade,
  sha256 text not null references files (sha256),
  name text not null,
  type text not null,
  size integer not null,
  alt text not null default '',
  created_at timestamptz not null
);
create index product_pictures_of on product_pictures (product_id);
create index product_pictures_by_content on product_pictures (sha256);

-- Instead of `product_id` offer `other_id`; the other way round too where that is said.
create table product_alternatives (
  product_id bigint not null references products on delete cascade,
  other_id bigint not null references products on delete cascade,
  both_ways boolean not null default false,
  note text not null default '',
  position integer not null default 0,
  primary key (product_id, other_id),
  check (product_id <> other_id)
);
create index product_alternatives_by_other on product_alternatives (other_id) where both_ways;

update roles set permissions = permissions || '{catalogue.read}'::text[]
  where 'case.read' = any (permissions) and not 'catalogue.read' = any (permissions);
update roles set permissions = permissions || '{catalogue.stock}'::text[]
  where key in ('administrator', 'line_manager', 'supervisor', 'account_manager', 'adviser', 'receptionist')
    and not 'catalogue.stock' = any (permissions);
update roles set permissions = permissions || '{catalogue.edit}'::text[]
  where key in ('administrator', 'line_manager', 'supervisor') and not 'catalogue.edit' = any (permissions);
