import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const personal: PersonalKeys = {
  'staff.away': ['name'],
  'staff.away_changed': ['name'],
}

export const sentences: Sentences = {
  'staff.away': named,
  'staff.away_changed': named,
}
