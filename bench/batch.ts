import { planted } from './sentences.ts'

export type Lot = {
  cases: number
  messages: number
  sentences?: number
  from: number
  to: number
  perLanguage: number
  /** How many messages the cases before these have. */
  before: number
}

/** How many messages a case has: a geometric spread by the case's number alone. */
const messagesOf = (messages: number) =>
  `least(60, 1 + floor(ln(pg_temp.chance(n, 2)) / ln(1 - 1 / ${messages}.0::float8 + 1e-9)))::int`

/** The sum of messages of each lot of so many cases, in order. */
export const messagesPerLot = (cases: number, messages: number, perLot: number) => `
  select sum(${messagesOf(messages)})::int as messages from generate_series(1, ${cases}::bigint) n
  group by (n - 1) / ${perLot} order by (n - 1) / ${perLot}`

const firstCase = 1000
const { common, medium, rare } = planted

/** Numbers that depend on the case's number alone; its age, so that the ids grow with the time. */
const facts = ({ cases, messages, from, to }: Lot) => `
  create temp table lot as
  select n, n + ${firstCase} as id, n as conversation, 1 + (n - 1) / 3 as person,
    now() - interval '3 years' * (1 - n / ${cases}.0::float8) - interval '1 minute' as opened_at,
    -- Some 80 % of the last 2 % are open, and one in seventy of the others: 3 % in all.
    pg_temp.chance(n, 1) < case when n > ${cases} * 0.98 then 0.8 else 0.014 end as is_open,
    ${messagesOf(messages)} as messages,
    case when pg_temp.chance(n, 3) < 0.85 then 'en' when pg_temp.chance(n, 3) < 0.95 then 'de' else 'fr' end as language,
    -ln(pg_temp.chance(n, 4)) * interval '2 days' as lasts,
    (array['enquiry','enquiry','enquiry','request','request','fault','complaint','complaint','suggestion','compliment'])[1 + pg_temp.whole(n, 5, 10)] as kind,
    (array['email','email','email','email','phone','web_form','chat','face_to_face'])[1 + pg_temp.whole(n, 6, 8)] as channel,
    (array[1,2,2,2,2,2,2,3,3,4])[1 + pg_temp.whole(n, 7, 10)] as severity,
    case when pg_temp.chance(n, 8) < 0.95 then (select min(id) from teams where name like 'Team %') + pg_temp.whole(n, 9, 10) end as team_id,
    case when pg_temp.chance(n, 10) < 0.8 then (select min(id) from staff where name like 'Member %') + pg_temp.whole(n, 11, 50) end as assignee_id,
    pg_temp.whole(n, 12, 16) + (select min(id) from topics) as topic_id
  from generate_series(${from}::bigint, ${to}::bigint) n;
  analyze lot`

/** One row per message: who, when, and its text with its words, put together from sentences. */
const texts = ({ sentences = 3, perLanguage, before }: Lot) => `
  -- Left alone it reads all sentences of a language per message: 45 s for 60,000 messages instead of 3.
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off;
  create temp table said as
  select l.*, k, row_number() over (order by l.n, k) + ${before} as message_id,
    least(l.opened_at + l.lasts * ((k - 1) / greatest(1, l.messages - 1.0)), now() - interval '30 seconds') as at,
    case when k % 2 = 1 then 'in' else 'out' end as direction,
    t.text || w.more as text, t.words || to_tsvector('rapport_english', w.more) as words
  from lot l, generate_series(1, l.messages) k,
  lateral (select
      case when pg_temp.chance(l.n * 64 + k, 21) < 0.31 then ' ${common}' else '' end ||
      case when pg_temp.chance(l.n * 64 + k, 22) < 0.01 then ' ${medium}' else '' end ||
      case when pg_temp.chance(l.n * 64 + k, 23) < 0.00002 then ' ${rare}' else '' end || ' R' || (l.n * 64 + k) as more) w,
  lateral (select string_agg(s.text, ' ' order by j) as text, pg_temp.joined(s.words order by j) as words
    from generate_series(1, least(80, greatest(1, round(${sentences} * exp(0.6 * sqrt(-2 * ln(pg_temp.chance(l.n * 64 + k, 24)))
      * cos(6.283185307179586 * pg_temp.chance(l.n * 64 + k, 25))))))::int) j
    join sentences s on s.language = l.language and s.number = pg_temp.whole((l.n * 64 + k) * 100 + j, 26, ${perLanguage})) t;
  reset enable_hashjoin; reset enable_mergejoin; reset enable_seqscan;
  analyze said`

const people = `
  insert into people (id, name, type_id, language, created_at, vulnerable) overriding system value
  select p, (array['Anna','Ben','Clara','David','Emma','Felix','Grace','Henry','Ines','Jonas','Kate','Liam','Mia','Noah','Olga','Paul'])[1 + pg_temp.whole(p, 31, 16)]
      || ' ' || initcap((array['al','ber','cor','dun','el','fer','gar','hol','il','jor'])[1 + pg_temp.whole(p, 32, 10)]
      || (array['bert','dale','field','gate','ham','ley','mann','nard','ridge','son'])[1 + pg_temp.whole(p, 33, 10)]) || ' ' || p,
    1 + pg_temp.whole(p, 34, 5), 'en', min(opened_at), pg_temp.chance(p, 35) < 0.02
  from (select person as p, opened_at from lot) one group by p order by p
  -- The administrator is a person too.
  on conflict do nothing;
  insert into identities (person_id, kind, value, normal, source, verified_at, created_at)
  select p, 'email', 'person' || p || '@mail' || p % 97 || '.test', 'person' || p || '@mail' || p % 97 || '.test', 'email', at, at
  from (select person as p, min(opened_at) as at from lot group by person order by person) one;
  insert into identities (person_id, kind, value, normal, source, created_at)
  select p, 'phone', '+4420' || 70000000 + p, '+4420' || 70000000 + p, 'staff', at
  from (select person as p, min(opened_at) as at from lot group by person order by person) one where p % 3 = 0`

const kases = `
  insert into cases (id, kind, status, subject, channel, topic_id, severity, requester_id, assignee_id, team_id, confidential, tags, language, preview,
    waiting_since, urgent_from, opened_at, last_at, first_reply_at, solved_at, closed_at, message_count, last_message_id)
  overriding system value
  select l.id, l.kind, case when not l.is_open then case when l.opened_at < now() - interval '30 days' then 'closed' else 'solved' end
      when l.assignee_id is null then 'new' when last.direction = 'out' then 'waiting_customer' else 'open' end,
    left(first.text, 60), l.channel, l.topic_id, l.severity, l.person, l.assignee_id, l.team_id, l.n % 97 = 0,
    case when pg_temp.chance(l.n, 42) < 0.02 then '{vip}'::text[] else '{}' end, l.language, left(last.text, 160),
    w.since, coalesce(w.since - interval '1 minute' * (case l.severity when 1 then -240 when 3 then 480 when 4 then 4320 else 0 end
      + case l.kind when 'complaint' then 240 when 'fault' then 60 else 0 end), '9999-12-31T00:00:00Z'),
    l.opened_at, last.at, second.at, case when not l.is_open then last.at end,
    case when not l.is_open and l.opened_at < now() - interval '30 days' then last.at end, l.messages, last.message_id
  from lot l join said first on first.n = l.n and first.k = 1 join said last on last.n = l.n and last.k = l.messages
    left join said second on second.n = l.n and second.k = 2,
    lateral (select case when l.is_open and last.direction = 'in' then last.at end as since) w;
  insert into conversations (id, case_id, kind, channel, subject, created_at) overriding system value
  select l.conversation, l.id, 'customer', l.channel, left(s.text, 60), l.opened_at from lot l join said s on s.n = l.n and s.k = 1;
  insert into participants (conversation_id, person_id, part) select conversation, person, 'requester' from lot`

const messages = `
  insert into messages (id, case_id, conversation_id, direction, channel, person_id, staff_id, author, text, language, at, delivery)
  overriding system value
  select message_id, id, conversation, direction, channel, case direction when 'in' then person end,
    case direction when 'out' then coalesce(assignee_id, (select min(id) from staff)) end, case direction when 'in' then 'Person ' || person else 'Member' end,
    text, language, at, case direction when 'out' then 'kept' end
  from said order by message_id;
  insert into search_documents (kind, record_id, scope_id, at, words) select 'message', message_id, id, at, words from said order by message_id;
  insert into events (at, actor_kind, actor_id, actor_name, subject_kind, subject_id, type, data)
  select at, case direction when 'in' then 'system' else 'staff' end, null, 'Bench', 'case', id,
    case when k = 1 then 'case.opened' when direction = 'in' then 'case.received' else 'case.replied' end,
    jsonb_build_object('messageId', message_id, 'channel', channel) from said order by at`

/** Three promises for each case: the first reply and the solution by rule, and a call-back by hand. Those of the past were missed or not; none warns. */
const promises = `
  insert into promises (kind, subject_kind, subject_id, instance, title, to_person_id, by_staff_id, made_at, policy_id, policy_version, clock, calendar_id,
    calendar_version, target_ms, started_at, due_at, breached_at, kept_at, closed_at, outcome, late_ms, reason)
  select p.kind, 'case', l.id, 1, p.title, l.person, p.by, l.opened_at, p.rule, case when p.rule is not null then 1 end, 'working', k.id, k.version, p.minutes * 60000,
    l.opened_at, d.due, case when coalesce(p.done, now()) > d.due then d.due end, p.done, coalesce(p.done, c.solved_at),
    case when p.done is not null then case when p.done > d.due then 'late' else 'kept' end when c.solved_at is not null then case when c.solved_at > d.due then 'broken' else 'withdrawn' end end,
    case when p.done > d.due then greatest(1, (extract(epoch from p.done - d.due) * 1000)::bigint) end, case when p.done is null and c.solved_at is not null then 'no_longer_needed' end
  from lot l join cases c on c.id = l.id cross join (select k.id, k.version from organisation o join calendars k on k.id = o.calendar_id) k,
    lateral (values ('first_reply', '', 240, c.first_reply_at, null::bigint, (select id from service_levels where kind = 'first_reply')),
      ('solution', '', 1440, c.solved_at, null, (select id from service_levels where kind = 'solution')),
      ('call_back', 'Ring back', 480, case when not l.is_open or l.n % 4 > 0 then l.opened_at + interval '1 hour' * (1 + l.n % 12) end, c.assignee_id, null))
      as p(kind, title, minutes, done, by, rule),
    lateral (select l.opened_at + interval '1 minute' * p.minutes * case when l.is_open then 1 + l.n % 40 else 1 end as due) d
  where p.done is null or p.done < now();
  insert into promise_facts (promise_id, seq, at, fact, actor_name, due_at)
  select p.id, 1, p.started_at, 'activate', 'Bench', p.due_at from promises p join lot l on p.subject_kind = 'case' and p.subject_id = l.id;
  update cases c set due_at = d.due_at, due_kind = d.kind, urgent_from = least(c.urgent_from, d.due_at - interval '8 hours')
  from lot l, lateral (select p.due_at, p.kind from promises p where p.subject_kind = 'case' and p.subject_id = l.id and p.closed_at is null order by p.due_at limit 1) d
  where c.id = l.id and l.is_open`

/** The statements that make the cases of a lot, in one transaction. */
export const statementsOf = (lot: Lot): string[] => [
  'begin',
  facts(lot),
  texts(lot),
  people,
  kases,
  messages,
  promises,
  'drop table lot; drop table said',
  'commit',
]
