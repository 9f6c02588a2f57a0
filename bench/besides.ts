import type pg from 'pg'

/*
 * What stands beside the cases once they are there, in the amounts a large service centre has: three deliveries for ten
 * cases, a referral for fifty, a decision and a demand for twenty, an appointment for twenty, a notification for each,
 * and twenty thousand products with five thousand articles.
 */
const member = (column: string) => `(select min(id) from staff where name like 'Member %') + ${column} % 50`

const products = `
  insert into product_families (name) select 'Family ' || n from generate_series(1, 20) n;
  insert into products (family_id, kind, name, number, price_minor, description, created_at)
    select (select min(id) from product_families) + n % 20, 'product', left(s.text, 150), 'B-' || n, 500 + n % 20000, t.text, now()
    from generate_series(1, 20000) n
    join sentences s on s.language = 'en' and s.number = n % (select max(number) from sentences where language = 'en') + 1
    join sentences t on t.language = 'en' and t.number = (n * 7) % (select max(number) from sentences where language = 'en') + 1`

const articles = `
  insert into articles (group_id, language, owner_id, state, newest_title, newest_audience, newest_words,
      published_version, published_title, published_audience, published_words, published_at, created_at, updated_at)
    select n, 'en', ${member('n')}, 'published', left(s.text, 120), 'staff', s.words, 1, left(s.text, 120), 'staff', s.words, now(),
      now() - n * interval '5 hours', now() - n * interval '5 hours'
    from generate_series(1, 5000) n
    join sentences s on s.language = 'en' and s.number = n % (select max(number) from sentences where language = 'en') + 1;
  insert into article_versions (article_id, number, title, html, text, kind, source, audience, state, at, writer_id, writer_ids, approved_by, approved_at, published_at)
    select a.id, 1, a.newest_title, '<p>' || a.newest_title || '</p>', a.newest_title, 'informative', 'own_experience', 'staff', 'published',
      a.created_at, a.owner_id, array[a.owner_id], ${member('(a.group_id + 1)')}, a.created_at, a.created_at from articles a`

const deliveries = `
  insert into deliveries (external_id, case_id, what, ordered_at, promised_at, delivered_at, source, changed_at)
    select 'D-' || c.id, c.id, 'Parcel', c.opened_at, c.opened_at + interval '3 days',
      case when c.opened_at < now() - interval '5 days' then c.opened_at + interval '2 days' + (c.id % 48) * interval '1 hour' end, 'api', c.opened_at
    from cases c where c.id % 10 < 3`

const referrals = `
  with made as (insert into conversations (case_id, kind, channel, subject, created_at)
      select c.id, 'internal', 'api', 'Referred', c.opened_at from cases c where c.id % 50 = 0 returning id, case_id, created_at)
  insert into referrals (conversation_id, reason, to_kind, to_team_id, how, question, made_by, made_at, decider_id, worth, form, state, answer, answered_by, answered_at)
    select id, 'outside_authority', 'decider', null, 'by_message', 'May I?', ${member('case_id')}, created_at, ${member('(case_id + 7)')}, case_id % 30000,
      '{"act": "refund", "currency": "GBP", "amount": 8000, "reason": "Broken", "exception": false, "exceptionReason": "", "policy": ""}',
      case when case_id % 1000 = 0 then 'open' else 'answered' end, case when case_id % 1000 = 0 then '' else 'approve' end,
      case when case_id % 1000 <> 0 then ${member('(case_id + 7)')} end, case when case_id % 1000 <> 0 then created_at + interval '1 hour' end
    from made`

const decisions = `
  insert into decisions (act, amount, asked, currency, reason, subject_kind, subject_id, person_id, made_by, decided_by, verdict, at, outcome, limit_source, limit_name)
    select 'refund', 1000 + c.id % 9000, 1000 + c.id % 9000, 'GBP', 'Arrived broken', 'case', c.id, c.requester_id,
      ${member('c.id')}, ${member('(c.id + 1)')}, 'A good customer', c.opened_at, 'approved', 'role', 'Adviser' from cases c where c.id % 20 = 1`

const demands = `
  insert into demands (product_id, case_id, person_id, staff_id, asked_at, reason, worth_minor, currency, outcome, accepted_id)
    select (select min(id) from products) + (c.id * 31) % 20000, c.id, c.requester_id, ${member('c.id')}, c.opened_at, 'out', 2500, 'GBP',
      (array['open', 'declined', 'accepted', 'left'])[1 + (c.id / 20) % 4],
      case when (c.id / 20) % 4 = 2 then (select min(id) from products) + (c.id * 31 + 1) % 20000 end from cases c where c.id % 20 = 2`

/** Fifty diaries, one appointment after the other, the last ones weeks ahead. */
const bookings = `
  insert into resources (name, kind) select 'Room ' || n, 'room' from generate_series(1, 50) n;
  with kept as (select c.id, c.requester_id, row_number() over (order by c.id) as n, count(*) over () as of from cases c where c.id % 20 = 3),
  made as (insert into bookings (kind, case_id, person_id, promise_id, title, starts_at, ends_at, state, uid, made_at)
      select 'appointment', id, requester_id, id, 'Appointment', date_trunc('hour', now()) + interval '4 weeks' - ((of - n) / 50) * interval '30 minutes',
        date_trunc('hour', now()) + interval '4 weeks 30 minutes' - ((of - n) / 50) * interval '30 minutes', 'booked', 'bench-' || id, now() from kept
      returning id, case_id, starts_at, ends_at)
  insert into booking_resources (booking_id, resource_id, busy)
    select id, (select min(id) from resources) + (row_number() over (partition by starts_at order by id))::int - 1, tstzrange(starts_at, ends_at) from made`

const notifications = `
  insert into notifications (staff_id, at, reason, case_id, by_name, read_at)
    select ${member('c.id')}, c.opened_at, 'assigned', c.id, 'Somebody', case when c.id % 100 <> 0 then c.opened_at end from cases c`

const all: Record<string, string> = {
  ...{ products, articles, deliveries, referrals, decisions, demands, bookings, notifications },
}

/** Fills what stands beside the cases. @param say told how far it is */
export const fillBesides = async (client: pg.ClientBase, say: (line: string) => void): Promise<void> => {
  for (const [name, statements] of Object.entries(all)) {
    const began = performance.now()
    await client.query(statements)
    say(`${name}, ${Math.round((performance.now() - began) / 1000)} s`)
  }
}
