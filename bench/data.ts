import pg from 'pg'
import { messagesPerLot, statementsOf } from './batch.ts'
import { fillBesides } from './besides.ts'
import { aside, putBack } from './indexes.ts'
import { perLanguage, sentences } from './sentences.ts'

export type Size = {
  cases: number
  /** Messages per case on average, at least 1; the spread is geometric. */
  messages: number
  /** Sentences of a text: the median of a log-normal spread (sigma 0.6). */
  sentences?: number
}

export type Filled = { rows: number; messages: number; seconds: number; rowsPerSecond: number }

/** A multiple of three: a person has three cases in a row, and none in two lots. */
const casesPerLot = 19_998

/** How many connections build at once. */
const builders = 2

/** Tools that exist only in this connection: chances that depend on a number alone, and the sentences to pick from. */
const tools = `
  create function pg_temp.chance(number bigint, topic bigint) returns double precision language sql immutable parallel safe
    return ((hashint8extended(number, topic) & 2147483647) + 0.5) / 2147483648.0;
  create function pg_temp.whole(number bigint, topic bigint, below int) returns int language sql immutable parallel safe
    return ((hashint8extended(number, topic) & 2147483647) % below)::int;
  create aggregate pg_temp.joined(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
  create temp table sentences (language text, number int, text text, words tsvector, primary key (language, number));`

const loadSentences = async (client: pg.ClientBase): Promise<void> => {
  const list = JSON.stringify(sentences())
  await client.query(
    `insert into sentences select language, number, text, to_tsvector(('rapport_' || config)::regconfig, text)
     from json_to_recordset($1::json) as s(language text, config text, number int, text text)`,
    [list],
  )
  await client.query('analyze sentences')
}

/** 50 members of staff in 10 teams, with one token each that says "bench-" and the number. */
const staff = `
  insert into teams (name) select 'Team ' || n from generate_series(1, 10) n on conflict do nothing;
  insert into staff (name, email, role_id, joined_at)
    select 'Member ' || n, 'member' || n || '@bench.test', r.id, now() from generate_series(1, 50) n
    join roles r on r.key = case when n <= 40 then 'adviser' when n <= 45 then 'supervisor' when n <= 48 then 'line_manager' else 'driver' end;
  insert into team_members (team_id, staff_id)
    select t.id, s.id from staff s join teams t on t.name = 'Team ' || (substr(s.name, 8)::int % 10 + 1) where s.name like 'Member %';
  insert into api_tokens (staff_id, name, sha256, scopes, created_at)
    select id, 'bench', encode(sha256(('bench-token-of-member-' || substr(name, 8))::bytea), 'hex'), '{}', now() from staff where name like 'Member %';
  insert into service_levels (name, kind, position, condition, target_minutes, clock, alerts, pauses) values
    ('First reply', 'first_reply', 1, '{"all":[]}', 240, 'working', '[{"minutes":0,"whom":["handler"]}]', '{}'),
    ('Next word', 'next_update', 1, '{"all":[]}', 480, 'working', '[{"minutes":0,"whom":["handler"]}]', '{}'),
    ('Solved', 'solution', 1, '{"all":[]}', 1440, 'working', '[{"minutes":0,"whom":["handler"]}]', '{waiting_customer}');
  insert into views (name, condition, sort, position) values
    ('Everything open', '{"all":[]}', 'urgency', 1),
    ('Mine', '{"field":"assignee","op":"is","value":"me"}', 'urgency', 2),
    ('Nobody has them', '{"field":"assignee","op":"absent"}', 'urgency', 3),
    ('Complaints', '{"field":"kind","op":"is","value":"complaint"}', 'urgency', 4),
    ('Critical', '{"all":[{"field":"severity","op":"is","value":4},{"field":"status","op":"one_of","value":["new","open"]}]}', 'urgency', 5),
    ('Waiting for two days', '{"field":"waitingSince","op":"older_than","value":{"n":2,"unit":"days"}}', 'urgency', 6),
    ('Solved this week', '{"all":[{"field":"status","op":"is","value":"solved"},{"field":"solvedAt","op":"within_last","value":{"n":7,"unit":"days"}}]}', 'recent', 7),
    ('With the tag vip', '{"field":"tags","op":"has_any","value":["vip"]}', 'recent', 8);`

/** Partitions for the three years of the past, as a program that ran all the time has them. */
const partitions = `
  select ensure_event_partitions(now() - interval '3 years', 24);
  select ensure_event_partitions(now() - interval '1 year', 16);`

const sequences = `
  select setval('people_id_seq', (select max(id) from people));
  select setval('cases_id_seq', (select max(id) from cases));
  select setval('conversations_id_seq', (select max(id) from conversations));
  select setval('messages_id_seq', (select max(id) from messages));
  insert into program_facts (name, value, at) select 'search.' || l, '{}', now() from unnest(array['english', 'german', 'french']) l on conflict do nothing`

const count = async (client: pg.ClientBase, what: string): Promise<number> =>
  Number((await client.query<{ n: string }>(`select count(*) as n from ${what}`)).rows[0]?.n ?? 0)

type Say = (line: string) => void

/**
 * A connection that fills, on which foreign keys are not asked: every row comes from the numbers themselves, and asking
 * took a third of the time.
 */
const builder = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(
    "set synchronous_commit = off; set work_mem = '64MB'; set maintenance_work_mem = '512MB'; set session_replication_role = replica",
  )
  await client.query(tools)
  await loadSentences(client)
  return client
}

const fillCases = async (clients: pg.Client[], size: Size, say: Say): Promise<void> => {
  const began = performance.now()
  const first = clients[0] as pg.Client
  const { rows } = await first.query<{ messages: number }>(messagesPerLot(size.cases, size.messages, casesPerLot))
  let before = 0
  const lots = rows.map(({ messages }, index) => {
    const from = 1 + index * casesPerLot
    const lot = { ...size, from, to: Math.min(size.cases, from + casesPerLot - 1), perLanguage, before }
    before += messages
    return lot
  })
  const build = async (client: pg.Client): Promise<void> => {
    for (let lot = lots.shift(); lot; lot = lots.shift()) {
      for (const statement of statementsOf(lot)) await client.query(statement)
      say(`${lot.to.toLocaleString('en')} cases, ${Math.round((performance.now() - began) / 1000)} s`)
    }
  }
  await Promise.all(clients.map(build))
}

/**
 * Fills a migrated, empty database with cases of the last three years and everything that belongs to them, the same
 * ones on every run but for the hour. Indexes are made again when all rows are there, which takes a third of the time
 * that keeping them up to date takes; statistics are made at the end.
 * @param say told how far it is
 */
export const fill = async (url: string, size: Size, say: Say = () => {}): Promise<Filled> => {
  const began = performance.now()
  const clients = await Promise.all(Array.from({ length: builders }, () => builder(url)))
  const client = clients[0] as pg.Client
  try {
    await client.query(partitions)
    await client.query(staff)
    const indexes = await aside(client)
    await fillCases(clients, size, say)
    await putBack(clients, indexes, say)
    await client.query(sequences)
    await fillBesides(client, say)
    await client.query('vacuum analyze')
    const seconds = (performance.now() - began) / 1000
    const messages = await count(client, 'messages')
    let rows = 3 * size.cases + 2 * messages
    for (const table of ['people', 'identities', 'events']) rows += await count(client, table)
    return { rows, messages, seconds, rowsPerSecond: Math.round(rows / seconds) }
  } finally {
    for (const one of clients) await one.end()
  }
}
