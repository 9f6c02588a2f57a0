import * as z from 'zod'
import { Id, Moment, operation, personal, text } from '../../shared/contract.ts'
import { Absence } from './contract.ts'

const Named = z.object({ id: Id, name: personal(z.string()) })

/** Who is here now, and what goes on when somebody goes home. */
export const shifts = {
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
