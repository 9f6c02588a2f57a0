import * as z from 'zod'
import { Id, line, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Minor, Tender } from '../purchases/contract.ts'
import {
  Assessment,
  Coming,
  Goods,
  HouseRule,
  Outcome,
  Policy,
  Refund,
  Return,
  refundStates,
} from './contract-shapes.ts'
import { Simulation } from './contract-simulation.ts'

export * from './contract-shapes.ts'
export * from './contract-simulation.ts'

const Channel = Return.shape.channel
const one = { id: Id }

/** What is done with one thing that comes back. */
const Settled = Coming.extend({
  outcome: Outcome,
  basis: z.enum(['law', 'house', 'exception']),
  /** Which right or rule of the assessment; nothing where an exception is made. */
  rule: z.string().max(60).default(''),
  /** Less than the most where use is deducted or a part was agreed. */
  amountMinor: Minor.optional(),
  note: personal(text(2000)).default(''),
  /** It was handed over. */
  here: z.boolean().default(true),
})
export type Settled = z.infer<typeof Settled>

export const returns = {
  policies: operation({
    method: 'GET',
    path: '/api/return-policies',
    permission: 'return.handle',
    summary: 'What the house offers beyond the law, every version, the newest first',
    input: z.object({}),
    output: z.object({ items: z.array(Policy) }),
  }),
  saveDraft: operation({
    method: 'PUT',
    path: '/api/return-policies/draft',
    permission: 'return.policy',
    summary: 'Write the next version; what offers less than the law is refused with the clause',
    input: z.object({ rules: z.array(HouseRule).max(200), note: text(2000).default('') }),
    output: Policy,
  }),
  publish: operation({
    method: 'POST',
    path: '/api/return-policies/draft/publish',
    permission: 'return.policy',
    summary: 'Put the draft in force; what was decided by earlier versions stays as it was',
    input: z.object({}),
    output: Policy,
  }),
  simulate: operation({
    method: 'POST',
    path: '/api/return-policies/draft/simulate',
    permission: 'return.policy',
    summary: 'Run the draft over what came back in the last days: which outcomes change, and what it costs',
    input: z.object({ days: z.number().int().min(1).max(3660).default(365) }),
    output: Simulation,
  }),
  assess: operation({
    method: 'POST',
    path: '/api/returns/assess',
    permission: 'return.handle',
    summary:
      'What can be done with what is brought: what the customer is entitled to, what the house offers, what not and why',
    input: z.object({ channel: Channel.default('desk'), lines: z.array(Coming).min(1).max(100) }),
    output: z.object({ items: z.array(Assessment) }),
  }),
  settle: operation({
    method: 'POST',
    path: '/api/returns',
    permission: 'return.handle',
    summary:
      'Settle it: refund, exchange, repair or credit, within one’s own limit; beyond it, it goes to whoever decides',
    input: z.object({
      /** Told twice by the same key it is one return. */
      key: line(100),
      channel: Channel.default('desk'),
      /** Goes on in this case; without one, a case is opened. */
      caseId: Id.nullable().default(null),
      personId: Id.nullable().default(null),
      /** Found by its gift receipt: whoever brings it is not whoever bought it, and the buyer is not told. */
      gift: z.boolean().default(false),
      /** How to pay what is not known how it was paid. */
      tender: Tender.nullable().default(null),
      reason: personal(line(2000)),
      exceptionReason: personal(text(2000)).default(''),
      lines: z.array(Settled).min(1).max(100),
    }),
    output: Return,
    status: 201,
  }),
  list: operation({
    method: 'GET',
    path: '/api/returns',
    permission: 'return.handle',
    summary: 'Returns, latest first: all, those with goods still to come or to look at, or those awaiting approval',
    input: z.object({
      ...paging,
      show: z.enum(['all', 'goods', 'approval']).default('all'),
      purchaseId: Id.optional(),
      caseId: Id.optional(),
    }),
    output: page(Return),
  }),
  get: operation({
    method: 'GET',
    path: '/api/returns/:id',
    permission: 'return.handle',
    summary: 'A return with its lines and refunds',
    input: z.object(one),
    output: Return,
  }),
  moveGoods: operation({
    method: 'POST',
    path: '/api/returns/:id/lines/:lineId/goods',
    permission: 'return.handle',
    summary: 'Say where the goods are: on their way, here, looked at, put back or written off',
    input: z.object({ ...one, lineId: Id, to: Goods, note: personal(text(2000)).default('') }),
    output: Return,
  }),
  refunds: operation({
    method: 'GET',
    path: '/api/refunds',
    permission: 'return.pay',
    summary: 'Refunds to be paid, those due first, or those that were paid',
    input: z.object({ ...paging, state: z.enum(refundStates).default('to_pay') }),
    output: page(
      Refund.extend({
        returnId: Id,
        caseId: Id,
        currency: z.string(),
        person: z.object({ id: Id, name: personal(z.string()) }).nullable(),
        late: z.boolean(),
      }),
    ),
  }),
  exportRefunds: operation({
    method: 'GET',
    path: '/api/refunds/export',
    permission: 'return.pay',
    summary: 'Refunds to be paid as a table for the bank (CSV)',
    input: z.object({}),
    output: z.unknown(),
  }),
  paid: operation({
    method: 'POST',
    path: '/api/refunds/:id/paid',
    permission: 'return.pay',
    summary: 'Note that a refund was paid out, or could not be',
    input: z.object({ ...one, failed: z.literal(true).optional(), reference: text(100).default('') }),
    output: Return,
  }),
}
