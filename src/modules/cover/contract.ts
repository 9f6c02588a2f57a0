import * as z from 'zod'
import { Id, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'

export const absenceKinds = ['planned', 'sick', 'training'] as const
export const AbsenceKind = z.enum(absenceKinds)
export type AbsenceKind = z.infer<typeof AbsenceKind>

const Named = z.object({ id: Id, name: personal(z.string()) })
const At = z.iso.datetime({ offset: true })

export const Absence = z.object({
  id: Id,
  staff: Named,
  kind: AbsenceKind,
  startsAt: Moment,
  /** Null where nobody knows yet. */
  endsAt: Moment.nullable(),
  cover: Named.nullable(),
  note: personal(z.string()),
  /** Whether what they hold was handed to colleagues, and is still there. */
  handedOver: z.boolean(),
  version: z.number().int(),
})
export type Absence = z.infer<typeof Absence>

const times = { startsAt: At, endsAt: At.nullable() }
const more = { coverId: Id.nullable(), note: personal(text(500)) }

/** What somebody who is away held, and what became of it. */
export const itemKinds = ['case', 'promise', 'booking'] as const
export const ItemKind = z.enum(itemKinds)
export type ItemKind = z.infer<typeof ItemKind>

export const cover = {
  away: operation({
    method: 'GET',
    path: '/api/away',
    permission: 'signed-in',
    summary: 'Colleagues who are away now, since when, until when, and who covers for them; not why',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ staffId: Id, startsAt: Moment, endsAt: Moment.nullable(), cover: Named.nullable() })),
    }),
  }),
  absences: operation({
    method: 'GET',
    path: '/api/absences',
    permission: 'signed-in',
    summary: 'Absences, my own or with cover.edit everybody’s: those to come or under way, or those that are over',
    input: z.object({
      ...paging,
      staffId: Id.optional(),
      state: z.enum(['open', 'over']).default('open'),
    }),
    output: page(Absence),
  }),
  addAbsence: operation({
    method: 'POST',
    path: '/api/absences',
    permission: 'signed-in',
    summary: 'Note that I am away, or with cover.edit that a colleague is',
    input: z.object({
      staffId: Id.optional(),
      kind: AbsenceKind,
      /** Now, where nothing is said. */
      startsAt: At.optional(),
      endsAt: times.endsAt.default(null),
      coverId: more.coverId.default(null),
      note: more.note.default(''),
    }),
    output: Absence,
    status: 201,
  }),
  changeAbsence: operation({
    method: 'PATCH',
    path: '/api/absences/:id',
    permission: 'signed-in',
    summary: 'Change an absence that is not over',
    input: z.object({
      id: Id,
      kind: AbsenceKind.optional(),
      startsAt: times.startsAt.optional(),
      endsAt: times.endsAt.optional(),
      coverId: more.coverId.optional(),
      note: more.note.optional(),
      version: z.number().int().optional(),
    }),
    output: Absence,
  }),
}
