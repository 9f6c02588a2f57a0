import { useState } from 'react'
import type { Condition } from '../../../shared/condition.ts'
import { CaseConditions } from './case-conditions.tsx'
import { conditionOf, groupOf } from './conditions.ts'

type Props = { legend: string; condition: Condition; set: (condition: Condition) => void }

/** A condition on cases as a field of a form. One that is not touched stays to the letter. */
export const ConditionField = ({ legend, condition, set }: Props) => {
  const [group, setGroup] = useState(() => groupOf([condition]))
  return (
    <CaseConditions
      legend={legend}
      group={group}
      set={next => {
        setGroup(next)
        set(conditionOf(next))
      }}
    />
  )
}
