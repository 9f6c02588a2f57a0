import type { Module } from '../../platform/module.ts'

export const demandModule: Module = {
  name: 'demand',
  uses: ['identity', 'people', 'promises', 'catalogue', 'cases', 'channels'],
  owns: ['demands', 'demand_offers', 'transfers', 'demand_reviews', 'demand_summaries'],
}
