import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })
const moved = ({ data }: { data: Record<string, unknown> }) => ({
  name: asText(data.name),
  from: asText(data.from),
  to: asText(data.to),
})

export const personal: PersonalKeys = { 'demand.reviewed': ['words'] }

export const sentences: Sentences = {
  'demand.noted': named,
  'demand.changed': named,
  'demand.settled': ({ data }) => ({
    name: asText(data.name),
    outcome: { key: `demand.outcome.${asText(data.outcome)}` },
    instead: data.instead ? `: ${asText(data.instead)}` : '',
  }),
  'demand.waits': named,
  'demand.told': named,
  'demand.to_be_told': named,
  'demand.transfer_asked': moved,
  'demand.reviewed': ({ data }) => ({
    name: asText(data.name),
    outcome: { key: `demand.review.${asText(data.outcome)}` },
    words: asText(data.words),
  }),
  'demand.summed_up': ({ data }) => ({ count: Number(data.count) }),
  'transfer.sent': moved,
  'transfer.arrived': moved,
  'transfer.refused': moved,
}
