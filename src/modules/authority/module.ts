import type { Module } from '../../platform/module.ts'
import { authorityApi } from './api.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

export const authorityModule: Module = {
  name: 'authority',
  uses: ['identity', 'people'],
  owns: ['limit_holders', 'authority_limits', 'decisions'],
  words: en,
  sentences,
  start: () => ({ api: authorityApi }),
}
