import * as z from 'zod'
import { Done, Id, Moment, operation, page, paging, personal } from '../../shared/contract.ts'

/** Why somebody is told. */
export const reasons = [
  'assigned',
  'mentioned',
  'reply_planned',
  'customer_wrote',
  'referral_answered',
  'colleague_noted',
  'need_not_met',
  'woken',
  'delivery_failed',
  'promise_soon',
  'promise_missed',
  'to_read',
  'to_review',
  'to_approve',
  'wish_decided',
  'bulk_done',
  'rule_stopped',
] as const
export const Reason = z.enum(reasons)
export type Reason = z.infer<typeof Reason>

/** How somebody is told of it: in the inbox, there and by mail if it is still unread after a while, or not at all. */
export const ways = ['inbox', 'mail', 'off'] as const
export const Way = z.enum(ways)
export type Way = z.infer<typeof Way>

/** What is usual where somebody has chosen nothing. */
export const usual: Record<Reason, Way> = {
  assigned: 'inbox',
  mentioned: 'mail',
  reply_planned: 'mail',
  customer_wrote: 'inbox',
  referral_answered: 'inbox',
  colleague_noted: 'inbox',
  need_not_met: 'mail',
  woken: 'inbox',
  delivery_failed: 'mail',
  promise_soon: 'inbox',
  promise_missed: 'mail',
  to_read: 'mail',
  to_review: 'inbox',
  to_approve: 'mail',
  wish_decided: 'inbox',
  bulk_done: 'inbox',
  rule_stopped: 'mail',
}

export const Notification = z.object({
  id: Id,
  at: Moment,
  reason: Reason,
  by: personal(z.string()),
  case: z.object({ id: Id, subject: personal(z.string()), requester: personal(z.string()) }).nullable(),
  data: z.record(z.string(), z.unknown()),
  read: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 18:00')

export const NotificationSettings = z.object({
  reasons: z.record(Reason, Way),
  quietFrom: clock.nullable(),
  quietTo: clock.nullable(),
  version: z.number(),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

export const notifications = {
  list: operation({
    method: 'GET',
    path: '/api/notifications',
    permission: 'signed-in',
    summary: 'What concerns me, newest first, each with its reason',
    input: z.object({ ...paging, unread: z.literal('true').optional() }),
    output: page(Notification),
  }),
  count: operation({
    method: 'GET',
    path: '/api/notifications/count',
    permission: 'signed-in',
    summary: 'How many I have not read, counted up to 100',
    input: z.object({}),
    output: z.object({ unread: z.number(), capped: z.boolean(), newest: Id.nullable() }),
  }),
  read: operation({
    method: 'POST',
    path: '/api/notifications/read',
    permission: 'signed-in',
    summary: 'I have read these, or all of a case, or everything',
    input: z
      .object({ ids: z.array(Id).max(200).optional(), caseId: Id.optional(), all: z.literal(true).optional() })
      .refine(what => what.ids || what.caseId || what.all, 'Say which: ids, caseId or all'),
    output: Done,
  }),
  settings: operation({
    method: 'GET',
    path: '/api/notifications/settings',
    permission: 'signed-in',
    summary: 'How I am told of what',
    input: z.object({}),
    output: NotificationSettings,
  }),
  changeSettings: operation({
    method: 'PATCH',
    path: '/api/notifications/settings',
    permission: 'signed-in',
    summary: 'Change how I am told, and when it is quiet',
    input: z.object({
      reasons: z.partialRecord(Reason, Way).optional(),
      quietFrom: clock.nullable().optional(),
      quietTo: clock.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: NotificationSettings,
  }),
}
