import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'
import type { en } from './ui/en.ts'

/** What the events call the parts of a record, and how screens do. */
const parts: Record<string, keyof typeof en> = {
  adjustments: 'person.adjustments',
  approach: 'approach.title',
  expectations: 'person.expectations',
  groups: 'person.groups',
  language: 'person.language',
  name: 'person.name',
  needs: 'person.needs',
  notes: 'person.notes',
  'preferred channel': 'person.preferred',
  relationship: 'person.relationship',
  staff: 'person.internal',
  type: 'person.type',
  vulnerable: 'person.vulnerable',
}

const identity = (data: Record<string, unknown>) => ({
  kind: { key: `identity.${asText(data.kind)}` },
  value: asText(data.value),
})

/** A group may be a household: then its name is that of the people in it. */
export const personal: PersonalKeys = {
  'person.added': ['name'],
  'person.merged': ['name'],
  'person.unmerged': ['name'],
  'person.kept_apart': ['name'],
  'person.identity_added': ['value'],
  'person.identity_removed': ['value'],
  'person.undeliverable': ['value'],
  'group.added': ['name'],
  'group.changed': ['name'],
}

export const sentences: Sentences = {
  'person.added': ({ data }) => ({ name: asText(data.name) }),
  'person.removed': () => ({}),
  'person.merged': ({ data }) => ({ name: asText(data.name) }),
  'person.unmerged': ({ data }) => ({ name: asText(data.name) }),
  'person.kept_apart': ({ data }) => ({ name: asText(data.name) }),
  'person.changed': ({ data }) => ({
    fields: (data.fields as string[]).map(field => ({ key: parts[field] ?? field })),
  }),
  'person.identity_added': ({ data }) => identity(data),
  'person.identity_removed': ({ data }) => identity(data),
  'person.joined_group': ({ data }) => ({ name: asText(data.name), domain: asText(data.domain) }),
  'person.undeliverable': ({ data }) => ({ value: asText(data.value) }),
  'group.added': ({ data }) => ({ name: asText(data.name) }),
  'group.changed': ({ data }) => ({ name: asText(data.name) }),
}
