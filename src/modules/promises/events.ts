import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const what = (data: Record<string, unknown>) => ({
  what: data.title ? asText(data.title) : { key: `promise.kind.${asText(data.kind)}` },
})
const reason = (data: Record<string, unknown>) => ({ key: `promise.reason.${asText(data.reason ?? 'other')}` })

export const personal: PersonalKeys = {
  'promise.made': ['title'],
  'promise.warned': ['title'],
  'promise.escalated': ['title'],
  'promise.missed': ['title'],
  'promise.kept': ['title'],
  'promise.kept_late': ['title'],
  'promise.broken': ['title'],
  'promise.withdrawn': ['title'],
  'promise.moved': ['title'],
  'promise.handed': ['title', 'name'],
}

export const sentences: Sentences = {
  'promise.made': ({ data }) => what(data),
  'promise.warned': ({ data }) => what(data),
  'promise.escalated': ({ data }) => what(data),
  'promise.missed': ({ data }) => what(data),
  'promise.kept': ({ data }) => what(data),
  'promise.kept_late': ({ data }) => ({ ...what(data), minutes: asText(data.lateMinutes) }),
  'promise.broken': ({ data }) => ({ ...what(data), reason: reason(data) }),
  'promise.withdrawn': ({ data }) => ({ ...what(data), reason: reason(data) }),
  'promise.moved': ({ data }) => what(data),
  'promise.handed': ({ data }) => ({ ...what(data), name: asText(data.name) }),
  'calendar.replanned': ({ data }) => ({ looked: asText(data.looked), moved: asText(data.moved) }),
}
