import * as z from 'zod'
import { Done, Id, Moment, operation, personal } from '../../shared/contract.ts'
import { PersonLine } from './contract.ts'

/** Why two records may be the same person. */
export const likenesses = ['same_phone', 'same_name', 'similar_name'] as const
export const Likeness = z.enum(likenesses)
export type Likeness = z.infer<typeof Likeness>

const Duplicate = PersonLine.extend({ likeness: Likeness })
export type Duplicate = z.infer<typeof Duplicate>

export const mergingPeople = {
  duplicates: operation({
    method: 'GET',
    path: '/api/people/:id/duplicates',
    permission: 'person.read',
    summary: 'Who may be the same person, and whom this one was merged with',
    input: z.object({ id: Id }),
    output: z.object({
      items: z.array(Duplicate),
      merges: z.array(
        z.object({ id: Id, name: personal(z.string()), at: Moment, by: personal(z.string()).nullable() }),
      ),
    }),
  }),
  allDuplicates: operation({
    method: 'GET',
    path: '/api/people-duplicates',
    permission: 'person.edit',
    summary: 'Pairs of records that may be the same person, surest first, up to 50',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ one: PersonLine, other: PersonLine, likeness: Likeness })) }),
  }),
  mergePeople: operation({
    method: 'POST',
    path: '/api/people/:id/merge',
    permission: 'person.edit',
    summary: 'These two records are one person; can be taken back for ever',
    input: z.object({ id: Id, sourceId: Id }),
    output: z.object({ id: Id, mergeId: Id }),
    status: 201,
  }),
  undoMergePeople: operation({
    method: 'POST',
    path: '/api/people-merges/:id/undo',
    permission: 'person.edit',
    summary: 'They are two after all: addresses, groups and cases return to each',
    input: z.object({ id: Id }),
    output: z.object({ id: Id, targetId: Id }),
  }),
  keepApart: operation({
    method: 'POST',
    path: '/api/people/:id/apart',
    permission: 'person.edit',
    summary: 'These two are not the same person; do not suggest it again',
    input: z.object({ id: Id, otherId: Id }),
    output: Done,
  }),
}
