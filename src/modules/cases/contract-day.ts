import * as z from 'zod'
import { Id, Moment, operation, personal } from '../../shared/contract.ts'
import { CaseKind, Met } from './contract.ts'

const Short = z.object({
  id: Id,
  subject: personal(z.string()),
  requester: personal(z.string()),
  kind: CaseKind,
  at: Moment.nullable(),
})

/** What a member of staff begins the day with, and what was settled. */
export const Day = z.object({
  mine: z.object({ open: z.number(), waiting: z.number(), oldestWaiting: Moment.nullable() }),
  /** Waiting for me longest, first. */
  next: z.array(Short),
  /** Asleep until today is over. */
  wakingToday: z.array(Short),
  solvedToday: z.number(),
  repliesToday: z.number(),
  /** What customers said of cases of mine in the last thirty days; nobody is judged by a handful. */
  met: z.object({ yes: z.number(), partly: z.number(), no: z.number() }),
  /** What customers added when the need was met. */
  praise: z.array(z.object({ caseId: Id, remark: personal(z.string()), met: Met, at: Moment })),
  /** Set up or not: what a new installation still has to do. Empty for those who may not change settings. */
  firstSteps: z.array(
    z.object({ key: z.enum(['hours', 'team', 'staff', 'mailbox', 'portal', 'case', 'macro']), done: z.boolean() }),
  ),
})
export type Day = z.infer<typeof Day>

export const Wall = z.object({
  at: Moment,
  teams: z.array(
    z.object({
      id: Id.nullable(),
      name: z.string(),
      waiting: z.number(),
      unassigned: z.number(),
      open: z.number(),
      oldestWaiting: Moment.nullable(),
      solvedToday: z.number(),
    }),
  ),
})
export type Wall = z.infer<typeof Wall>

export const day = {
  day: operation({
    method: 'GET',
    path: '/api/day',
    permission: 'case.read',
    summary: 'My day: what waits for me, what wakes, what I settled, and what customers said of it',
    input: z.object({}),
    output: Day,
  }),
  wall: operation({
    method: 'GET',
    path: '/api/wall',
    permission: 'case.read',
    summary:
      'For a screen on the wall: per team what waits, since when, and what was solved today; no names of customers',
    input: z.object({}),
    output: Wall,
  }),
  whoIsWhere: operation({
    method: 'GET',
    path: '/api/presence',
    permission: 'case.read',
    summary: 'Which cases colleagues have open just now',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({ caseId: Id, staffId: Id, name: personal(z.string()), doing: z.enum(['viewing', 'writing']) }),
      ),
    }),
  }),
  handOver: operation({
    method: 'POST',
    path: '/api/cases/:id/hand-over',
    permission: 'case.handle',
    summary: 'Give a case to a colleague or a team with a note that says where it stands',
    input: z
      .object({
        id: Id,
        assigneeId: Id.optional(),
        teamId: Id.optional(),
        note: personal(z.string().trim().min(1, 'Say where it stands and what comes next').max(20_000)),
      })
      .refine(to => to.assigneeId !== undefined || to.teamId !== undefined, {
        path: ['assigneeId'],
        message: 'Say to whom: a colleague or a team',
      }),
    /** `undo`: by which version the change is taken back; the note stays. */
    output: z.object({ id: Id, undo: z.number() }),
  }),
}
