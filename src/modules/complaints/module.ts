import type { Module } from '../../platform/module.ts'
import { complaintsApi } from './api.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

/** Complaints by stages after ISO 10002, with the clocks of the regime that claims them. */
export const complaintsModule: Module = {
  name: 'complaints',
  uses: ['identity', 'promises', 'cases'],
  owns: ['complaints', 'complaint_stages', 'complaint_clocks'],
  words: en,
  sentences,
  start: () => ({ api: complaintsApi }),
}
