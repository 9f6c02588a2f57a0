import type { Condition } from '../../../shared/condition.ts'
import type { Content, Step } from '../contract-shapes.ts'

const everywhere: Condition = { all: [] }

/** A key that nobody has to think of: from the title, and none of those there are. */
export const keyFrom = (title: string, taken: readonly string[]): string => {
  const plain = title
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 30)
  const base = plain || 'step'
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}_${n}`
    if (!taken.includes(key)) return key
  }
}

export const blankStep = (steps: readonly Step[]): Step => ({
  key: keyFrom(
    'step',
    steps.map(step => step.key),
  ),
  part: steps.at(-1)?.part ?? 'facts',
  title: '',
  help: '',
  required: true,
  answer: { type: 'none', choices: [] },
  act: null,
  when: null,
})

type After = { step: string; value: string | boolean | null }

const leafOf = ({ step, value }: After): Condition =>
  value === null ? { field: `answer.${step}`, op: 'present' } : { field: `answer.${step}`, op: 'is', value }

/** When a step is asked for: after an answer to an earlier one, and in which cases. What somebody else wrote stays. */
export const partsOf = (when: Condition | null): { after: After | null; cases: Condition } => {
  if (when === null) return { after: null, cases: everywhere }
  const parts = 'all' in when ? when.all : [when]
  const answer = parts.find(
    part => 'field' in part && part.field.startsWith('answer.') && (part.op === 'is' || part.op === 'present'),
  )
  const rest = parts.filter(part => part !== answer)
  const after =
    answer && 'field' in answer
      ? { step: answer.field.slice('answer.'.length), value: (answer.value ?? null) as After['value'] }
      : null
  return { after, cases: rest.length === 1 ? (rest[0] as Condition) : { all: rest } }
}

export const whenOf = (after: After | null, cases: Condition): Condition | null => {
  const rest = 'all' in cases ? cases.all : [cases]
  const all = [...(after ? [leafOf(after)] : []), ...rest]
  return all.length === 0 ? null : { all }
}

/** What is sent: keys of new steps are made from their titles, and what asks for an old key asks for the new one. */
export const tidied = (content: Content): Content => {
  const steps = content.steps.map(step => ({
    ...step,
    title: step.title.trim(),
    answer: {
      ...step.answer,
      choices: step.answer.type === 'choice' ? step.answer.choices.filter(one => one.trim()) : [],
    },
  }))
  const keys = steps.map(step => step.key)
  const named = new Map<string, string>()
  for (const step of steps) {
    if (!/^step(_\d+)?$/.test(step.key) || step.title === '') continue
    const key = keyFrom(step.title, [...keys, ...named.values()])
    named.set(step.key, key)
  }
  const renamed = (text: string) =>
    text.replace(/"answer\.([a-z0-9_]+)"/g, (whole, key: string) =>
      named.has(key) ? `"answer.${named.get(key)}"` : whole,
    )
  return {
    ...content,
    name: content.name.trim(),
    steps: steps.map(step => ({
      ...step,
      key: named.get(step.key) ?? step.key,
      when: step.when && (JSON.parse(renamed(JSON.stringify(step.when))) as Condition),
    })),
    phrases: content.phrases.filter(phrase => phrase.text.trim() !== ''),
  }
}
