import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import { assertActions, carryOut, type Parts } from '../../platform/rules/parts.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Condition } from '../../shared/condition.ts'
import { type ActionCall, done } from '../../shared/contract.ts'
import { changeFrom } from './changes.ts'
import { applyChange } from './changing.ts'
import type { BulkChange } from './contract-bulk.ts'
import { allFields } from './fields.ts'
import { assertText, type Facts, factsOf, filledIn } from './filling.ts'
import { lockCase } from './loading.ts'
import { conditionsSql } from './queries.ts'
import { assertVisible } from './reading.ts'
import { assertMayShare, assertTeam } from './viewing.ts'

type Writes = 'reply' | 'note' | 'nothing'
type Row = {
  id: number
  name: string
  staff_id: number | null
  teamId: number | null
  writes: Writes
  text: string
  change: Record<string, unknown>
  also: ActionCall[]
  visibleWhen: Condition | null
  used: number
  version: number
}

const rowsFor = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>): Promise<Row[]> => {
  const { rows } =
    await sql<Row>`select id, name, staff_id, team_id as "teamId", writes, text, change, also, visible_when as "visibleWhen", used, version
    from macros where ended_at is null and (staff_id = ${actor.id} or (staff_id is null and (team_id is null or ${actor.visibility === 'all'}::boolean
      or team_id = any(${[...actor.teams]}::bigint[])))) order by used desc, name`.execute(db)
  return rows
}

/** My macros, those of my teams, and those shared with everybody. */
export const macrosOf = async (reading: Pick<Reading, 'db' | 'actor'>) =>
  (await rowsFor(reading)).map(({ staff_id, ...row }) => ({
    ...row,
    shared: staff_id === null,
    mine: staff_id === reading.actor.id,
  }))

const oneOf = async (work: Work, id: number) =>
  (await macrosOf({ db: work.tx, actor: work.actor })).find(macro => macro.id === id) ?? notFound('macro')

type Input = {
  name: string
  writes: Writes
  text: string
  change: BulkChange | Record<string, never>
  also: ActionCall[]
  visibleWhen: Condition | null
  shared: boolean
  teamId: number | null
}

const assertSound = async (work: Work, parts: Parts, input: Input): Promise<void> => {
  if (input.shared || input.teamId) assertMayShare(work)
  await assertTeam(work, input.teamId)
  assertText(input.text)
  if (input.visibleWhen) check(await allFields({ db: work.tx }), input.visibleWhen)
  await assertActions(work, parts, input.also, 'also')
  if (input.text.trim() === '' && input.also.length === 0 && Object.keys(input.change).length === 0)
    refuseField('text', 'Say what it writes, or what it changes')
}

const valuesOf = (work: Work, input: Input) => ({
  name: input.name,
  writes: input.text.trim() === '' ? 'nothing' : input.writes,
  text: input.text,
  change: JSON.stringify(input.change),
  also: JSON.stringify(input.also),
  visible_when: input.visibleWhen ? JSON.stringify(input.visibleWhen) : null,
  staff_id: input.shared || input.teamId ? null : work.actor.id,
  team_id: input.teamId,
})

/** @throws Refusal naming the field that is wrong, `forbidden` when sharing is beyond the role */
export const addMacro = (parts: () => Parts) => async (work: Work, input: Input) => {
  await assertSound(work, parts(), input)
  const { id } = await work.tx
    .insertInto('macros')
    .values(valuesOf(work, input))
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'macro.saved', subject: { kind: 'macro', id }, data: { name: input.name } })
  return oneOf(work, id)
}

type Partly = { [K in keyof Input]?: Input[K] | undefined } & { id: number; version?: number | undefined }

const owned = async (work: Work, id: number) => {
  const macro = await oneOf(work, id)
  if (!macro.mine) assertMayShare(work)
  return macro
}

/** @throws Refusal `stale` with an old version, otherwise as when one is added */
export const changeMacro = (parts: () => Parts) => async (work: Work, input: Partly) => {
  const before = await owned(work, input.id)
  assertFresh(before.version, input.version, 'macro')
  const teamId = input.shared === false ? null : input.teamId === undefined ? before.teamId : input.teamId
  const next: Input = {
    name: input.name ?? before.name,
    writes: input.writes ?? before.writes,
    text: input.text ?? before.text,
    change: input.change ?? before.change,
    also: input.also ?? before.also,
    visibleWhen: input.visibleWhen === undefined ? before.visibleWhen : input.visibleWhen,
    shared: teamId !== null || (input.shared ?? before.shared),
    teamId,
  }
  await assertSound(work, parts(), next)
  await work.tx
    .updateTable('macros')
    .set({ ...valuesOf(work, next), version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  work.record({ type: 'macro.saved', subject: { kind: 'macro', id: input.id }, data: { name: next.name } })
  return oneOf(work, input.id)
}

export const removeMacro = async (work: Work, id: number) => {
  const macro = await owned(work, id)
  await work.tx.updateTable('macros').set({ ended_at: work.now }).where('id', '=', id).execute()
  work.record({ type: 'macro.removed', subject: { kind: 'macro', id }, data: { name: macro.name } })
  return done
}

const offered = ({ id, name, writes, text, change, also, used }: Row, facts: Facts) => ({
  id,
  name,
  writes,
  change,
  also,
  used,
  text: filledIn(text, facts),
})

/** Which of the macros fit a case: all their conditions in one statement. */
const fitting = async (reading: Reading, caseId: number, rows: readonly Row[]): Promise<Row[]> => {
  const asSql = await conditionsSql(reading)
  const conditional = rows.filter(row => row.visibleWhen)
  if (conditional.length === 0) return [...rows]
  const tests = conditional.map(row => sql`(${asSql(row.visibleWhen as Condition)}) is true`)
  const { rows: found } = await sql<{
    fit: boolean[]
  }>`select array[${sql.join(tests)}] as fit from cases c where c.id = ${caseId}`.execute(reading.db)
  const unfit = new Set(conditional.filter((_, i) => !found[0]?.fit[i]).map(row => row.id))
  return rows.filter(row => !unfit.has(row.id))
}

/** The macros that fit a case, each with what it would write there. */
export const macrosFor = async (reading: Reading, asked: number) => {
  const { id } = await assertVisible(reading, asked)
  const facts = await factsOf(reading, id)
  return (await fitting(reading, id, await rowsFor(reading))).map(row => offered(row, facts))
}

/**
 * Carries out what a macro changes in a case.
 * @returns its text filled in, and the changed fields as they were
 */
export const applyMacro = (parts: () => Parts) => async (work: Work, input: { id: number; macroId: number }) => {
  const kase = await lockCase(work, input.id)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const rows = (await rowsFor(reading)).filter(row => row.id === input.macroId)
  const [macro] = await fitting(reading, kase.id, rows)
  if (!macro) return notFound('macro')
  const { before, version } = await applyChange(work, kase.id, now => changeFrom(macro.change, now))
  await carryOut(work, parts(), macro.also, { subjectId: kase.id, by: work.actor.id, field: 'also' })
  await work.tx
    .updateTable('macros')
    .set(({ eb }) => ({ used: eb('used', '+', 1), last_used_at: work.now }))
    .where('id', '=', macro.id)
    .execute()
  work.record({
    type: 'case.macro_used',
    subject: { kind: 'case', id: kase.id },
    data: { macroId: macro.id, name: macro.name },
  })
  return {
    ...offered(macro, await factsOf(reading, kase.id)),
    before: before as unknown as Record<string, unknown>,
    undo: version,
  }
}
