import { sql } from 'kysely'
import { compileChange, resolve } from '../../platform/conditions/index.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { staffIdOf, system } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { conditionFields, visibleSql } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { rowBefore } from './before.ts'
import type { Trial, When } from './contract-rules.ts'
import { rowsThen, type Then } from './past.ts'
import { assertAsks } from './saving.ts'
import { countMoments, nextMoments, type Place } from './trial-moments.ts'

const days = 30
const slice = 500

type Row = Omit<Trial, 'since'> & { since: Date }

const columns = sql`t.id, t.state, t.since, t.total, t.looked, t.met`

export const trialById = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Row> =>
  (await sql<Row>`select ${columns} from rule_trials t where t.id = ${id}`.execute(db)).rows[0] ?? notFound('trial')

type Asked = { ruleId?: number | undefined; when: When; condition: Condition }

/** Begins to ask what a rule would have met in the last 30 days. Nothing is done but counted. */
export const startTrial =
  (parts: () => Parts) =>
  async (work: Work, { ruleId, when, condition }: Asked) => {
    await assertAsks(work, parts(), { when, condition })
    const { id } = await work.tx
      .insertInto('rule_trials')
      .values({
        staff_id: staffIdOf(work.actor),
        rule_id: ruleId ?? null,
        rule: JSON.stringify({ when, condition }),
        since: new Date(work.now.getTime() - days * 86_400_000),
        created_at: work.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    work.enqueue({ name: 'automation:trial', payload: { id }, maxAttempts: 3 })
    return trialById({ db: work.tx }, id)
  }

/** When and for which cases it would have been met, newest first. */
export const hitsOf = async (
  { db, actor }: Reading,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string | undefined },
) => {
  const before = readCursor('rule-hits', cursor, 1)
  const { rows } = await sql<{ id: number; at: Date; caseId: number; subject: string | null }>`
    select h.id, h.at, h.case_id as "caseId", case when ${visibleSql(actor)} then c.subject end as subject
    from rule_trial_hits h join cases c on c.id = h.case_id where h.trial_id = ${id}
      ${before ? sql`and h.id < ${before[0]}::bigint` : sql``} order by h.id desc limit ${limit + 1}`.execute(db)
  const items = rows.map(({ caseId, subject, ...row }) => ({ ...row, case: { id: caseId, subject } }))
  return pageOf(items, limit, last => writeCursor('rule-hits', [last.id]))
}

/** Those of some moments at which a condition held, by how each case was then. */
const metAmong = async (reading: Reading, condition: Condition, moments: readonly Then[]): Promise<Then[]> => {
  const fields = await conditionFields(reading)
  const zone = await zoneOf(reading)
  const rows = await rowsThen(reading, fields, moments)
  return moments.filter((moment, index) => {
    const after = rows[index]
    if (!after) return false
    const asked = resolve(fields, condition, { now: moment.at, zone, me: null })
    return compileChange(fields, asked)({ before: rowBefore(after, moment), after })
  })
}

const note = (work: Work, id: number, looked: number, met: readonly Then[]) =>
  sql`with hits as (insert into rule_trial_hits (trial_id, case_id, at)
      select ${id}, * from unnest(${met.map(one => one.caseId)}::bigint[], ${met.map(one => one.at)}::timestamptz[]))
    update rule_trials set looked = looked + ${looked}, met = met + ${met.length} where id = ${id}`.execute(work.tx)

const end = (kernel: Kernel, id: number, state: 'done' | 'failed') =>
  kernel.work(system, work =>
    work.tx.updateTable('rule_trials').set({ state, finished_at: work.now }).where('id', '=', id).execute(),
  )

/** @returns where the next slice begins, or null at the end */
const nextSlice = async (
  kernel: Kernel,
  id: number,
  { when, condition }: { when: When; condition: Condition },
  span: { since: Date; until: Date },
  from: Place | null,
): Promise<Place | null> => {
  const moments = await kernel.read(system, reading => nextMoments(reading, when, span, from, slice))
  const met = await kernel.read(system, reading => metAmong(reading, condition, moments))
  await kernel.work(system, work => note(work, id, moments.length, met))
  const last = moments.at(-1)
  return last && moments.length === slice ? { at: last.at, id: last.key } : null
}

const walk = async (kernel: Kernel, id: number): Promise<void> => {
  const trial = await kernel.read(system, ({ db }) =>
    db.selectFrom('rule_trials').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (trial?.state !== 'running') return
  const { when, condition } = trial.rule as unknown as { when: When; condition: Condition }
  const span = { since: trial.since, until: trial.created_at }
  const total = await kernel.read(system, reading => countMoments(reading, when, span))
  // Taken up again after the program was killed, it begins anew.
  await kernel.work(system, async work => {
    await work.tx.deleteFrom('rule_trial_hits').where('trial_id', '=', id).execute()
    await work.tx.updateTable('rule_trials').set({ total, looked: 0, met: 0 }).where('id', '=', id).execute()
  })
  let place: Place | null = null
  do place = await nextSlice(kernel, id, { when, condition }, span, place)
  while (place)
  await end(kernel, id, 'done')
}

/** Looks at the last month, slice by slice, so that it can be seen how far it is. */
export const carryOutTrial = async (kernel: Kernel, id: number): Promise<void> => {
  try {
    await walk(kernel, id)
  } catch (problem) {
    await end(kernel, id, 'failed')
    throw problem
  }
}
