import { asText, type Sentences } from '../../platform/events/telling.ts'

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const sentences: Sentences = {
  'level.added': named,
  'level.changed': named,
  'level.ended': named,
  'level.ordered': ({ data }) => ({ kind: { key: `promise.kind.${asText(data.kind)}` } }),
  'level.replanned': ({ data }) => ({ looked: asText(data.looked), moved: asText(data.moved) }),
}
