-- How far somebody decides alone, and the register of every use of it.

-- Whom limits are set for: a role, a team or one person. The version tells two who change them at once apart.
create table limit_holders (
  id bigint generated always as identity primary key,
  role_id bigint unique references roles,
  team_id bigint unique references teams,
  staff_id bigint unique references staff,
  version int not null default 1,
  check (num_nonnulls(role_id, team_id, staff_id) = 1)
);

-- What is paid has a currency and is in minor units; what is given in kind is counted and has none.
create table authority_limits (
  id bigint generated always as identity primary key,
  holder_id bigint not null references limit_holders,
  act text not null check (act in ('refund', 'goodwill', 'discount', 'replacement', 'policy_exception', 'closing_complaint')),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- For one act, for one customer in 90 days, and for one person's day. Null is without limit.
  most bigint check (most >= 0),
  per_customer bigint check (per_customer >= 0),
  per_shift bigint check (per_shift >= 0),
  refer_to bigint references roles,
  check ((currency is null) = (act in ('replacement', 'closing_complaint'))),
  unique nulls not distinct (holder_id, act, currency)
);

-- What roles were allowed so far moves here, so that there is one place for it.
insert into limit_holders (role_id) select id from roles where jsonb_array_length(limits) > 0 order by id;
insert into authority_limits (holder_id, act, currency, most, refer_to)
  select h.id, l.act, l.currency, l.most, r2.id from roles r join limit_holders h on h.role_id = r.id
    cross join lateral jsonb_to_recordset(r.limits) as l (act text, currency text, most bigint, "referTo" bigint)
    left join roles r2 on r2.id = l."referTo" order by h.id;
alter table roles drop column limits;

-- Which limit holds for somebody: their own before their team's (of several teams the highest), and that before the role's.
create function authority_limit_of(who bigint, what text, money text)
  returns table (limit_id bigint, source text, source_name text, most bigint, per_customer bigint, per_shift bigint, refer_to bigint)
  language sql stable
  begin atomic
    select l.id, x.source, x.source_name, l.most, l.per_customer, l.per_shift, l.refer_to from (
      select h.id, 'person' as source, s.name as source_name, 3 as place from staff s join limit_holders h on h.staff_id = s.id where s.id = who
      union all select h.id, 'team', t.name, 2 from team_members m join teams t on t.id = m.team_id and t.ended_at is null
        join limit_holders h on h.team_id = t.id where m.staff_id = who
      union all select h.id, 'role', r.name, 1 from staff s join roles r on r.id = s.role_id join limit_holders h on h.role_id = r.id where s.id = who
    ) x join authority_limits l on l.holder_id = x.id and l.act = what and l.currency is not distinct from money
    order by x.place desc, l.most desc nulls first, l.id limit 1;
  end;

-- The register: append-only. What was decided within one's own limit has one name, all else has two.
create table decisions (
  id bigint generated always as identity primary key,
  act text not null check (act in ('refund', 'goodwill', 'discount', 'replacement', 'policy_exception', 'closing_complaint')),
  amount bigint not null check (amount >= 0),
  -- What was asked for; less may be granted.
  asked bigint not null check (asked >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  reason text not null check (btrim(reason) <> ''),
  -- What departs from a policy, and why.
  exception boolean not null default false,
  exception_reason text check (btrim(exception_reason) <> ''),
  policy text not null default '',
  -- What it belongs to, such as a case.
  subject_kind text not null,
  subject_id bigint not null,
  person_id bigint not null references people,
  made_by bigint not null references staff,
  decided_by bigint not null references staff,
  -- Why whoever decided on somebody else's request did so.
  verdict text not null default '',
  at timestamptz not null,
  outcome text not null check (outcome in ('own', 'approved', 'approved_less', 'declined', 'taken_back')),
  -- How far the limit of whoever decided went at that moment, and whose it was.
  limit_source text check (limit_source in ('person', 'team', 'role')),
  limit_name text,
  limit_most bigint check (limit_most >= 0),
  reverses bigint unique references decisions,
  check ((currency is null) = (act in ('replacement', 'closing_complaint'))),
  check (exception = (exception_reason is not null)),
  constraint decisions_maker_is_never_checker check (outcome in ('own', 'taken_back') or made_by <> decided_by),
  constraint decisions_own_has_one_name check (outcome <> 'own' or made_by = decided_by),
  constraint decisions_within_limit check (outcome in ('declined', 'taken_back')
    or (limit_source is not null and (limit_most is null or amount <= limit_most))),
  check (outcome not in ('approved', 'approved_less', 'declined') or btrim(verdict) <> ''),
  check ((outcome = 'taken_back') = (reverses is not null)),
  check (outcome not in ('own', 'approved') or amount = asked),
  check (outcome <> 'approved_less' or amount < asked),
  check (outcome <> 'declined' or amount = 0)
);
create index decisions_by_time on decisions (at desc, id desc);
create index decisions_of_subject on decisions (subject_kind, subject_id, id);
create index decisions_of_customer on decisions (person_id, act, at);
create index decisions_of_decider on decisions (decided_by, act, at);
create index decisions_of_maker on decisions (made_by, id desc);
create index decisions_exceptions on decisions (at desc, id desc) where exception;

-- Whoever gives to a customer waits for whoever is giving to them, and nobody decides twice at once.
create function authority_lock(customer bigint, decider bigint) returns void language plpgsql as $$
declare root bigint;
begin
  select coalesce(merged_into, id) into root from people where id = customer;
  perform pg_advisory_xact_lock(hashtextextended('authority for customer ' || coalesce(root, 0), 0));
  perform pg_advisory_xact_lock(hashtextextended('authority of staff ' || decider, 0));
end $$;

-- A person under each of their records: merged ones count as one customer.
create function authority_customer(customer bigint) returns setof bigint language sql stable
  begin atomic
    with root as (select coalesce(merged_into, id) as id from people where id = customer)
    select id from root union all select p.id from people p join root on p.merged_into = root.id;
  end;

-- What a customer had from anybody in 90 days, and what one person decided since midnight where the organisation is.
create function authority_used(customer bigint, decider bigint, what text, money text, moment timestamptz)
  returns table (of_customer bigint, of_shift bigint)
  language sql stable
  begin atomic
    select coalesce((select sum(d.amount) from decisions d
        where d.person_id in (select authority_customer(customer))
          and d.act = what and d.currency is not distinct from money and d.outcome in ('own', 'approved', 'approved_less')
          and d.at > moment - interval '90 days' and d.at <= moment and not exists (select 1 from decisions r where r.reverses = d.id)), 0)::bigint,
      coalesce((select sum(d.amount) from decisions d
        where d.decided_by = decider and d.act = what and d.currency is not distinct from money and d.outcome in ('own', 'approved', 'approved_less')
          and d.at >= (select date_trunc('day', moment at time zone o.zone) at time zone o.zone from organisation o) and d.at <= moment
          and not exists (select 1 from decisions r where r.reverses = d.id)), 0)::bigint;
  end;

create function decisions_are_covered() returns trigger language plpgsql as $$
declare held record; used record; original decisions;
begin
  if new.outcome = 'taken_back' then
    select * into original from decisions where id = new.reverses;
    if original.outcome = 'taken_back' or original.made_by <> new.made_by or original.amount <> new.amount or original.act <> new.act then
      raise exception 'only a decision that stands can be taken back' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.outcome <> 'own' and new.made_by = new.decided_by then
    raise exception 'who asks does not decide' using errcode = 'check_violation';
  end if;
  if new.outcome = 'declined' then return new; end if;
  if exists (select 1 from people p where p.id in (select authority_customer(new.person_id))
      and p.staff_id in (new.made_by, new.decided_by)) then
    raise exception 'nobody gives to themselves' using errcode = 'check_violation';
  end if;
  perform authority_lock(new.person_id, new.decided_by);
  select * into held from authority_limit_of(new.decided_by, new.act, new.currency);
  select * into used from authority_used(new.person_id, new.decided_by, new.act, new.currency, new.at);
  if held.limit_id is null or new.amount > held.most or used.of_customer + new.amount > held.per_customer
      or used.of_shift + new.amount > held.per_shift then
    raise exception 'beyond the limit of whoever decides' using errcode = 'check_violation';
  end if;
  new.limit_source := held.source; new.limit_name := held.source_name; new.limit_most := held.most;
  return new;
end $$;
create trigger decisions_are_covered before insert on decisions for each row execute function decisions_are_covered();

create function decisions_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'decisions are append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger decisions_are_final before update or delete on decisions for each row execute function decisions_are_final();
revoke update, delete, truncate on decisions from rapport_app;

update roles set permissions = permissions || '{authority.read}' where key in ('administrator', 'line_manager', 'supervisor', 'auditor');
