import * as z from 'zod'
import { Id, Moment, operation, page, pageSize, paging, personal } from '../../shared/contract.ts'
import { ImportMode, ImportReport } from '../catalogue/contract.ts'

export const mostRows = 20_000

export const Delivery = z.object({
  id: Id,
  externalId: z.string(),
  reference: personal(z.string()),
  /** Null where it belongs to none, or to one I may not see. */
  caseId: Id.nullable(),
  what: personal(z.string()),
  orderedAt: Moment,
  promisedAt: Moment,
  deliveredAt: Moment.nullable(),
  late: z.boolean(),
})
export type Delivery = z.infer<typeof Delivery>

/** Speed as a service measure: an answer without its `n` says nothing. */
export const Speed = z.object({
  days: z.number().int(),
  /** Deliveries that came in this time. */
  n: z.number().int(),
  /** From the order to the door. */
  medianMinutes: z.number().int().nullable(),
  p90Minutes: z.number().int().nullable(),
  onTime: z.number().int(),
  /** How late those were that were late. */
  medianLateMinutes: z.number().int().nullable(),
  /** Promised, not there yet, and its time is over. */
  overdue: z.number().int(),
})
export type Speed = z.infer<typeof Speed>

const Cell = z.string().max(200)

export const deliveries = {
  deliveries: operation({
    method: 'GET',
    path: '/api/deliveries',
    permission: 'case.read',
    summary: 'Deliveries that are to come, the next first, or those that came, latest first',
    input: z.object({ ...paging, state: z.enum(['open', 'delivered']).default('open') }),
    output: page(Delivery),
  }),
  speed: operation({
    method: 'GET',
    path: '/api/deliveries/speed',
    permission: 'case.read',
    summary: 'Speed of delivery: median and 90th percentile from order to door, and the share on time, each with n',
    input: z.object({ days: pageSize(90, 366) }),
    output: Speed,
  }),
  saveDeliveries: operation({
    method: 'POST',
    path: '/api/deliveries',
    permission: 'case.handle',
    summary:
      'Say what is to be delivered by when, and what came; told again by its own number, it is changed. Up to 1000',
    input: z.object({
      mode: ImportMode.default('all'),
      items: z
        .array(
          z.strictObject({
            externalId: Cell,
            reference: personal(Cell).default(''),
            caseId: z.union([Id, z.null()]).default(null),
            what: personal(Cell).default(''),
            orderedAt: Cell.nullable().default(null),
            promisedAt: Cell,
            deliveredAt: Cell.nullable().default(null),
          }),
        )
        .min(1)
        .max(1000),
    }),
    output: ImportReport,
    bodyLimit: 1_048_576,
  }),
  importDeliveries: operation({
    method: 'POST',
    path: '/api/deliveries/import/:mode',
    permission: 'case.handle',
    summary: `Bring in deliveries from a table (multipart field "file", CSV); ${mostRows} rows at most`,
    input: z.object({ mode: ImportMode }),
    output: ImportReport,
    bodyLimit: 26_214_400,
  }),
}
