import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningServer } from '../src/platform/database/embedded.ts'
import { type OwnProgram, ownProgram } from './own-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-under-load-'))
const file = join(folder, 'copy.rapport')
const clients = 4
/** Each client stops after so many, however long the backup takes. */
const most = 150

let program: OwnProgram
let restored: OwnProgram

beforeAll(async () => {
  program = await ownProgram(join(folder, 'data'))
  restored = await ownProgram(join(folder, 'restored'))
  await program.start()
})
afterAll(async () => {
  await Promise.all([program.stop(), restored.stop()])
  rmSync(folder, { recursive: true, force: true })
})

type Case = { id: number; subject: string; text: string; file: string | null }

/** A case with its message; each third one with a file. */
const openCase = async (client: number, n: number): Promise<Case> => {
  const text = `The ${n}th letter of the ${client}th writer says that the kettle drips.`
  const content = n % 3 === 0 ? `Photograph ${client} ${n} ${'x'.repeat(2000)}` : null
  const attachmentIds: number[] = []
  if (content !== null) {
    const form = new FormData()
    form.append('file', new Blob([content], { type: 'text/plain' }), `photograph-${client}-${n}.txt`)
    const { status, body } = await program.ask<{ id: number }>('POST', '/api/attachments', form)
    if (status !== 201) throw new Error(JSON.stringify(body))
    attachmentIds.push(body.id)
  }
  const subject = `Writer ${client}, letter ${n}`
  const requester = { name: `Writer ${client}`, email: `writer${client}.${n % 20}@example.org` }
  const { status, body } = await program.ask<{ id: number }>('POST', '/api/cases', {
    subject,
    requester,
    message: { text, attachmentIds },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  const sha256 = content === null ? null : createHash('sha256').update(content).digest('hex')
  return { id: body.id, subject, text, file: sha256 }
}

/** Writes from several clients at once, each one case after the other; what was acknowledged is listed by client. */
const writing = () => {
  const acknowledged: Case[][] = Array.from({ length: clients }, () => [])
  const errors: unknown[] = []
  let stopping = false
  const write = async (client: number) => {
    for (let n = 0; !stopping && n < most; n++) acknowledged[client]?.push(await openCase(client, n))
  }
  const all = Promise.all(acknowledged.map((_, client) => write(client).catch(error => errors.push(error))))
  return {
    acknowledged,
    errors,
    count: () => acknowledged.reduce((sum, own) => sum + own.length, 0),
    stop: async () => {
      stopping = true
      await all
    },
  }
}

type Kept = { id: number; subject: string; text: string | null; messages: number; words: number; opened: number }

/** Every case that a database holds, with how much of what belongs to it. */
const casesIn = async (database: pg.Client): Promise<Kept[]> => {
  const { rows } = await database.query<Kept>(`
    select c.id::int, c.subject, min(m.text) as text, count(m.id)::int as messages,
      (select count(*)::int from search_documents d where d.kind = 'message' and d.scope_id = c.id) as words,
      (select count(*)::int from events e where e.type = 'case.opened' and e.subject_kind = 'case' and e.subject_id = c.id) as opened
    from cases c left join messages m on m.case_id = c.id where c.subject like 'Writer %' group by c.id order by c.id`)
  return rows
}

/** What points to something that is not there. */
const strayIn = async (database: pg.Client) => {
  const { rows } = await database.query<Record<string, number>>(`select
    (select count(*)::int from messages m left join cases c on c.id = m.case_id where c.id is null) as messages,
    (select count(*)::int from search_documents d left join messages m on m.id = d.record_id where d.kind = 'message' and m.id is null) as words,
    (select count(*)::int from events e left join cases c on c.id = e.subject_id where e.subject_kind = 'case' and c.id is null) as events,
    (select count(*)::int from attachments a left join files f using (sha256) where f.sha256 is null) as attachments,
    (select sum(checksum_failures)::int from pg_stat_database) as pages`)
  return rows[0]
}

const expectFiles = async (database: pg.Client, expected: (string | null)[]): Promise<void> => {
  const { rows } = await database.query<{ sha256: string }>('select distinct sha256 from attachments')
  for (const { sha256 } of rows) {
    const content = readFileSync(join(restored.dataDir, 'files', sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
  }
  const claimed = await database.query<{ sha256: string }>(
    'select sha256 from attachments where message_id is not null',
  )
  const there = claimed.rows.map(row => row.sha256)
  for (const sha256 of expected.filter(one => one !== null)) expect(there.filter(one => one === sha256)).toHaveLength(1)
}

/** Of each client's cases, those that are there are the first ones, with no gap: so much and no more had been written. */
const expectNoGap = (acknowledged: Case[][], kept: Kept[]): void => {
  const there = new Set(kept.map(one => one.id))
  for (const own of acknowledged) {
    const first = own.findIndex(one => !there.has(one.id))
    if (first >= 0) expect(own.slice(first).filter(one => there.has(one.id))).toEqual([])
  }
}

test('a backup made while several people write holds every case acknowledged before it, whole and once, and stops nobody', {
  timeout: 120_000,
}, async () => {
  const writers = writing()
  while (writers.count() < 60 && writers.errors.length === 0) await new Promise(resolve => setTimeout(resolve, 20))
  const before = writers.acknowledged.flat()
  await program.copy('backup', file)
  const during = writers.count() - before.length
  await writers.stop()
  expect(writers.errors).toEqual([])
  expect(during).toBeGreaterThan(0)
  expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])

  await restored.copy('restore', file)
  await restored.start()
  const database = new pg.Client(runningServer(restored.dataDir, 'rapport') ?? '')
  await database.connect()
  try {
    const kept = await casesIn(database)
    const bySubject = Map.groupBy(kept, one => one.subject)
    for (const { id, subject, text } of before)
      expect(bySubject.get(subject)).toEqual([{ id, subject, text, messages: 1, words: 1, opened: 1 }])
    // What came meanwhile is there as a whole or not at all.
    expect(kept.filter(one => one.messages !== 1 || one.words !== 1 || one.opened !== 1)).toEqual([])
    expect(bySubject.size).toBe(kept.length)
    expectNoGap(writers.acknowledged, kept)
    expect(await strayIn(database)).toEqual({ messages: 0, words: 0, events: 0, attachments: 0, pages: 0 })
    await expectFiles(
      database,
      before.map(one => one.file),
    )
  } finally {
    await database.end()
  }
})

test('the restored program goes on: what it holds is found, and what is new gets a number of its own', async () => {
  const { body } = await restored.ask<{ items: { id: number }[] }>('GET', '/api/cases?limit=200')
  const highest = Math.max(...body.items.map(one => one.id))
  const made = await restored.ask<{ id: number }>('POST', '/api/cases', {
    subject: 'After the fire',
    requester: { name: 'Ann' },
    message: { text: 'Everything is where it was.' },
  })
  expect(made.status).toBe(201)
  expect(made.body.id).toBeGreaterThan(highest)
  const found = await restored.ask<Record<string, unknown>>('GET', '/api/search?q=kettle&limit=5')
  expect(JSON.stringify(found.body)).toContain('Writer ')
})
