import * as z from 'zod'
import { Id, line, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Alert, PromiseKind, PromiseReason, PromiseStory, PromiseView } from '../promises/contract.ts'

const Ending = { promiseId: Id, note: personal(text(500)).optional(), version: z.number().int().optional() }

/** A promise with the case it was made in. */
export const PromiseLine = PromiseView.extend({
  case: z.object({ id: Id, number: z.number().int(), subject: personal(z.string()), status: z.string() }),
  requester: z.object({ id: Id, name: personal(z.string()) }),
})

export const promising = {
  promises: operation({
    method: 'GET',
    path: '/api/promises',
    permission: 'case.read',
    summary: 'What was promised to customers, in the order it falls due: open ones, or those that ended, latest first',
    input: z.object({
      ...paging,
      state: z.enum(['open', 'late', 'paused', 'ended']).default('open'),
      outcome: z.enum(['kept', 'late', 'broken', 'withdrawn']).optional(),
      kind: PromiseKind.optional(),
      of: z.enum(['me', 'team', 'all']).default('all'),
      byHand: z.enum(['true']).optional(),
      before: z.iso.datetime({ offset: true }).optional(),
    }),
    output: page(PromiseLine),
  }),
  promisesOfCase: operation({
    method: 'GET',
    path: '/api/cases/:id/promises',
    permission: 'case.read',
    summary: 'What was promised in a case: open first, by time',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(PromiseView) }),
  }),
  promise: operation({
    method: 'GET',
    path: '/api/promises/:promiseId',
    permission: 'case.read',
    summary: 'A promise: why this time, and what became of it',
    input: z.object({ promiseId: Id }),
    output: PromiseStory,
  }),
  makePromise: operation({
    method: 'POST',
    path: '/api/cases/:id/promises',
    permission: 'case.handle',
    summary: 'Promise the customer something by a moment, or within an amount of working time',
    input: z.object({
      id: Id,
      kind: PromiseKind.default('call_back'),
      title: personal(text(200)).default(''),
      dueAt: z.iso.datetime({ offset: true }).optional(),
      withinMinutes: z.number().int().min(1).max(1_000_000).optional(),
      byStaffId: Id.nullable().optional(),
      note: personal(text(500)).default(''),
      alerts: z.array(Alert).max(10).optional(),
    }),
    output: PromiseStory,
    status: 201,
  }),
  keepPromise: operation({
    method: 'POST',
    path: '/api/promises/:promiseId/keep',
    permission: 'case.handle',
    summary: 'Note a promise as kept; one that is late needs a reason',
    input: z.object({ ...Ending, reason: PromiseReason.optional() }),
    output: PromiseStory,
  }),
  withdrawPromise: operation({
    method: 'POST',
    path: '/api/promises/:promiseId/withdraw',
    permission: 'case.handle',
    summary: 'Take a promise back, with the reason; one whose time has passed counts as broken',
    input: z.object({ ...Ending, reason: PromiseReason }),
    output: PromiseStory,
  }),
  movePromise: operation({
    method: 'POST',
    path: '/api/promises/:promiseId/move',
    permission: 'case.handle',
    summary: 'Give a promise another time, as agreed',
    input: z.object({
      promiseId: Id,
      dueAt: z.iso.datetime({ offset: true }),
      why: personal(line(200)),
      version: z.number().int().optional(),
    }),
    output: PromiseStory,
  }),
}
