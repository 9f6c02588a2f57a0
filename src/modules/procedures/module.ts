import type { Module } from '../../platform/module.ts'
import { proceduresApi } from './api.ts'
import { personal, sentences } from './events.ts'
import { en } from './ui/en.ts'

/** What is done in which cases, step by step, and what was done in each. Above cases, which know nothing of it. */
export const proceduresModule: Module = {
  name: 'procedures',
  uses: ['identity', 'authority', 'promises', 'cases', 'referrals'],
  owns: ['procedures', 'procedure_versions', 'procedure_runs', 'procedure_marks'],
  words: en,
  sentences,
  personal,
  start: () => ({ api: proceduresApi }),
}
