import * as z from 'zod'
import { Id, Moment, operation, personal } from '../../shared/contract.ts'
import { Absence, ItemKind } from './contract.ts'

const Named = z.object({ id: Id, name: personal(z.string()) })

/** Why somebody is suggested, in the order in which it counts. */
export const spreadReasons = ['covers', 'same_case', 'team', 'topic', 'load', 'free'] as const
export type SpreadReason = (typeof spreadReasons)[number]

export const Holding = z.object({
  kind: ItemKind,
  id: Id,
  caseId: Id,
  title: personal(z.string()),
  person: personal(z.string()),
  team: z.string().nullable(),
  /** What breaks first is due first. */
  dueAt: Moment.nullable(),
  late: z.boolean(),
  /** Whom it goes to unless somebody says otherwise; null where nobody suits. */
  toStaffId: Id.nullable(),
  why: z.array(z.enum(spreadReasons)),
})
export type Holding = z.infer<typeof Holding>

export const Plan = z.object({
  absence: Absence,
  items: z.array(Holding),
  /** Who is here and may take cases on, least busy first. */
  colleagues: z.array(
    z.object({
      id: Id,
      name: personal(z.string()),
      open: z.number().int(),
      teamIds: z.array(Id),
      hasDiary: z.boolean(),
    }),
  ),
  /** Referrals that wait for their answer: those are passed on at the desk, by whoever may decide them. */
  referrals: z.number().int(),
  /** What was handed to colleagues and is still with them, or could not be. */
  handed: z.array(
    z.object({
      handoverId: Id,
      kind: ItemKind,
      id: Id,
      caseId: Id.nullable(),
      title: personal(z.string()),
      to: Named,
      state: z.enum(['given', 'refused']),
      reason: z.string(),
    }),
  ),
})
export type Plan = z.infer<typeof Plan>

const Returned = z.object({ returned: z.number().int(), kept: z.number().int() })

export const handing = {
  plan: operation({
    method: 'GET',
    path: '/api/absences/:id/plan',
    permission: 'case.assign',
    summary:
      'What somebody who is away holds, what breaks first on top, and who would best take it on; nothing changes',
    input: z.object({ id: Id }),
    output: Plan,
  }),
  handOverAll: operation({
    method: 'POST',
    path: '/api/absences/:id/hand-over',
    permission: 'case.assign',
    summary:
      'Give cases, promises and appointments of somebody who is away to colleagues, in one go; no customer is told',
    input: z.object({
      id: Id,
      items: z
        .array(z.object({ kind: ItemKind, id: Id, toStaffId: Id }))
        .min(1)
        .max(1500),
    }),
    output: z.object({
      id: Id,
      given: z.number().int(),
      refused: z.array(z.object({ kind: ItemKind, id: Id, reason: z.string() })),
    }),
    status: 201,
  }),
  undoHandover: operation({
    method: 'POST',
    path: '/api/handovers/:id/undo',
    permission: 'case.assign',
    summary: 'Take a handover back: what is still open and nobody has decided on since',
    input: z.object({ id: Id }),
    output: Returned,
  }),
  back: operation({
    method: 'POST',
    path: '/api/absences/:id/back',
    permission: 'signed-in',
    summary:
      'End an absence, or take it back before it begins. What was handed over returns, unless it is closed or somebody decided on it since',
    input: z.object({ id: Id }),
    output: Returned,
  }),
}
