import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { purchasesApi } from './api.ts'
import { sentences } from './events.ts'
import { undoImport } from './import-undoing.ts'
import { writeImport } from './import-writing.ts'
import { en } from './ui/en.ts'

const ById = z.object({ id: z.number() })

/** What was bought, how it was paid, what was delivered of it and what came back: never more than was delivered and paid. */
export const purchasesModule: Module = {
  name: 'purchases',
  uses: ['identity', 'people', 'catalogue'],
  owns: [
    'purchases',
    'purchase_lines',
    'purchase_payments',
    'purchase_returns',
    'purchase_imports',
    'purchase_import_rows',
    'purchase_import_people',
  ],
  words: en,
  sentences,
  start: () => ({
    api: purchasesApi,
    jobs: [
      job({ name: 'purchases:import', payload: ById, run: ({ id }, kernel) => writeImport(kernel, id) }),
      job({ name: 'purchases:undo', payload: ById, run: ({ id }, kernel) => undoImport(kernel, id) }),
    ],
  }),
}
