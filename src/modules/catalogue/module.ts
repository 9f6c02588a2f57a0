import type { Module } from '../../platform/module.ts'

export const catalogueModule: Module = {
  name: 'catalogue',
  uses: ['identity'],
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
}
