import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod'
import { resolve, toSql } from '../../platform/conditions/index.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import type { Work } from '../../platform/work.ts'
import { type CaseFacts, caseFacts, conditionFields } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { reachedBy } from './clock.ts'
import type { Anchor } from './contract-rules.ts'
import { ask } from './failing.ts'
import { fits, type Happened } from './firing.ts'
import { type Row, rulesInForce } from './queries.ts'

/** Cases met in one transaction. */
const slice = 200

const column: Record<Anchor, string> = {
  openedAt: 'opened_at',
  waitingSince: 'waiting_since',
  lastAt: 'last_at',
  dueAt: 'due_at',
  solvedAt: 'solved_at',
}

const open = sql`c.status in ('new', 'open', 'waiting_customer', 'waiting_other')`

/** The latest moment from which the time of a rule has passed. */
const reached = (work: Work, { minutes, working }: Row): Promise<Date> =>
  reachedBy({ db: work.tx }, { minutes: minutes as number, working }, work.now)

/** Which cases a rule on time can concern: those with the index of its moment. */
const kept = (anchor: Anchor) =>
  anchor === 'solvedAt'
    ? sql`c.solved_at is not null`
    : anchor === 'waitingSince'
      ? sql`c.waiting_since is not null and ${open}`
      : anchor === 'dueAt'
        ? sql`c.due_at is not null and ${open}`
        : open

type Met = { id: number; at: Date }

/** The next cases whose time has come since the rule last looked: a walk along one index, never over all cases. */
const nextMet = async (work: Work, rule: Row, until: Date): Promise<Met[]> => {
  const anchor = rule.anchor as Anchor
  const at = sql.ref(`c.${column[anchor]}`)
  const fields = await conditionFields({ db: work.tx })
  const zone = await zoneOf({ db: work.tx })
  const condition = toSql(fields, resolve(fields, rule.condition, { now: work.now, zone, me: null }))
  const after = rule.lookedAt ? sql`and (${at}, c.id) > (${rule.lookedAt}, ${rule.lookedId ?? 0})` : sql``
  // What is to be done before something is due makes no sense afterwards.
  const ahead = (rule.minutes as number) < 0 ? sql`and ${at} > ${work.now}` : sql``
  const { rows } = await sql<Met>`select c.id, ${at} as at from cases c where ${kept(anchor)} and ${at} <= ${until}
    ${after} ${ahead} and c.merged_into is null and (${condition}) order by ${at}, c.id limit ${slice}`.execute(work.tx)
  return rows
}

const meet = async (work: Work, rule: Row, met: readonly Met[]): Promise<number[]> => {
  const { rows } = await sql<{ case_id: number }>`insert into rule_matches (rule_id, case_id, anchor_at)
    select ${rule.id}, * from unnest(${met.map(one => one.id)}::bigint[], ${met.map(one => one.at)}::timestamptz[])
    on conflict (rule_id, case_id) do update set anchor_at = excluded.anchor_at where rule_matches.anchor_at <> excluded.anchor_at
    returning case_id`.execute(work.tx)
  return rows.map(row => row.case_id)
}

const lookOn = (work: Work, rule: Row, { at, id }: Met) =>
  work.tx.updateTable('rules').set({ looked_at: at, looked_id: id }).where('id', '=', rule.id).execute()

/** One slice in one transaction. @returns whether there may be more */
const nextSlice = (kernel: Kernel, ruleId: number): Promise<boolean> =>
  kernel.work(system, async work => {
    await sql`select 1 from rules where id = ${ruleId} for update`.execute(work.tx)
    const rule = (await rulesInForce({ db: work.tx })).find(one => one.id === ruleId)
    if (!rule?.anchor) return false
    const until = await reached(work, rule)
    const met = await nextMet(work, rule, until)
    for (const caseId of await meet(work, rule, met))
      work.enqueue({ name: 'automation:meet', payload: { ruleId, caseId, reaction: randomUUID() } })
    const last = met.length === slice ? (met.at(-1) as Met) : { at: until, id: 0 }
    await lookOn(work, rule, last)
    return met.length === slice
  })

/** Looks for cases whose time has come. A rule that cannot be asked is noted with the first case it meets. */
export const sweep = async (kernel: Kernel): Promise<void> => {
  const all = await kernel.read(system, rulesInForce)
  for (const rule of all.filter(one => one.anchor !== null)) while (await nextSlice(kernel, rule.id));
}

const passed = (rule: Row, row: CaseFacts, now: Date, until: Date): Date | null => {
  const raw = row[rule.anchor as Anchor] as Date | null
  if (!raw || row.mergedInto) return null
  const isOpen = row.status !== 'solved' && row.status !== 'closed'
  if (isOpen === (rule.anchor === 'solvedAt')) return null
  if (raw > until || ((rule.minutes as number) < 0 && raw <= now)) return null
  return raw
}

const unchanged = { type: 'time passed', data: {}, before: null, after: null }

/** After an event: a case that no longer fits may be met again, and one that came to fit late is met now. */
export const meetInTime = (kernel: Kernel, rule: Row, { caseId, chain }: Pick<Happened, 'caseId' | 'chain'>) =>
  kernel.work(system, async work => {
    const { fields, rows } = await caseFacts(work, [caseId])
    const [row] = rows
    const at = row ? passed(rule, row, work.now, await reached(work, rule)) : null
    if (row && at && (await fits(work, rule, fields, row, unchanged))) {
      const [met] = await meet(work, rule, [{ id: caseId, at }])
      if (met)
        work.enqueue({ name: 'automation:meet', payload: { ruleId: rule.id, caseId, chain, reaction: randomUUID() } })
    } else
      await work.tx.deleteFrom('rule_matches').where('rule_id', '=', rule.id).where('case_id', '=', caseId).execute()
  })

export const Meeting = z.object({
  ruleId: z.number(),
  caseId: z.number(),
  chain: z.array(z.number()).default([]),
  reaction: z.string(),
})

/** Lets a rule act on a case whose time has come, if it still fits. */
export const meetOne = async (
  kernel: Kernel,
  parts: Parts,
  { ruleId, ...met }: z.infer<typeof Meeting>,
): Promise<void> => {
  const rule = (await kernel.read(system, rulesInForce)).find(one => one.id === ruleId)
  if (rule) await ask(kernel, parts, rule, { ...unchanged, ...met })
}
