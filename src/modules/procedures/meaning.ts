import { sql } from 'kysely'
import { type Catalogue, compile, type Field, resolve } from '../../platform/conditions/index.ts'
import type { Answer, Step, Value } from './contract-shapes.ts'

const nothing = sql`null`

/** An answer as conditions ask of it: always in memory, since a step is never looked for in a list. */
const fieldOf = ({ title, answer: { type, choices } }: Pick<Step, 'title' | 'answer'>): Field => {
  const base = { label: title, sql: nothing }
  if (type === 'choice') return { ...base, type: 'choice', choices: choices.map(value => ({ value, label: value })) }
  if (type === 'yes_no' || type === 'none') return { ...base, type: 'flag' }
  return { ...base, type }
}

/** What conditions of a step can ask: the case, and what the steps before it found out as `answer.<key>`. */
export const fieldsBefore = (fields: Catalogue, before: readonly Step[]): Catalogue => ({
  ...fields,
  ...Object.fromEntries(before.map(step => [`answer.${step.key}`, fieldOf(step)])),
})

/** What became of a step, as far as it counts. */
export type Mark = { outcome: 'done' | 'skipped' | 'undone'; value: Value | null }
export type Context = { now: Date; zone: string; me: number | null }

/** What a later condition reads: of a step without an answer, that it was done. */
const learnt = (answer: Answer, mark: Mark): Value | null => {
  if (mark.outcome !== 'done') return null
  return answer.type === 'none' ? true : mark.value
}

/**
 * The steps that a case asks for now, in their order: one whose condition does not hold is not there, and what it found
 * out earlier counts for nothing.
 * @param row the case, as its conditions read it
 */
export const stepsFor = (
  steps: readonly Step[],
  marks: ReadonlyMap<string, Mark>,
  fields: Catalogue,
  row: Readonly<Record<string, unknown>>,
  context: Context,
): Step[] => {
  const known: Record<string, unknown> = { ...row }
  const applies: Step[] = []
  steps.forEach((step, at) => {
    if (step.when) {
      const catalogue = fieldsBefore(fields, steps.slice(0, at))
      if (!compile(catalogue, resolve(catalogue, step.when, context))(known)) return
    }
    applies.push(step)
    const mark = marks.get(step.key)
    if (mark) known[`answer.${step.key}`] = learnt(step.answer, mark)
  })
  return applies
}

/** Required steps that nobody has done or left out with a reason. */
export const missingOf = (steps: readonly Step[], marks: ReadonlyMap<string, Mark>): string[] =>
  steps
    .filter(({ key, required }) => {
      const outcome = marks.get(key)?.outcome
      return required && outcome !== 'done' && outcome !== 'skipped'
    })
    .map(({ key }) => key)

/** Why a value is no answer to what a step asks; null where it is one. */
export const wrongValue = ({ type, choices }: Answer, value: Value | null): string | null => {
  if (type === 'none') return value === null ? null : 'This step asks for nothing to be written down'
  if (value === null || value === '') return 'Say what was found out'
  if (type === 'yes_no') return typeof value === 'boolean' ? null : 'Say yes or no'
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? null : 'Give a number'
  if (typeof value !== 'string') return 'Give it as text'
  if (type === 'choice') return choices.includes(value) ? null : `Choose one of: ${choices.join(', ')}`
  if (type === 'date') return isDay(value) ? null : 'Give a day such as 2026-03-31'
  return value.trim() === '' ? 'Say what was found out' : null
}

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
