import type { Module } from '../../platform/module.ts'
import { askAwayOf } from '../authority/index.ts'
import { coverApi } from './api.ts'
import { awayAt } from './away.ts'
import { personal, sentences } from './events.ts'
import { en } from './ui/en.ts'

/** Who is away, and who holds meanwhile what they held. */
export const coverModule: Module = {
  name: 'cover',
  uses: ['authority', 'promises', 'cases', 'referrals', 'diary'],
  owns: ['absences', 'handovers', 'handover_items'],
  words: en,
  sentences,
  personal,
  start: () => {
    askAwayOf(async (reading, staffIds) => new Set((await awayAt(reading, staffIds, reading.now)).keys()))
    return { api: coverApi }
  },
}
