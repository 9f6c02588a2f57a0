import type { LiveGate } from '../../platform/events/live.ts'
import type { Module } from '../../platform/module.ts'
import { mayDo } from '../../platform/permissions/actor.ts'
import { catalogueApi } from './api.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

/** Whoever may read the catalogue is told at once what is there. */
const readers: LiveGate = async () => actor => mayDo(actor, 'catalogue.read')

export const catalogueModule: Module = {
  name: 'catalogue',
  uses: ['identity', 'people'],
  owns: [
    'product_families',
    'places',
    'products',
    'product_availability',
    'product_faults',
    'product_press',
    'product_pictures',
    'product_alternatives',
  ],
  words: en,
  sentences,
  start: surroundings => ({
    api: catalogueApi(surroundings),
    gates: { product: readers, family: readers, place: readers },
  }),
}
