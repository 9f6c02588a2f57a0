import * as z from 'zod'
import { Id, operation } from '../../shared/contract.ts'

/** More rows than this are refused: the sheet is split. */
export const mostRows = 50_000
/** As many mistakes as are told one by one. */
export const mostTold = 200

/** `try` changes nothing; `all` takes every row or none; `good` takes those that are right and leaves the others. */
export const importModes = ['try', 'all', 'good'] as const
export const ImportMode = z.enum(importModes)
export type ImportMode = z.infer<typeof ImportMode>

export const ImportReport = z.object({
  mode: ImportMode,
  /** Whether anything was written. */
  written: z.boolean(),
  rows: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  wrong: z.number(),
  /** Columns that mean nothing here. */
  ignored: z.array(z.string()),
  errors: z.array(z.object({ line: z.number(), field: z.string(), message: z.string() })),
  /** The first rows as they are understood. */
  preview: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  columns: z.array(z.string()),
})
export type ImportReport = z.infer<typeof ImportReport>

const Cell = z.string().max(200)

export const importing = {
  importProducts: operation({
    method: 'POST',
    path: '/api/products/import/:mode',
    permission: 'catalogue.edit',
    summary: `Bring in products from a table (multipart field "file", CSV): found by number, added where new; ${mostRows} rows at most`,
    input: z.object({ mode: ImportMode }),
    output: ImportReport,
    bodyLimit: 26_214_400,
  }),
  importAvailability: operation({
    method: 'POST',
    path: '/api/availability/import/:mode',
    permission: 'catalogue.stock',
    summary: `Bring in what is available where from a table (multipart field "file", CSV); ${mostRows} rows at most`,
    input: z.object({ mode: ImportMode }),
    output: ImportReport,
    bodyLimit: 26_214_400,
  }),
  saveAvailability: operation({
    method: 'POST',
    path: '/api/availability',
    permission: 'catalogue.stock',
    summary: 'Say what is available where, for a stock system: up to 1000 at once',
    input: z.object({
      mode: ImportMode.default('all'),
      items: z
        .array(
          z.strictObject({
            /** The product's own number or its barcode. */
            product: Cell,
            /** The place's name, or its id. */
            place: z.union([Id, Cell]),
            state: Cell,
            expectedOn: z.string().max(20).nullable().default(null),
          }),
        )
        .min(1)
        .max(1000),
    }),
    output: ImportReport,
    bodyLimit: 1_048_576,
  }),
}
