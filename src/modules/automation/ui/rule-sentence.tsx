import { Suspense } from 'react'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { ConditionSentence } from '../../cases/ui/index.ts'
import type { Rule } from '../contract-rules.ts'
import { useWhenWords } from './when-field.tsx'

type Words = Pick<Rule, 'when' | 'condition' | 'actions'>

const isEverything = (condition: Rule['condition']) => 'all' in condition && condition.all.length === 0

/** A rule as one sentence: "When a case is opened, if kind is complaint: change the case, note something." */
export const RuleSentence = ({ when, condition, actions }: Words) => {
  const t = useSay()
  const whenWords = useWhenWords()
  const done = actions.map(act => sayOr(`rules.do.${act.do}`, act.do).toLowerCase()).join(', ')
  return (
    <>
      {t('rules.sentence.when', { when: whenWords(when) })}
      {!isEverything(condition) && (
        <>
          , {t('rules.sentence.if')}{' '}
          <Suspense fallback="…">
            <ConditionSentence condition={condition} />
          </Suspense>
        </>
      )}
      : {done}.
    </>
  )
}
