import type { Module } from '../../platform/module.ts'
import { api as peopleApi } from './api.ts'
import { sentences } from './events.ts'

export const people: Module = {
  name: 'people',
  uses: ['identity'],
  owns: ['customer_types', 'groups', 'people', 'identities', 'memberships'],
  sentences,
  start: () => ({ api: peopleApi }),
}
