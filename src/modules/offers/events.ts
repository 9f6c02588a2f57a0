import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })
const ofTeam = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name), team: asText(data.team) })

export const personal: PersonalKeys = { 'offer.approval_asked': ['to'] }

export const sentences: Sentences = {
  'offer.added': ofTeam,
  'offer.changed': ofTeam,
  'offer.ended': ofTeam,
  'offer.asked': named,
  'offer.approval_asked': ({ data }) => ({ name: asText(data.name), to: asText(data.to) }),
  'offer.approved': named,
  'offer.declined': named,
  'offer.withdrawn': () => ({}),
}
