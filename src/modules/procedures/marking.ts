import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { lockCase, promiseOnCase, write } from '../cases/index.ts'
import type { Step, Value } from './contract-shapes.ts'
import { happenedIn, type InForce, type StoredMark } from './loading.ts'
import { wrongValue } from './meaning.ts'
import { proceduresFor, proceduresOfCase } from './reading.ts'

export type Marking = {
  id: number
  procedureId: number
  step: string
  outcome: 'done' | 'skipped' | 'undone'
  value?: Value | null | undefined
  note: string
  dueAt?: string | undefined
  withinMinutes?: number | undefined
  message?: string | undefined
}

type Effect = { promiseId: number | null; messageId: number | null }
const none: Effect = { promiseId: null, messageId: null }

const promised = async (work: Work, caseId: number, act: Extract<Step['act'], { does: 'promise' }>, input: Marking) => {
  const named = input.dueAt || input.withinMinutes
  const { id } = await promiseOnCase(work, {
    id: caseId,
    kind: act.kind,
    title: act.title,
    note: '',
    ...(named ? { dueAt: input.dueAt, withinMinutes: input.withinMinutes } : { withinMinutes: act.withinMinutes }),
  })
  return id
}

/**
 * Does what the step does. One that was done already is only noted again: nothing is promised or sent twice.
 * @throws Refusal naming `step` where something has to happen first
 */
const carryOut = async (
  work: Work,
  caseId: number,
  { act }: Step,
  before: StoredMark | undefined,
  input: Marking,
): Promise<Effect> => {
  if (input.message && act?.does !== 'ask') refuseField('message', 'This step does not ask the customer anything')
  if ((input.dueAt || input.withinMinutes) && act?.does !== 'promise')
    refuseField('dueAt', 'This step does not promise anything')
  if (!act) return none
  if (act.does === 'refer' || act.does === 'offer') {
    const happened = await happenedIn({ db: work.tx }, caseId)
    if (!happened[act.does])
      refuseField(
        'step',
        act.does === 'refer'
          ? 'Nothing was referred in this case yet. Refer it, or leave the step out with the reason.'
          : 'Nothing was given in this case yet. Give or refer it, or leave the step out with the reason.',
      )
    return none
  }
  if (act.does === 'promise')
    return before?.outcome === 'done' && before.promiseId
      ? { promiseId: before.promiseId, messageId: null }
      : { promiseId: await promised(work, caseId, act, input), messageId: null }
  if (!input.message) return none
  const sent = await write(work, { id: caseId, kind: 'reply', text: input.message, attachmentIds: [], mentionIds: [] })
  return { promiseId: null, messageId: sent.id }
}

const assertSaid = (step: Step, before: StoredMark | undefined, { outcome, value = null, note }: Marking): void => {
  if (outcome === 'skipped' && note === '') refuseField('note', 'Say why this step is left out')
  if (outcome !== 'done' && value !== null) refuseField('value', 'Only a step that was done found something out')
  if (outcome === 'undone' && !before) refuseField('outcome', 'This step was not done yet')
  const wrong = outcome === 'done' ? wrongValue(step.answer, value) : null
  if (wrong) refuseField('value', wrong)
}

/** The run of a case, which begins with the first step that is noted and stays with the version of that moment. */
const runOf = async (work: Work, caseId: number, { id, number, runIds }: InForce): Promise<number> => {
  const last = runIds.at(-1)
  if (last !== undefined) return last
  const { rows } = await sql<{ id: number }>`insert into procedure_runs (case_id, procedure_id, number, started_at)
    values (${caseId}, ${id}, ${number}, ${work.now}) returning id`.execute(work.tx)
  return rows[0]?.id ?? 0
}

const said = (value: Value | null): string => (value === true ? 'yes' : value === false ? 'no' : String(value ?? ''))

/**
 * Notes what became of a step in a case, and does what the step does.
 * @throws Refusal naming `procedureId`, `step`, `value`, `note` or what its act needs
 */
export const markStep = async (work: Work, input: Marking) => {
  const kase = await lockCase(work, input.id)
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  const found = (await proceduresFor(reading, kase.id)).find(({ one }) => one.id === input.procedureId)
  if (!found) return notFound('procedure')
  const step = found.steps.find(({ key }) => key === input.step)
  if (!step) return refuseField('step', 'The procedure does not ask for this step in this case')
  const before = found.marks.get(step.key)
  assertSaid(step, before, input)
  const effect = input.outcome === 'done' ? await carryOut(work, kase.id, step, before, input) : none
  const runId = await runOf(work, kase.id, found.one)
  const { outcome, note, value = null } = input
  await sql`insert into procedure_marks (run_id, step, outcome, value, note, promise_id, message_id, at, staff_id, by_name)
    values (${runId}, ${step.key}, ${outcome}, ${value === null ? null : JSON.stringify(value)}::jsonb, ${note}, ${effect.promiseId},
      ${effect.messageId}, ${work.now}, ${staffIdOf(work.actor)}, ${work.actor.name})`.execute(work.tx)
  work.record({
    type: `case.step_${outcome}`,
    subject: { kind: 'case', id: kase.id },
    data: { procedure: found.one.content.name, step: step.title, key: step.key, value: said(value), note },
  })
  return proceduresOfCase(reading, kase.id)
}
