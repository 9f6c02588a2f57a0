import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal } from '../../shared/contract.ts'
import { Status } from './contract.ts'

export const linkKinds = ['related', 'duplicate_of', 'caused_by', 'part_of'] as const
export const LinkKind = z.enum(linkKinds)
export type LinkKind = z.infer<typeof LinkKind>

const Other = z.object({
  id: Id,
  number: Id,
  subject: personal(z.string()),
  status: Status,
  requester: personal(z.string()),
})
export type Other = z.infer<typeof Other>

/** What a case was joined with. Cases one may not see are only counted. */
export const Joined = z.object({
  merges: z.array(
    z.object({
      id: Id,
      source: Other,
      intoId: Id,
      at: Moment,
      by: personal(z.string()).nullable(),
      subject: personal(z.string()),
    }),
  ),
  splits: z.array(z.object({ id: Id, part: z.enum(['from', 'into']), other: Other, at: Moment })),
  links: z.array(z.object({ id: Id, kind: LinkKind, outward: z.boolean(), other: Other })),
  hidden: z.number(),
})
export type Joined = z.infer<typeof Joined>

export const joining = {
  joined: operation({
    method: 'GET',
    path: '/api/cases/:id/joined',
    permission: 'case.read',
    summary: 'What a case was merged with, split from and linked to',
    input: z.object({ id: Id }),
    output: Joined,
  }),
  candidates: operation({
    method: 'GET',
    path: '/api/cases/:id/candidates',
    permission: 'case.merge',
    summary: 'Cases that may be the same matter: of the same customer, or with a similar subject',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(Other.extend({ sameCustomer: z.boolean(), at: Moment })) }),
  }),
  merge: operation({
    method: 'POST',
    path: '/api/cases/:id/merge',
    permission: 'case.merge',
    summary: 'Merge another case into this one; its number leads here from now on. Can be taken back for ever',
    input: z.object({
      id: Id,
      sourceId: Id,
      /** Two customers: may each see what the other writes from now on? Must be said when the customers differ. */
      share: z.enum(['separate', 'together']).optional(),
    }),
    output: z.object({ id: Id, mergeId: Id }),
    status: 201,
  }),
  undoMerge: operation({
    method: 'POST',
    path: '/api/merges/:id/undo',
    permission: 'case.merge',
    summary: 'Take a merge back, whenever it was: conversations return, with what was said in them since',
    input: z.object({ id: Id }),
    output: z.object({ id: Id, targetId: Id }),
  }),
  split: operation({
    method: 'POST',
    path: '/api/cases/:id/split',
    permission: 'case.merge',
    summary: 'Take messages out of a case into a new one',
    input: z.object({
      id: Id,
      messageIds: z.array(Id).min(1, 'Choose at least one message').max(200),
      subject: personal(line(300)),
      /** Whose case the new one is; whoever wrote the first of the messages where nothing is said. */
      requesterId: Id.optional(),
    }),
    output: z.object({ id: Id, number: Id, splitId: Id }),
    status: 201,
  }),
  undoSplit: operation({
    method: 'POST',
    path: '/api/splits/:id/undo',
    permission: 'case.merge',
    summary: 'Take a split back: the messages return, and what was said since comes with them',
    input: z.object({ id: Id }),
    output: z.object({ id: Id }),
  }),
  link: operation({
    method: 'POST',
    path: '/api/cases/:id/links',
    permission: 'case.handle',
    summary: 'Link two cases',
    input: z.object({ id: Id, toId: Id, kind: LinkKind.default('related') }),
    output: Joined.shape.links.element,
    status: 201,
  }),
  unlink: operation({
    method: 'DELETE',
    path: '/api/links/:id',
    permission: 'case.handle',
    summary: 'Remove a link',
    input: z.object({ id: Id }),
    output: Done,
  }),
}
