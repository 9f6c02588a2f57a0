import { compile, resolve } from '../../platform/conditions/index.ts'
import type { Reading } from '../../platform/work.ts'
import { assertVisible, caseRow, fillingIn } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import type { CaseProcedure, CaseStep, Step } from './contract-shapes.ts'
import { happenedIn, type InForce, inForceFor, marksOf, type StoredMark } from './loading.ts'
import { missingOf, stepsFor } from './meaning.ts'

type Told = Omit<CaseProcedure, 'steps'> & { steps: (Omit<CaseStep, 'at'> & { at: Date | null })[] }
type Happened = Awaited<ReturnType<typeof happenedIn>>
type Filled = (text: string) => string

const stepOf = (
  step: Step,
  mark: StoredMark | undefined,
  happened: Happened,
  filled: Filled,
): Told['steps'][number] => {
  const { when: _, act, ...rest } = step
  const counts = mark && mark.outcome !== 'undone' ? mark : undefined
  return {
    ...rest,
    act: act?.does === 'ask' ? { ...act, text: filled(act.text) } : act,
    state: counts ? (counts.outcome as 'done' | 'skipped') : 'open',
    value: counts?.value ?? null,
    note: counts?.note ?? '',
    by: counts?.by ?? null,
    at: counts?.at ?? null,
    promiseId: counts?.promiseId ?? null,
    happened: (act?.does === 'refer' && happened.refer) || (act?.does === 'offer' && happened.offer),
  }
}

type About = {
  fields: Awaited<ReturnType<typeof caseRow>>['fields']
  row: Record<string, unknown>
  zone: string
}

const applies = ({ content, runIds }: InForce, { fields, row, zone }: About, { now, actor }: Reading): boolean =>
  runIds.length > 0 || compile(fields, resolve(fields, content.condition, { now, zone, me: actor.id }))(row)

/** What a verb needs of the procedures of a case: those that apply, with the steps that are asked for now. */
export const proceduresFor = async (reading: Reading, caseId: number) => {
  const about = { ...(await caseRow(reading, caseId)), zone: await zoneOf(reading) }
  const fitting = (await inForceFor(reading, caseId)).filter(one => applies(one, about, reading))
  const told: { one: InForce; steps: Step[]; marks: Map<string, StoredMark> }[] = []
  for (const one of fitting) {
    const marks = await marksOf(reading, one.runIds)
    const context = { now: reading.now, zone: about.zone, me: reading.actor.id }
    told.push({ one, marks, steps: stepsFor(one.content.steps, marks, about.fields, about.row, context) })
  }
  return told
}

/** The procedures for a case: those that began first, then by their order. */
export const proceduresOfCase = async (reading: Reading, asked: number): Promise<{ items: Told[] }> => {
  const { id } = await assertVisible(reading, asked)
  const found = await proceduresFor(reading, id)
  if (found.length === 0) return { items: [] }
  const [happened, filled] = [await happenedIn(reading, id), await fillingIn(reading, id)]
  const items = found.map(({ one, steps, marks }) => ({
    id: one.id,
    name: one.content.name,
    number: one.number,
    newer: one.published !== null && one.number < one.published,
    started: one.runIds.length > 0,
    steps: steps.map(step => stepOf(step, marks.get(step.key), happened, filled)),
    phrases: one.content.phrases.map(phrase => ({ ...phrase, text: filled(phrase.text) })),
    missing: missingOf(steps, marks),
  }))
  return { items: items.toSorted((a, b) => Number(b.started) - Number(a.started)) }
}
