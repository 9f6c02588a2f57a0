import * as z from 'zod'
import { Id, Moment, personal } from '../../shared/contract.ts'

/** What can be promised. One table and one engine for all of it. */
export const promiseKinds = [
  'first_reply',
  'next_update',
  'solution',
  'call_back',
  'appointment',
  'visit',
  'delivery',
  'refund_payment',
  'complaint_stage',
  'follow_up',
  'answer_colleague',
  'tell_when_back',
  'review',
  'acknowledge',
  'other',
] as const
export const PromiseKind = z.enum(promiseKinds)
export type PromiseKind = z.infer<typeof PromiseKind>

/** Why a promise was kept late, broken or taken back. */
export const promiseReasons = [
  'customer_asked',
  'customer_unreachable',
  'waiting_for_others',
  'no_capacity',
  'forgotten',
  'technical',
  'no_longer_needed',
  'merged',
  'other',
] as const
export const PromiseReason = z.enum(promiseReasons)
export type PromiseReason = z.infer<typeof PromiseReason>

/** Who is told that a promise is about to break, or has: whoever handles it, their team, their supervisors. */
export const alertReceivers = ['handler', 'team', 'supervisor'] as const

/** Minutes of working time before (negative) or after the due time, and who is told then. */
export const Alert = z.object({
  minutes: z.number().int().min(-100_000).max(100_000),
  whom: z.array(z.enum(alertReceivers)).min(1).max(3),
})
export type Alert = z.infer<typeof Alert>

const Named = z.object({ id: Id, name: personal(z.string()) })

export const PromiseView = z.object({
  id: Id,
  kind: PromiseKind,
  subject: z.object({ kind: z.string(), id: Id }),
  instance: z.number().int(),
  title: personal(z.string()),
  to: Named.nullable(),
  by: Named.nullable(),
  team: z.object({ id: Id, name: z.string() }).nullable(),
  madeAt: Moment,
  /** Made by a service level, not by a person. */
  byRule: z.boolean(),
  startedAt: Moment,
  /** Null while the clock stands still. */
  dueAt: Moment.nullable(),
  pausedAt: Moment.nullable(),
  missedAt: Moment.nullable(),
  keptAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  outcome: z.enum(['kept', 'late', 'broken', 'withdrawn']).nullable(),
  lateMinutes: z.number().int().nullable(),
  reason: PromiseReason.nullable(),
  note: personal(z.string()),
  version: z.number().int(),
})
export type PromiseView = z.infer<typeof PromiseView>

export const PromiseFact = z.object({
  at: Moment,
  fact: z.enum(['activate', 'pause', 'resume', 'fulfil', 'breach', 'withdraw', 'move']),
  by: personal(z.string()),
  dueAt: Moment.nullable(),
  why: z.string(),
})

export const PromiseStory = PromiseView.extend({
  /** Why this time, in a sentence. */
  why: z.string(),
  facts: z.array(PromiseFact),
})
