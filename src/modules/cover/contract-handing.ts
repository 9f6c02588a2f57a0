import * as z from 'zod'
import { Id, Moment, operation, personal, text } from '../../shared/contract.ts'
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
  here: operation({
    method: 'GET',
    path: '/api/cover/here',
    permission: 'case.assign',
    summary:
      'Who is here and who is away, with what each of them holds; why somebody is away is told with cover.edit only',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          staff: Named,
          role: z.string(),
          teams: z.array(z.string()),
          open: z.number().int(),
          waiting: z.number().int(),
          /** Promises that fall due by the end of the day, or are late. */
          due: z.number().int(),
          appointments: z.number().int(),
          absence: z
            .object({
              id: Id.nullable(),
              kind: Absence.shape.kind.nullable(),
              startsAt: Moment,
              endsAt: Moment.nullable(),
              cover: Named.nullable(),
              handedOver: z.boolean(),
            })
            .nullable(),
          /** The next one that is to come. */
          nextAwayAt: Moment.nullable(),
        }),
      ),
    }),
  }),
  shift: operation({
    method: 'GET',
    path: '/api/cover/shift',
    permission: 'case.handle',
    summary: 'My open cases at the end of a shift, with what is promised next in each; at most 300',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          caseId: Id,
          subject: personal(z.string()),
          person: personal(z.string()),
          status: z.string(),
          waitingSince: Moment.nullable(),
          lastNote: personal(z.string()),
          promise: z.object({ kind: z.string(), title: personal(z.string()), dueAt: Moment }).nullable(),
        }),
      ),
    }),
  }),
  handShift: operation({
    method: 'POST',
    path: '/api/cover/shift',
    permission: 'case.assign',
    summary: 'Hand my open cases to a colleague or a team at the end of a shift, each with a note, in one go',
    input: z
      .object({
        toStaffId: Id.optional(),
        toTeamId: Id.optional(),
        items: z
          .array(z.object({ caseId: Id, note: personal(text(20_000)).default('') }))
          .min(1)
          .max(300),
      })
      .refine(to => (to.toStaffId === undefined) !== (to.toTeamId === undefined), {
        path: ['toStaffId'],
        message: 'Say to whom: a colleague or a team',
      }),
    output: z.object({ handed: z.number().int() }),
  }),
}
