import fc from 'fast-check'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { Condition } from '../../shared/condition.ts'
import { fold, foldSql } from './fold.ts'
import { columns, compile, type Row, resolve, toSql } from './index.ts'
import { anyCondition, anyRow, catalogue, table } from './samples.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let kysely: Kysely<Record<string, Record<string, unknown>>>
let rows: Row[]

beforeAll(async () => {
  database = await testDatabase()
  // As the owner, who may make tables.
  kysely = new Kysely({ dialect: new PostgresDialect({ pool: database.owner }) })
  await table.execute(kysely)
  const awkward = fc.sample(anyRow, { numRuns: 400, seed: 7 }).map((row, id) => ({ id, ...row }))
  for (let i = 0; i < awkward.length; i += 100) {
    await kysely
      .insertInto('sample')
      .values(awkward.slice(i, i + 100))
      .execute()
  }
  rows = await kysely.selectFrom('sample as s').select('id').select(columns(catalogue)).orderBy('id').execute()
})
afterAll(() => database.close())

const context = { now: new Date('2026-03-29T00:30:00.123Z'), zone: 'Europe/London', me: '9223372036854775807' }

test('SQL and memory agree on every condition', async () => {
  const matched: number[] = []
  const oneCondition = fc.asyncProperty(anyCondition, async condition => {
    const sent: unknown = JSON.parse(JSON.stringify(condition))
    const absolute = resolve(catalogue, Condition.parse(sent), context)
    const query = kysely.selectFrom('sample as s').select('id').where(toSql(catalogue, absolute))
    const bySql = await query.orderBy('id').execute()
    const byMemory = rows.filter(compile(catalogue, absolute))
    matched.push(byMemory.length)
    expect(bySql.map(row => row.id)).toEqual(byMemory.map(row => row.id))
  })
  await fc.assert(oneCondition, { numRuns: 4000 })
  // Agreement would mean little if most conditions matched nothing or everything.
  expect(matched.filter(count => count > 0 && count < rows.length).length).toBeGreaterThan(1500)
}, 120_000)

test('a row kept as JSON in an event reads as it did', async () => {
  // JSON has no infinity: such a number or time comes back as absent.
  const finite = rows.filter(({ score, due }) => Number.isFinite(score ?? 0) && typeof due !== 'number')
  const kept: Row[] = JSON.parse(JSON.stringify(finite))
  const oneCondition = fc.property(anyCondition, condition => {
    const holds = compile(catalogue, resolve(catalogue, condition, context))
    expect(kept.map(holds)).toEqual(finite.map(holds))
  })
  fc.assert(oneCondition, { numRuns: 300 })
})

test('memory folds every code point as PostgreSQL does', async () => {
  const codes = Array.from({ length: 0x10ffff }, (_, i) => i + 1).filter(code => code < 0xd800 || code > 0xdfff)
  // Between two capital sigmas, because the mapping of a sigma depends on its neighbours.
  const around = sql<string>`'Σ' || chr(code) || 'Σ'`
  const query = sql<{
    code: number
    folded: string
  }>`select code, ${foldSql(around)} as folded from unnest(${codes}::int[]) code`
  const { rows: found } = await query.execute(kysely)
  expect(found.filter(({ code, folded }) => fold(`Σ${String.fromCodePoint(code)}Σ`) !== folded)).toEqual([])
  expect(found.length).toBe(codes.length)
}, 60_000)

test('a custom value of the wrong type is absent, and one of the right type is itself', async () => {
  const read = async (data: string) => {
    const fields = columns(Object.fromEntries(Object.entries(catalogue).filter(([key]) => key.startsWith('custom.'))))
    const stored = sql`with s as materialized (select ${data}::jsonb as data)`
    const { rows: found } = await sql<Row>`${stored} select ${sql.join(fields)} from s`.execute(kysely)
    return Object.values(found[0]!)
  }
  const right = `{"colour": "red", "size": 1.5, "cost": 250, "gift": true, "stage": "open", "marks": ["a", "b"],
    "born": "2024-02-29", "seen": "2026-03-29T01:30:00+01:00", "fri'end": 9223372036854775807}`
  const seen = new Date('2026-03-29T00:30:00Z')
  const marks = ['a', 'b']
  expect(await read(right)).toEqual(['red', 1.5, '250', true, 'open', marks, '2024-02-29', seen, '9223372036854775807'])
  const wrong = [
    `{"colour": 1, "size": "1", "cost": 2.5, "gift": "true", "stage": true, "marks": ["a", 1], "born": "2024-02-30",
      "seen": "2026-03-29 01:30", "fri'end": 9223372036854775808}`,
    `{"colour": {}, "size": 1e400, "cost": "1", "gift": 1, "stage": [], "marks": "a", "born": "infinity",
      "seen": "2026-13-29T01:30:00Z", "fri'end": "1"}`,
    `{"colour": null, "size": null, "marks": [["a"]], "born": 20240229, "seen": null}`,
    '[]',
  ]
  for (const data of wrong) expect(await read(data)).toEqual(Array.from({ length: 9 }, () => null))
})

test('an index on the column serves a condition', async () => {
  await sql`create table many as select i as id, case when i % 500 = 0 then 'open' else 'done' end as status,
    i as priority, now() + i * interval '1 minute' as due from generate_series(1, 20000) i`.execute(kysely)
  for (const column of ['status', 'priority', 'due'])
    await sql`create index on many (${sql.ref(column)})`.execute(kysely)
  await sql`analyze many`.execute(kysely)
  const planOf = async (condition: Condition) => {
    const where = toSql(catalogue, condition)
    return JSON.stringify(await kysely.selectFrom('many as s').select('id').where(where).explain())
  }
  expect(await planOf({ field: 'status', op: 'is', value: 'open' })).toContain('many_status_idx')
  expect(await planOf({ field: 'status', op: 'one_of', value: ['open'] })).toContain('many_status_idx')
  expect(await planOf({ field: 'priority', op: 'at_most', value: 9 })).toContain('many_priority_idx')
  expect(await planOf({ field: 'due', op: 'before', value: '2020-01-01T00:00:00Z' })).toContain('many_due_idx')
  const both: Condition = {
    all: [{ field: 'status', op: 'is', value: 'open' }, { not: { field: 'priority', op: 'is', value: 1 } }],
  }
  expect(await planOf(both)).toContain('many_status_idx')
})
