-- The returns desk: what the house offers beyond the law, what came to the desk, and what became of goods and money.

-- Whose law holds where nothing is known of the customer's: a country, or a nation of one.
alter table organisation add column jurisdiction text not null default 'GB-EAW' check (jurisdiction ~ '^[A-Z]{2}(-[A-Z]{3})?$');

-- Rules of the house, in versions that are never changed once they are in force.
create table return_policies (
  version integer primary key,
  rules jsonb not null check (jsonb_typeof(rules) = 'array'),
  note text not null default '',
  -- Null while it is a draft; at most one is.
  published_at timestamptz,
  published_by bigint references staff,
  changed_at timestamptz not null,
  changed_by bigint references staff
);
create unique index return_policies_draft on return_policies ((published_at is null)) where published_at is null;

create function refuse_return_policy_change() returns trigger language plpgsql as $$
  begin
    if old.published_at is not null then
      raise exception 'a return policy that was in force is not changed: there is a new version instead';
    end if;
    return coalesce(new, old);
  end
$$;
create trigger return_policies_stay before update or delete on return_policies
  for each row execute function refuse_return_policy_change();

create table returns (
  id bigint generated always as identity primary key,
  -- Told twice by the same key it is the same return.
  key text not null unique,
  case_id bigint not null references cases,
  person_id bigint references people,
  channel text not null check (channel in ('desk', 'post', 'portal', 'phone', 'on_site')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  policy_version integer references return_policies,
  law_pack text not null default '',
  law_version integer,
  made_at timestamptz not null,
  made_by bigint not null references staff,
  withdrawn_at timestamptz,
  version integer not null default 1
);
create index returns_of_case on returns (case_id);
create index returns_latest on returns (made_at desc, id desc);
create index returns_of_person on returns (person_id, made_at desc) where person_id is not null;

create table return_lines (
  id bigint generated always as identity primary key,
  return_id bigint not null references returns,
  position integer not null,
  -- None where nothing shows when it was bought: then it says itself what it is.
  line_id bigint references purchase_lines,
  name text not null check (btrim(name) <> ''),
  quantity integer not null check (quantity > 0),
  reason text not null,
  proof text not null check (proof in ('receipt', 'order', 'card', 'serial', 'loyalty', 'none')),
  note text not null default '',
  outcome text not null check (outcome in ('refund', 'exchange', 'repair', 'store_credit', 'partial', 'keep_item')),
  basis text not null check (basis in ('law', 'house', 'exception')),
  -- The rule and its words, and all that was known when it was decided.
  clause text not null,
  facts jsonb not null,
  amount_minor bigint not null check (amount_minor >= 0),
  fee_minor bigint not null default 0 check (fee_minor >= 0),
  goods text not null check (goods in ('none_needed', 'expected', 'in_transit', 'received', 'inspecting', 'accepted', 'accepted_damaged',
    'rejected', 'restocked', 'repaired', 'supplier_claim', 'written_off', 'sent_back')),
  goods_note text not null default '',
  unique (return_id, position)
);
create index return_lines_of_line on return_lines (line_id) where line_id is not null;
create index return_lines_goods on return_lines (goods, id) where goods in ('expected', 'in_transit', 'received', 'inspecting');

create table refunds (
  id bigint generated always as identity primary key,
  return_id bigint not null references returns,
  payment_id bigint references purchase_payments,
  tender text not null check (tender in ('cash', 'card', 'bank_transfer', 'online', 'voucher', 'store_credit', 'account', 'other')),
  amount_minor bigint not null check (amount_minor > 0),
  state text not null check (state in ('awaiting_approval', 'to_pay', 'done', 'declined', 'failed')),
  -- By when it is promised, and which promise says so.
  pay_by timestamptz,
  promise_id bigint references promises,
  reference text not null default '',
  changed_at timestamptz not null,
  done_at timestamptz,
  done_by bigint references staff,
  check ((state = 'done') = (done_at is not null))
);
create index refunds_of_return on refunds (return_id);
create index refunds_to_pay on refunds (pay_by, id) where state = 'to_pay';

update roles set permissions = permissions || '{return.handle}'::text[]
  where 'case.handle' = any (permissions) and not 'return.handle' = any (permissions);
update roles set permissions = permissions || '{return.pay}'::text[]
  where key in ('administrator', 'line_manager', 'supervisor') and not 'return.pay' = any (permissions);
update roles set permissions = permissions || '{return.policy}'::text[]
  where key in ('administrator', 'line_manager') and not 'return.policy' = any (permissions);
