import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSample, sampleSignIns } from '../db/seed/sample.ts'
import { blocksOf } from '../db/seed/scripts.ts'
import { teamKeys, teams } from '../db/seed/teams.ts'
import { modulesOf } from '../src/app.ts'
import { caseKinds, statuses } from '../src/modules/cases/contract.ts'
import { isSetUp, setUp } from '../src/modules/identity/index.ts'
import { verifyPassword } from '../src/modules/identity/password.ts'
import { channels } from '../src/modules/people/contract.ts'
import { readConfig } from '../src/platform/config.ts'
import { textOf } from '../src/platform/documents/text-of.ts'
import { fileStore } from '../src/platform/files/store.ts'
import { type Kernel, startKernel } from '../src/platform/kernel.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { redactText } from '../src/platform/text/redact.ts'
import { cloneDatabase } from './database.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-sample-'))
const config = readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir })
const modules = modulesOf({ loadSample: async () => {}, dropLive: () => {}, staffHere: () => 0 })

const open = async () => {
  const { url, drop } = await cloneDatabase()
  const kernel = startKernel({ url, subscriptions: modules.flatMap(module => module.subscriptions ?? []) })
  return { kernel, close: () => kernel.close().then(drop) }
}

let sample: { kernel: Kernel; close(): Promise<void> }

beforeAll(async () => {
  sample = await open()
  await loadSample(sample.kernel, config)
})

afterAll(async () => {
  await sample.close()
  rmSync(dataDir, { recursive: true })
})

const rowsOf = async <T extends object>(text: string): Promise<T[]> =>
  (await sample.kernel.database.owner.query(text)).rows as T[]
const valuesOf = async (text: string) => (await rowsOf<{ value: string }>(text)).map(row => row.value)
const sorted = (values: Iterable<string>) => [...values].toSorted()

test('every role has somebody who signs in as the list says', async () => {
  const people = await rowsOf<{
    role: string
    email: string
    password: string
  }>(`select r.name as role, s.email, a.password from staff s
    join roles r on r.id = s.role_id join auth."account" a on a."userId" = s.user_id`)
  expect(sorted(new Set(people.map(one => one.role)))).toEqual(
    sorted(await valuesOf('select name as value from roles')),
  )
  expect(sorted(people.map(one => `${one.role} ${one.email}`))).toEqual(
    sorted(sampleSignIns.map(one => `${one.role} ${one.email}`)),
  )
  for (const { email, password } of sampleSignIns)
    expect(await verifyPassword(people.find(one => one.email === email)?.password ?? '', password), email).toBe(true)
})

test('every kind, channel, status, stage, topic and answer to "was the need met" occurs', async () => {
  const of = (column: string) =>
    valuesOf(`select distinct ${column} as value from cases where ${column} is not null order by 1`)
  expect(await of('kind')).toEqual(sorted(caseKinds))
  expect(await of('channel')).toEqual(sorted(channels))
  expect(await of('status')).toEqual(sorted(statuses))
  expect(await of('stage')).toEqual(['after', 'before', 'during'])
  expect(await of('need_met')).toEqual(['no', 'partly', 'yes'])
  expect(await of('severity')).toEqual([1, 2, 3, 4])
  const unused =
    "select t.key as value from topics t where t.key <> 'other' and not exists (select 1 from cases where topic_id = t.id)"
  expect(await valuesOf(unused)).toEqual([])
})

test('there are some 150 cases of the last 60 days, and none of them comes from the future', async () => {
  const [row] = await rowsOf<{
    cases: number
    people: number
    oldest: number
    late: number
  }>(`select count(*)::int as cases,
    (select count(*)::int from people) as people, extract(day from now() - min(opened_at))::int as oldest,
    count(*) filter (where last_at > now())::int as late from cases`)
  expect(row?.cases).toBeGreaterThanOrEqual(140)
  expect(row?.people).toBeGreaterThanOrEqual(60)
  expect(row?.oldest).toBeGreaterThan(45)
  expect(row?.oldest).toBeLessThanOrEqual(61)
  expect(row?.late).toBe(0)
  const [events] = await rowsOf<{
    late: number
    disorder: number
  }>(`select count(*) filter (where at > now())::int as late,
    count(*) filter (where before > at)::int as disorder from (select at, lag(at) over (order by id) as before from events where subject_kind = 'case') e`)
  expect(events).toEqual({ late: 0, disorder: 0 })
})

test('every team has people waiting for it, with different urgency', async () => {
  const waiting = await rowsOf<{
    name: string
    waiting: number
    urgencies: number
  }>(`select t.name, count(c.id)::int as waiting,
    count(distinct c.urgent_from)::int as urgencies from teams t left join cases c on c.team_id = t.id and c.waiting_since is not null group by 1`)
  expect(sorted(waiting.map(team => team.name))).toEqual(sorted(teamKeys.map(key => teams[key].name)))
  for (const team of waiting) expect(team.urgencies, team.name).toBeGreaterThanOrEqual(5)
})

test('some cases were opened again, some are confidential, and notes mention colleagues', async () => {
  const [row] =
    await rowsOf(`select count(*) filter (where reopened > 0) > 3 as reopened, count(*) filter (where confidential) > 2 as confidential,
    count(*) filter (where cardinality(shared_with) > 0) > 10 as mentioned, count(distinct language) filter (where language in ('de', 'fr', 'pl')) = 3 as languages from cases`)
  expect(row).toEqual({ reopened: true, confidential: true, mentioned: true, languages: true })
})

test('customers sent papers along, whose words can be read', async () => {
  const sent = await rowsOf<{ name: string; sha256: string }>(
    'select name, sha256 from attachments where message_id is not null order by name',
  )
  expect(sent.map(({ name }) => name)).toEqual(['Delivery note.pdf', 'Receipt HH-48213.pdf', 'Statement of fees.pdf'])
  const store = fileStore(join(dataDir, 'files'))
  const receipt = await buffer(store.open(sent[1]?.sha256 ?? ''))
  expect(await textOf(receipt, 'pdf')).toMatchObject({ text: expect.stringContaining('batch 2231') })
})

test('nothing of the sample waits to leave the machine', async () => {
  expect(await rowsOf("select id from messages where delivery = 'waiting'")).toEqual([])
  expect(await rowsOf('select id from outgoing_mail')).toEqual([])
  const timers = await valuesOf('select distinct task_identifier as value from graphile_worker.jobs')
  expect(timers).toEqual(['cases:read_file', 'cases:wake'])
})

test('no text holds a card or bank number', async () => {
  const texts =
    await valuesOf(`select subject || E'\\n' || text as value from messages m join cases c on c.id = m.case_id
    union all select needs || notes || adjustments from people`)
  expect(texts.filter(text => redactText(text).text !== text)).toEqual([])
})

test('addresses and telephone numbers belong to nobody', async () => {
  const identities = await rowsOf<{ kind: string; normal: string }>(
    "select kind, normal from identities where kind in ('email', 'phone')",
  )
  // Ofcom keeps these ranges for drama; RFC 2606 keeps these domains for examples.
  const reserved = {
    phone: /^\+44(2079460|7700900)\d{3}$/,
    email: /@(example\.(com|org|net)|([a-z-]+\.)?[a-z-]+\.example)$/,
  }
  expect(identities.filter(one => !reserved[one.kind as keyof typeof reserved].test(one.normal))).toEqual([])
})

test('no two cases read alike', async () => {
  expect(
    await valuesOf("select text as value from messages where direction = 'in' group by 1 having count(*) > 1"),
  ).toEqual([])
  expect(blocksOf('./people.txt').length).toBeGreaterThanOrEqual(60)
})

test('loading it twice is refused and adds nothing', async () => {
  const before = await valuesOf('select count(*)::text as value from events')
  await expect(loadSample(sample.kernel, config)).rejects.toThrow('The sample organisation is loaded already.')
  expect(await valuesOf('select count(*)::text as value from events')).toEqual(before)
})

test('an installation that was set up keeps its organisation and remains with its one administrator', async () => {
  const { kernel, close } = await open()
  const first = {
    organisation: 'Quiet Corner',
    zone: 'Europe/London',
    name: 'Ada Admin',
    email: 'ada@quiet.example',
    password: 'a long enough password',
    token: null,
  }
  try {
    await kernel.work(system, work => setUp(work, first))
    await loadSample(kernel, config)
    expect(await kernel.read(system, isSetUp)).toBe(true)
    const { rows } = await kernel.database.owner.query(`select (select name from organisation) as organisation,
      array_agg(s.name) as administrators from staff s join roles r on r.id = s.role_id where r.key = 'administrator'`)
    expect(rows).toEqual([{ organisation: 'Quiet Corner', administrators: ['Ada Admin'] }])
    const { rows: accounts } = await kernel.database.owner.query<{ password: string }>(
      'select password from auth.account',
    )
    for (const account of accounts.slice(0, 3))
      expect(await verifyPassword(account.password, sampleSignIns[0]?.password ?? ''), 'a published password').toBe(
        false,
      )
  } finally {
    await close()
  }
})

test('the words of its subjects are learnt, so that a misspelt search finds them', async () => {
  const [{ missing } = { missing: -1 }] = await rowsOf<{
    missing: number
  }>(`select count(*)::int as missing from cases c
    where not exists (select 1 from errands e where e.name = 'cases:learn_words' and (e.payload -> 'subject' ->> 'id')::bigint = c.id)`)
  expect(missing).toBe(0)
})

test('limits are set, something was given within them, and the desk has what waits and what was decided', async () => {
  const { rows } = await sample.kernel.database.owner.query<{ outcome: string; n: number }>(
    `select outcome, count(*)::int as n from decisions group by outcome order by outcome`,
  )
  expect(rows).toEqual([
    { outcome: 'approved', n: 1 },
    { outcome: 'own', n: 12 },
  ])
  const open = await sample.kernel.database.owner.query<{ n: number }>(
    `select count(*)::int as n from referrals where state = 'open'`,
  )
  expect(open.rows[0]?.n).toBe(4)
})

test('rules act and say so, and cases of the service desk find somebody', async () => {
  const rules = await rowsOf<{ enabled: boolean; n: number }>(
    'select r.enabled, (select count(*)::int from rule_runs u where u.rule_id = r.id) as n from rules r',
  )
  expect(rules.length).toBe(7)
  expect(rules.reduce((sum, one) => sum + one.n, 0)).toBeGreaterThan(5)
  expect(await valuesOf('select name as value from assignment_rules order by position')).toHaveLength(2)
  expect(await valuesOf('select name as value from skills')).toHaveLength(4)
})
