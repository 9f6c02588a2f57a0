import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fill } from '../bench/data.ts'
import { planted } from '../bench/sentences.ts'
import { viewCounts } from '../src/modules/cases/counting.ts'
import { calendarOf, groupsOf } from '../src/modules/cases/grouping.ts'
import { openCase } from '../src/modules/cases/opening.ts'
import { changedLines, listCases } from '../src/modules/cases/queries.ts'
import { caseById, messagesOf } from '../src/modules/cases/reading.ts'
import { search, searchResults } from '../src/modules/cases/searching.ts'
import { timelineOf } from '../src/modules/cases/timeline.ts'
import { viewsOf } from '../src/modules/cases/viewing.ts'
import { write } from '../src/modules/cases/writing.ts'
import { startIntake } from '../src/modules/channels/intake.ts'
import { addMailbox } from '../src/modules/channels/mailboxes.ts'
import { storeMail } from '../src/modules/channels/storing.ts'
import { findPeople } from '../src/modules/people/queries.ts'
import { fileStore } from '../src/platform/files/store.ts'
import { type Kernel, startKernel } from '../src/platform/kernel.ts'
import { makeLog } from '../src/platform/log.ts'
import { type Actor, system } from '../src/platform/permissions/actor.ts'
import type { Reading } from '../src/platform/work.ts'
import { cloneDatabase } from './database.ts'

let clone: Awaited<ReturnType<typeof cloneDatabase>>
let kernel: Kernel
let asker: pg.Client
let big: Set<string>

beforeAll(async () => {
  clone = await cloneDatabase()
  await fill(clone.url, { cases: 100_000, messages: 1, sentences: 1 })
  asker = new pg.Client(clone.url)
  await asker.connect()
  const { rows } = await asker.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 1000`,
  )
  big = new Set(rows.map(row => row.name))
  // One case in twenty has a file that was read; the words of what was filled in stand for those of files.
  await asker.query(`insert into search_documents (kind, record_id, scope_id, at, words)
    select 'file', record_id, scope_id, at, words from search_documents where record_id % 20 = 0`)
  await asker.query('vacuum analyze search_documents')
  kernel = startKernel({ url: clone.url })
}, 120_000)

afterAll(async () => {
  await kernel.close()
  await asker.end()
  await clone.drop()
})

type Statement = { text: string; values: unknown[] }

/** Every statement that reaches the database while something is done, as it was really sent. */
const statementsOf = async (act: () => Promise<unknown>): Promise<Statement[]> => {
  const sent: Statement[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const given = args[0] as Partial<Statement>
    if (typeof given.text === 'string' && given.values) sent.push(given as Statement)
    return (query as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof query
  try {
    await act()
  } finally {
    pg.Client.prototype.query = query
  }
  return sent.filter(({ text }) => /^\s*(select|with|insert|update|delete)/i.test(text))
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

const scanned = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && big.has(plan['Relation Name'] ?? '')
    ? [plan['Relation Name'] as string]
    : []),
  ...(plan.Plans ?? []).flatMap(scanned),
]

const explained = async (statement: string, values?: unknown[]): Promise<string[]> => {
  const { rows } = await asker.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(statement, values)
  return rows.flatMap(row => scanned(row['QUERY PLAN'][0].Plan))
}

/** Big tables that are read from end to end, with the statement that does it: planned for its values, and prepared. */
const wholeTablesIn = async (act: () => Promise<unknown>): Promise<string[]> => {
  const found: string[] = []
  const statements = await statementsOf(act)
  expect(statements.length).toBeGreaterThan(0)
  for (const { text, values } of statements) {
    const plans = [await explained(`explain (format json) ${text}`, values)]
    if (!/@@|\blike\b|<%/i.test(text)) plans.push(await explained(`explain (format json, generic_plan) ${text}`))
    for (const table of plans.flat()) found.push(`${table}: ${text.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
  return found
}

const role = (id: number, more: Partial<Actor>): Actor => ({
  ...system,
  kind: 'staff',
  id,
  permissions: new Set(['case.read', 'case.handle', 'person.read']),
  ...more,
})
const supervisor = role(2, { visibility: 'all', teams: [1] })
const adviser = role(3, { visibility: 'team', teams: [2] })
const driver = role(4, { visibility: 'own', teams: [3] })

const reads: [string, (reading: Reading) => Promise<unknown>][] = [
  ['the latest cases', reading => listCases(reading, { limit: 50, sort: 'recent' })],
  ['the oldest cases', reading => listCases(reading, { limit: 50, sort: 'oldest' })],
  ['the queue', reading => listCases(reading, { limit: 50, status: 'active' })],
  [
    'the second page of each order',
    async reading => {
      for (const sort of ['recent', 'oldest', 'urgency'] as const) {
        const { next } = await listCases(reading, { limit: 50, sort })
        await listCases(reading, { limit: 50, sort, cursor: next ?? undefined })
      }
    },
  ],
  ['my cases', reading => listCases(reading, { limit: 50, status: 'active', assignee: 'me' })],
  ['what nobody has', reading => listCases(reading, { limit: 50, status: 'active', assignee: 'none' })],
  ['a team', reading => listCases(reading, { limit: 50, status: 'active', team: 2 })],
  ['the cases of a person', reading => listCases(reading, { limit: 50, requester: 77 })],
  ['what is solved', reading => listCases(reading, { limit: 50, status: 'solved' })],
  ['the counts of the views', async reading => viewCounts(reading, await viewsOf(reading))],
  ['a rare word', reading => search(reading, { q: planted.rare, limit: 20 })],
  ['a word in one of a hundred texts', reading => search(reading, { q: planted.medium, limit: 20 })],
  ['a word in a third of all texts', reading => search(reading, { q: planted.common, limit: 20 })],
  ['words with a filter', reading => search(reading, { q: `${planted.common} status:open`, limit: 20 })],
  ['a page of results', reading => searchResults(reading, { q: planted.common, type: 'case', limit: 20 })],
  [
    'the next page of results in each order',
    async reading => {
      for (const sort of ['updated', 'updated sort:asc', 'created', 'created sort:asc']) {
        const input = { q: `${planted.common} order_by:${sort}`, type: 'case' as const, limit: 20 }
        const { next } = await searchResults(reading, input)
        await searchResults(reading, { ...input, cursor: next ?? undefined })
      }
    },
  ],
  ['files by words', reading => searchResults(reading, { q: planted.common, type: 'file', limit: 20 })],
  ['a misspelt word', reading => searchResults(reading, { q: 'ketlle', type: 'case', limit: 20 })],
  [
    'cases by a word of the subject',
    reading => searchResults(reading, { q: `subject:${planted.medium}`, type: 'case', limit: 20 }),
  ],
  [
    'cases by filters alone',
    reading => searchResults(reading, { q: 'status:open kind:complaint', type: 'case', limit: 20 }),
  ],
  ['cases a colleague wrote in', reading => searchResults(reading, { q: 'commenter:me', type: 'case', limit: 20 })],
  ...[
    'email:person77@mail77.test',
    'phone:02070000009',
    'name:clara',
    'external_id:HH-19002',
    'organisation:nobody',
  ].map((q): [string, (reading: Reading) => Promise<unknown>] => [
    `cases by ${q}`,
    reading => searchResults(reading, { q, type: 'case', limit: 20 }),
  ]),
  [
    'people by a filter',
    reading => searchResults(reading, { q: 'email:person77@mail77.test', type: 'person', limit: 20 }),
  ],
  ['cases of a misspelt customer', reading => search(reading, { q: 'requester:clraa', limit: 20 })],
  [
    'rows that others have changed',
    reading => changedLines(reading, { ids: '1001,1002,1003', sort: 'urgency', status: 'active' }),
  ],
  [
    'every other order of a list',
    async reading => {
      for (const sort of ['stale', 'newest', 'waiting', 'waking'] as const) {
        const { next } = await listCases(reading, { limit: 50, sort })
        if (next) await listCases(reading, { limit: 50, sort, cursor: next })
      }
    },
  ],
  ['the groups of the queue', reading => groupsOf(reading, { status: 'active', sort: 'urgency', groupBy: 'assignee' })],
  [
    'a week of a calendar',
    async reading => {
      const span = { start: '2026-11-01T00:00:00Z', end: '2026-11-08T00:00:00Z' }
      for (const groupBy of ['openedAt', 'snoozedUntil']) await calendarOf(reading, { groupBy, ...span })
    },
  ],
  ['people by the beginning of a name', reading => findPeople(reading, { q: 'clar', limit: 20 })],
  ['people by e-mail', reading => findPeople(reading, { q: 'person77@mail77.test', limit: 20 })],
  ['people by telephone', reading => findPeople(reading, { q: '020 7000 0009', limit: 20 })],
  ['the latest people', reading => findPeople(reading, { limit: 50 })],
]

for (const [name, read] of reads)
  test(`finding ${name} reads no big table from end to end, whatever the role`, async () => {
    for (const actor of [supervisor, adviser, driver])
      expect(await wholeTablesIn(() => kernel.read(actor, read))).toEqual([])
  })

test('opening a case reads no big table from end to end', async () => {
  const open = async (reading: Reading) => {
    await caseById(reading, 1002)
    await messagesOf(reading, { id: 1002, limit: 100 })
    await timelineOf(reading, 1002, event => ({ sentence: event.type, said: [] }))
  }
  expect(await wholeTablesIn(() => kernel.read(supervisor, open))).toEqual([])
})

test('a new case and a reply read no big table from end to end', async () => {
  const requester = { name: 'Ada', email: 'person78@mail78.test', phone: '+442070000009' }
  const wanted = { subject: 'Cup', kind: 'enquiry', channel: 'api', requester, message: { text: 'It is broken.' } }
  const reply = { id: 1002, kind: 'reply' as const, text: 'We send another.', attachmentIds: [], mentionIds: [] }
  expect(await wholeTablesIn(() => kernel.work(supervisor, work => openCase(work, wanted)))).toEqual([])
  expect(await wholeTablesIn(() => kernel.work(supervisor, work => write(work, reply)))).toEqual([])
})

test('a mail finds its place without reading a big table from end to end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-plans-'))
  const key = randomBytes(32)
  const box = {
    name: 'Help',
    address: 'help@our.test',
    kind: 'listener' as const,
    teamId: null,
    acknowledge: true,
    imap: null,
  }
  const mailbox = await kernel.work(system, work => addMailbox(work, key, box))
  const raw = Buffer.from(
    'From: person79@mail79.test\r\nTo: help@our.test\r\nSubject: Re: Cup [#1003]\r\nMessage-ID: <1@x.test>\r\nReferences: <0@x.test>\r\n\r\nAny news?',
  )
  const arrived = {
    mailboxId: mailbox.id,
    source: 'smtp' as const,
    sourceId: '1',
    raw,
    envelopeFrom: '',
    envelopeTo: [],
  }
  await kernel.work(system, work => storeMail(work, key, arrived))
  const intake = startIntake({
    kernel,
    files: fileStore(folder),
    log: makeLog('silent'),
    keys: { mail: key, thread: key, caseLink: () => '' },
    perMinute: 100,
    resolver: async () => [],
    authservId: null,
  })
  const takeIn = () => {
    intake.nudge(mailbox.id)
    return intake.idle()
  }
  expect(await wholeTablesIn(takeIn)).toEqual([])
  const { rows } = await asker.query('select state from received_mail')
  expect(rows).toEqual([{ state: 'done' }])
  rmSync(folder, { recursive: true, force: true })
})
