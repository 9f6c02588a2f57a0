import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { measureBrowser } from './browser/browser.ts'
import { measureBare, measureDatabase } from './ceiling.ts'
import { type Filled, fill } from './data.ts'
import { measureLive } from './live.ts'
import { measureMail } from './mail.ts'
import { httpMeasures, measureHttp, type Scene, untilIdle } from './measures.ts'
import { measurePlanning, promisesPlanned } from './planning.ts'
import { startProgram } from './program.ts'
import { idleOf, type Report, type Row, ratiosOf, rowOf, startOf, tableOf } from './report.ts'
import { measureVisitors } from './visitors.ts'

const { values: given } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    messages: { type: 'string', default: '3' },
    /** How long one measure may take, and how often it is repeated at most. */
    seconds: { type: 'string', default: '5' },
    count: { type: 'string', default: '3000' },
    clients: { type: 'string', default: '1,8' },
    /** How many live streams are open while live updates are measured. */
    members: { type: 'string', default: '500' },
    /** How many visitors' windows are open at once. */
    visitors: { type: 'string', default: '10000' },
    json: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
})

const say = (line: string) => process.stderr.write(`${line}\n`)
const size = { cases: Number(given.cases), messages: Number(given.messages) }
const bounds = { seconds: Number(given.seconds), count: Number(given.count) }
const wanted = given.only?.split(',').map(name => name.trim())
const wants = (name: string) => wanted === undefined || wanted.some(one => name.startsWith(one))

/** A folder with a database of the wished size; one that is kept is filled only once. */
const prepare = async (folder: string): Promise<Filled | null> => {
  const mark = join(folder, `filled-${size.cases}-${size.messages}`)
  if (existsSync(mark)) return null
  const program = await startProgram(folder)
  try {
    const filled = await fill(program.databaseUrl, size, say)
    writeFileSync(mark, JSON.stringify(filled))
    return filled
  } finally {
    await program.stop()
  }
}

const messagesIn = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ n: string }>('select count(*) as n from messages')
  await client.end()
  return Number(rows[0]?.n)
}

const measureAll = async (scene: Scene): Promise<Row[]> => {
  const rows: Row[] = []
  const add = (row: Row) => {
    rows.push(row)
    say(
      `${row.name} at ${row.clients}: ${row.perSecond.toFixed(0)}/s, p50 ${row.p50.toFixed(1)}, p95 ${row.p95.toFixed(1)} ms, cpu ${row.cpu?.program.toFixed(2)} + ${row.cpu?.database.toFixed(2)} ms`,
    )
  }
  for (const clients of (given.clients ?? '').split(',').map(Number)) {
    for (const name of httpMeasures.filter(wants)) {
      add(rowOf(scene.cases, name, await measureHttp(name, clients, scene)))
      await untilIdle(scene.program.databaseUrl)
    }
    if (wants('mail')) {
      const { accepted, visible } = await measureMail(clients, scene)
      add(rowOf(scene.cases, 'mail accepted', accepted))
      add(rowOf(scene.cases, 'mail to case', { ...accepted, ...visible, p99: visible.p95 }))
    }
    if (wants('live')) {
      add(rowOf(scene.cases, 'live update', await measureLive(Number(given.members), clients, scene)))
      await untilIdle(scene.program.databaseUrl)
    }
    if (wants('ceiling')) {
      add(rowOf(scene.cases, 'ceiling: pg alone', await measureDatabase(clients, scene)))
      add(rowOf(scene.cases, 'ceiling: fastify + pg', await measureBare('create', clients, scene)))
      add(rowOf(scene.cases, 'ceiling: fastify + pg, list', await measureBare('list', clients, scene)))
    }
  }
  return rows
}

const bench = async (folder: string): Promise<Report> => {
  const filled = await prepare(folder)
  const program = await startProgram(folder)
  try {
    await new Promise(done => setTimeout(done, 5000))
    const idle = program.memory()
    const messages = await messagesIn(program.databaseUrl)
    const rows = await measureAll({ program, cases: size.cases, bounds })
    const visitors = wants('visitors') ? await measureVisitors(Number(given.visitors), program) : null
    const browser = wants('browser') ? await measureBrowser(program.port, say) : null
    const planning = wants('planning') ? await measurePlanning(program.databaseUrl, promisesPlanned) : null
    const busy = program.memory()
    return {
      cases: size.cases,
      messages,
      rows,
      filled,
      start: startOf(program.startMs),
      idle: idleOf(idle),
      visitors,
      browser,
      planning,
      busy: { programMb: busy.program, databaseMb: busy.database },
      ratios: ratiosOf(rows),
    }
  } finally {
    await program.stop()
  }
}

const folder = given.keep ? resolve(given.keep) : mkdtempSync(join(tmpdir(), 'rapport-bench-'))
mkdirSync(folder, { recursive: true })
try {
  const report = await bench(folder)
  process.stdout.write(`${tableOf(report)}\n`)
  if (given.json) writeFileSync(given.json, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  if (!given.keep) rmSync(folder, { recursive: true, force: true })
}
