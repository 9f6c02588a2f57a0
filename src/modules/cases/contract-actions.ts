import * as z from 'zod'
import { Id, line, personal } from '../../shared/contract.ts'
import { promiseKinds } from '../promises/contract.ts'
import { BulkChange } from './contract-bulk.ts'

const words = personal(z.string().trim().min(1).max(50_000))

/** What can be done to a case by rule and by macro: one set for both. */
export const caseActions = {
  change: z.strictObject({ change: BulkChange }),
  reply: z.strictObject({ text: words }),
  note: z.strictObject({ text: words }),
  promise: z.strictObject({
    kind: z.enum(promiseKinds),
    title: line(200),
    withinMinutes: z.number().int().min(1).max(1_000_000),
  }),
  follow: z.strictObject({ staffId: Id }),
  tell: z.strictObject({ staffIds: z.array(Id).min(1).max(20), text: words }),
}
