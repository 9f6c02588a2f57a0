import { asText, type Sentences } from '../../platform/events/telling.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const sentences: Sentences = {
  'rule.added': named,
  'rule.changed': named,
  'rule.ended': named,
  'rule.switched_on': named,
  'rule.switched_off': named,
  'rule.stopped': ({ data }) => ({ name: asText(data.name), reason: asText(data.reason) }),
}
