import type { Module } from '../../platform/module.ts'
import { catalogueApi } from './api.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

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
  start: surroundings => ({ api: catalogueApi(surroundings) }),
}
