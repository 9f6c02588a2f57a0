import * as z from 'zod'
import { Currency, Id, line, Moment, operation, page, paging, personal } from '../../shared/contract.ts'
import { Channel } from './contract-shapes.ts'

export const importStates = ['reading', 'read', 'writing', 'done', 'undoing', 'undone', 'failed'] as const

export const PurchaseImport = z.object({
  id: Id,
  name: z.string(),
  source: z.string(),
  state: z.enum(importStates),
  channel: Channel,
  currency: z.string(),
  problem: z.string(),
  /** Columns that mean nothing here. */
  ignored: z.array(z.string()),
  rows: z.number().int(),
  wrong: z.number().int(),
  sold: z.number().int(),
  soldMinor: z.number().int(),
  cancelled: z.number().int(),
  cancelledMinor: z.number().int(),
  purchases: z.number().int(),
  lines: z.number().int(),
  returned: z.number().int(),
  unmatched: z.number().int(),
  by: z.object({ id: Id, name: personal(z.string()) }).nullable(),
  createdAt: Moment,
  changedAt: Moment,
})
export type PurchaseImport = z.infer<typeof PurchaseImport>

/** A row that could not be brought in, or came back without a purchase it belongs to. */
export const ToldRow = z.object({
  line: z.number().int(),
  kind: z.enum(['sold', 'cancelled', 'wrong']),
  number: z.string(),
  name: z.string(),
  quantity: z.number().int(),
  paidMinor: z.number().int(),
  field: z.string(),
  message: z.string(),
})

const one = z.object({ id: Id })

export const purchaseImports = {
  imports: operation({
    method: 'GET',
    path: '/api/purchase-imports',
    permission: 'purchase.import',
    summary: 'Files of purchases that were brought in, latest first',
    input: z.object(paging),
    output: page(PurchaseImport),
  }),
  startImport: operation({
    method: 'POST',
    path: '/api/purchase-imports',
    permission: 'purchase.import',
    summary: 'Begin to bring in a file of purchases: say where it comes from, then send the file',
    input: z.object({
      name: line(200),
      source: line(60).default('import'),
      channel: Channel.default('distance'),
      currency: Currency.optional(),
    }),
    output: PurchaseImport,
    status: 201,
  }),
  getImport: operation({
    method: 'GET',
    path: '/api/purchase-imports/:id',
    permission: 'purchase.import',
    summary: 'How far a file is, what it holds, and what became of it',
    input: one,
    output: PurchaseImport,
  }),
  importRows: operation({
    method: 'GET',
    path: '/api/purchase-imports/:id/rows',
    permission: 'purchase.import',
    summary: 'Rows that cannot be brought in, and returns without their purchase, each with why',
    input: z.object({ id: Id, ...paging }),
    output: page(ToldRow),
  }),
  sendFile: operation({
    method: 'POST',
    path: '/api/purchase-imports/:id/file',
    permission: 'purchase.import',
    summary:
      'Send the file (multipart field "file", CSV, 200 MB at most). It is only looked through: nothing is brought in yet',
    input: one,
    output: PurchaseImport,
    bodyLimit: 209_715_200,
  }),
  write: operation({
    method: 'POST',
    path: '/api/purchase-imports/:id/write',
    permission: 'purchase.import',
    summary: 'Bring in what was read: all rows that are right, in one go',
    input: one,
    output: PurchaseImport,
    status: 202,
  }),
  undo: operation({
    method: 'POST',
    path: '/api/purchase-imports/:id/undo',
    permission: 'purchase.import',
    summary: 'Take back what a file brought in, unless something of it has been returned or exchanged since',
    input: one,
    output: PurchaseImport,
    status: 202,
  }),
}
