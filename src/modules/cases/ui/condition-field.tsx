import { useState } from 'react'
import type { Condition } from '../../../shared/condition.ts'
import { CaseConditions } from './case-conditions.tsx'
import { useSentence } from './condition-words.ts'
import { conditionOf, groupOf, useFields } from './conditions.ts'

type Props = { legend: string; condition: Condition; set: (condition: Condition) => void; changes?: boolean }

/** A condition on cases as a field of a form. One that is not touched stays to the letter. */
export const ConditionField = ({ legend, condition, set, changes = false }: Props) => {
  const [group, setGroup] = useState(() => groupOf([condition]))
  return (
    <CaseConditions
      legend={legend}
      group={group}
      changes={changes}
      set={next => {
        setGroup(next)
        set(conditionOf(next))
      }}
    />
  )
}

/** A condition as a sentence, with names for numbers. */
export const ConditionSentence = ({ condition }: { condition: Condition }) => {
  const fields = useFields().map(field => ({ ...field, changes: true }))
  const sentence = useSentence(fields)
  return <>{sentence(groupOf([condition]))}</>
}
