import { sql } from 'kysely'
import * as z from 'zod'
import { compile, resolve } from '../../platform/conditions/index.ts'
import type { Work } from '../../platform/work.ts'
import { caseRow, promiseOnCase } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import type { Content } from './contract-shapes.ts'

/** A promise to a customer that was missed, as it is told. */
export const Missed = z
  .object({
    subject: z.object({ id: z.number() }).loose(),
    data: z.object({ promiseId: z.number(), kind: z.string() }).loose(),
  })
  .loose()

type Published = { id: number; content: Content }

/** The first clause in force that speaks of such a promise and says how it is put right. */
const clauseFor = async (work: Work, caseId: number, kind: string) => {
  const { rows } =
    await sql<Published>`select c.id, v.content from codes c join code_versions v on v.code_id = c.id and v.number = c.published_version
    where c.archived_at is null and v.content @> ${JSON.stringify({ clauses: [{ promise: { indicator: { kind } } }] })}::jsonb
    order by c.id`.execute(work.tx)
  if (rows.length === 0) return null
  const { fields, row } = await caseRow({ db: work.tx }, caseId)
  const context = { now: work.now, zone: await zoneOf({ db: work.tx }), me: null }
  for (const { id, content } of rows)
    for (const { key, promise } of content.clauses) {
      const indicator = promise?.indicator
      if (!indicator || indicator.kind !== kind || promise.remedyMinutes === null) continue
      if (compile(fields, resolve(fields, indicator.condition, context))(row))
        return { id, key, remedy: promise.remedy, minutes: promise.remedyMinutes }
    }
  return null
}

/** Promises to put right what was missed, once; what was promised to put something right is not put right again. */
export const remedy = async (work: Work, { subject, data }: z.output<typeof Missed>): Promise<void> => {
  const { rows } = await sql<{ caseId: number }>`select coalesce(c.merged_into, c.id) as "caseId" from cases c
    where c.id = ${subject.id} and not exists (select 1 from code_remedies r
      where r.promise_id = ${data.promiseId} or r.remedy_id = ${data.promiseId})`.execute(work.tx)
  const caseId = rows[0]?.caseId
  if (caseId === undefined) return
  const clause = await clauseFor(work, caseId, data.kind)
  if (!clause) return
  const made = await promiseOnCase(work, {
    id: caseId,
    kind: 'follow_up',
    title: clause.remedy.slice(0, 200) || 'Put right what was missed',
    withinMinutes: clause.minutes,
    note: '',
  })
  await sql`insert into code_remedies (code_id, clause, promise_id, remedy_id, at)
    values (${clause.id}, ${clause.key}, ${data.promiseId}, ${made.id}, ${work.now})`.execute(work.tx)
}
