import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

const titled = ({ data }: { data: Record<string, unknown> }) => ({ title: asText(data.title) })
const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

const about = [
  'booking.made',
  'booking.moved',
  'booking.cancelled',
  'booking.arrived',
  'booking.began',
  'booking.missed',
  'booking.answered',
]

export const personal: PersonalKeys = {
  ...Object.fromEntries(about.map(type => [type, ['title']])),
  'booking.handed': ['title', 'name'],
  'resource.added': ['name'],
  'resource.changed': ['name'],
  'resource.ended': ['name'],
}

export const sentences: Sentences = {
  'booking.made': titled,
  'booking.moved': titled,
  'booking.cancelled': titled,
  'booking.handed': ({ data }) => ({ title: asText(data.title), name: asText(data.name) }),
  'booking.arrived': titled,
  'booking.began': titled,
  'booking.missed': titled,
  'booking.answered': ({ data }) => ({
    title: asText(data.title),
    answer: { key: `booking.reply.${asText(data.answer)}` },
  }),
  'resource.added': named,
  'resource.changed': named,
  'resource.ended': named,
  'appointment_type.added': named,
  'appointment_type.changed': named,
  'appointment_type.ended': named,
}
