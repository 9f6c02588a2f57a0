import type { Module } from '../../platform/module.ts'
import { deliveriesApi } from './api.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

/** What was promised to be delivered by when, when it came, and how fast. */
export const deliveriesModule: Module = {
  name: 'deliveries',
  uses: ['catalogue', 'promises', 'cases'],
  owns: ['deliveries'],
  words: en,
  sentences,
  start: () => ({ api: deliveriesApi }),
}
