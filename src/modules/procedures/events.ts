import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const named = ({ data }: Told) => ({ name: asText(data.name) })
const step = ({ data }: Told) => ({ step: asText(data.step), note: asText(data.note) })

/** What was found out is what a customer said. */
export const personal: PersonalKeys = {
  'case.step_done': ['value', 'note'],
  'case.step_skipped': ['note'],
  'case.step_undone': ['note'],
}

export const sentences: Sentences = {
  'case.step_done': event => {
    const value = asText(event.data.value)
    return value === ''
      ? step(event)
      : [{ key: 'event.case.step_answered', values: { step: asText(event.data.step), value } }]
  },
  'case.step_skipped': step,
  'case.step_undone': step,
  'procedure.drafted': named,
  'procedure.changed': named,
  'procedure.published': event => ({ ...named(event), number: asText(event.data.number) }),
  'procedure.ended': named,
  'procedure.restored': named,
}
