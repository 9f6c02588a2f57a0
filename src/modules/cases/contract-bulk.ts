import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id, line, Moment, operation, page, paging, personal } from '../../shared/contract.ts'
import { CaseKind, Stage, Status } from './contract.ts'

const labels = z.array(line(60)).max(20)

/** What can be changed in many cases at once: every field that can be changed in one. */
export const BulkChange = z
  .object({
    status: Status.optional(),
    kind: CaseKind.optional(),
    severity: z.number().int().min(1).max(4).optional(),
    topicId: Id.nullable().optional(),
    productId: Id.nullable().optional(),
    stage: Stage.nullable().optional(),
    confidential: z.boolean().optional(),
    teamId: Id.nullable().optional(),
    assigneeId: z
      .union([Id, z.literal('me')])
      .nullable()
      .optional(),
    addTags: labels.optional(),
    removeTags: labels.optional(),
    custom: personal(
      z.record(z.string().max(40), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])),
    ).optional(),
  })
  .strict()
  .refine(change => Object.values(change).some(value => value !== undefined), 'Say what is to change')
export type BulkChange = z.infer<typeof BulkChange>

/** Which cases: named one by one, or all that a list shows. */
export const Selection = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(10_000) }),
  z.strictObject({
    all: z.strictObject({
      view: Id.optional(),
      status: z.union([Status, z.literal('active')]).optional(),
      kind: CaseKind.optional(),
      waiting: z.literal('true').optional(),
      snoozed: z.literal('true').optional(),
      assignee: z.union([z.literal('me'), z.literal('none'), z.literal('available'), Id]).optional(),
      team: Id.optional(),
      requester: Id.optional(),
      product: Id.optional(),
      condition: Condition.optional(),
    }),
  }),
])
export type Selection = z.infer<typeof Selection>

export const Bulk = z.object({
  id: Id,
  state: z.enum(['running', 'done']),
  change: z.record(z.string(), z.unknown()),
  total: z.number(),
  waiting: z.number(),
  done: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  undoes: Id.nullable(),
  undoneBy: Id.nullable(),
  createdAt: Moment,
  finishedAt: Moment.nullable(),
})
export type Bulk = z.infer<typeof Bulk>

const WakeOn = z.array(z.enum(['linked_solved']))

export const bulk = {
  bulkPreview: operation({
    method: 'POST',
    path: '/api/bulk/preview',
    permission: 'case.handle',
    summary: 'How many cases a bulk change would touch, without touching one',
    input: z.object({ selection: Selection }),
    output: z.object({
      count: z.number(),
      /** More than can be changed at once: the rest stays as it is. */
      beyond: z.boolean(),
    }),
  }),
  bulkStart: operation({
    method: 'POST',
    path: '/api/bulk',
    permission: 'case.handle',
    summary: 'Change many cases in the background, each with a result of its own; up to 50,000',
    input: z.object({ selection: Selection, change: BulkChange }),
    output: Bulk,
    status: 202,
  }),
  bulkList: operation({
    method: 'GET',
    path: '/api/bulk',
    permission: 'case.handle',
    summary: 'My bulk changes, newest first',
    input: z.object({ ...paging }),
    output: page(Bulk),
  }),
  bulkGet: operation({
    method: 'GET',
    path: '/api/bulk/:id',
    permission: 'case.handle',
    summary: 'How far a bulk change is',
    input: z.object({ id: Id }),
    output: Bulk,
  }),
  bulkItems: operation({
    method: 'GET',
    path: '/api/bulk/:id/items',
    permission: 'case.handle',
    summary: 'What became of each case, those that were refused first',
    input: z.object({ id: Id, ...paging }),
    output: page(
      z.object({
        caseId: Id,
        subject: personal(z.string()),
        state: z.enum(['waiting', 'done', 'unchanged', 'refused']),
        reason: z.string().nullable(),
      }),
    ),
  }),
  bulkUndo: operation({
    method: 'POST',
    path: '/api/bulk/:id/undo',
    permission: 'case.handle',
    summary: 'Take a bulk change back: what somebody changed since stays as they left it',
    input: z.object({ id: Id }),
    output: Bulk,
    status: 202,
  }),
  snooze: operation({
    method: 'PUT',
    path: '/api/cases/:id/snooze',
    permission: 'case.handle',
    summary: 'Take a case out of the queue until a moment, an answer or a linked case; `until: null` wakes it',
    input: z.object({
      id: Id,
      until: Moment.nullable(),
      /** What wakes it earlier. An answer always does. Left out, it stays what it was. */
      wakeOn: WakeOn.optional(),
    }),
    /** How it slept before: what takes this back. */
    output: z.object({ until: Moment.nullable(), wakeOn: WakeOn }),
  }),
}
