import type { Sentences } from '../../platform/module.ts'

export const sentences: Sentences = {
  'person.added': ({ data }) => `added ${String(data.name)} to the register`,
  'person.changed': ({ data }) => `changed ${(data.fields as string[]).join(', ')}`,
  'person.read': () => 'read the record',
  'person.identity_added': ({ data }) => `added the ${String(data.kind).replace('_', ' ')} ${String(data.value)}`,
  'person.identity_removed': ({ data }) => `removed the ${String(data.kind).replace('_', ' ')} ${String(data.value)}`,
  'person.undeliverable': ({ data }) => `marked ${String(data.value)} as not deliverable`,
  'group.added': ({ data }) => `added “${String(data.name)}”`,
  'group.changed': ({ data }) => `changed “${String(data.name)}”`,
}
