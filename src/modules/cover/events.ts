import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const personal: PersonalKeys = {
  'staff.away': ['name'],
  'staff.away_changed': ['name'],
  'staff.away_cancelled': ['name'],
  'staff.back': ['name'],
  'staff.handed_over': ['name'],
  'staff.handed_back': ['name'],
}

export const sentences: Sentences = {
  'staff.away': named,
  'staff.away_changed': named,
  'staff.away_cancelled': named,
  'staff.back': named,
  'staff.handed_over': ({ data }) => ({ name: asText(data.name), count: asText(data.given) }),
  'staff.handed_back': ({ data }) => ({
    name: asText(data.name),
    returned: asText(data.returned),
    kept: asText(data.kept),
  }),
  'staff.shift_handed': ({ data }) => ({ count: asText(data.handed) }),
}
