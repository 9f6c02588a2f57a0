import { type Catalogue, check, fieldsOf } from '../../platform/conditions/index.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertCaseCondition, assertText, conditionFields } from '../cases/index.ts'
import type { Content, Step } from './contract-shapes.ts'
import { fieldsBefore } from './meaning.ts'

const assertOrder = (steps: readonly Step[], at: number, fields: Catalogue): void => {
  const { when } = steps[at] as Step
  if (!when) return
  const later = new Set(steps.slice(at).map(step => `answer.${step.key}`))
  const wrong = fieldsOf(when).find(field => later.has(field))
  if (wrong)
    refuseField(
      `steps[${at}].when`,
      'A step may ask what earlier steps found out, not itself or a later one: nobody would know yet',
    )
  check(fieldsBefore(fields, steps.slice(0, at)), when)
}

/**
 * A draft that makes sense: keys once, conditions that can be answered, texts whose placeholders exist.
 * @throws Refusal naming the part
 */
export const assertContent = async (work: Work, { condition, steps, phrases }: Content): Promise<void> => {
  await assertCaseCondition({ db: work.tx }, condition)
  const fields = await conditionFields({ db: work.tx })
  steps.forEach((step, at) => {
    if (steps.findIndex(other => other.key === step.key) !== at)
      refuseField(`steps[${at}].key`, `There are two steps with the key ${step.key}`)
    assertOrder(steps, at, fields)
    if (step.act?.does === 'ask') assertText(step.act.text, `steps[${at}].act.text`)
  })
  for (const [at, phrase] of phrases.entries()) assertText(phrase.text, `phrases[${at}].text`)
}
