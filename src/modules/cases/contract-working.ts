import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal, text } from '../../shared/contract.ts'
import { Case, Status } from './contract.ts'
import { Sort } from './contract-shapes.ts'

/** Why somebody passes a case over that was handed to them. */
export const skipReasons = ['not_mine', 'language', 'senior', 'waiting', 'time', 'other'] as const
export type SkipReason = (typeof skipReasons)[number]

/** Working through cases one after the other, and what goes with writing in them. */
export const working = {
  next: operation({
    method: 'POST',
    path: '/api/cases/next',
    permission: 'case.handle',
    summary:
      'Hand me the next case of a view: the first that nobody else is looking at and that I have not skipped today',
    input: z.object({
      view: Id.optional(),
      status: z.union([Status, z.literal('active')]).optional(),
      waiting: z.literal('true').optional(),
      snoozed: z.literal('true').optional(),
      assignee: z.union([z.literal('me'), z.literal('none'), z.literal('available'), Id]).optional(),
      sort: Sort.optional(),
      /** Cases I have finished with. */
      except: z.array(Id).max(500).default([]),
    }),
    output: z.object({ id: Id.nullable() }),
  }),
  skip: operation({
    method: 'POST',
    path: '/api/cases/:id/skip',
    permission: 'case.handle',
    summary: 'Pass over a case that was handed to me, and say why',
    input: z.object({ id: Id, reason: z.enum(skipReasons), words: personal(text(500)).default('') }),
    output: Done,
  }),
  sendNow: operation({
    method: 'POST',
    path: '/api/messages/:id/send-now',
    permission: 'case.handle',
    summary: 'Send a reply that waits for its moment now',
    input: z.object({ id: Id }),
    output: Done,
  }),
  undoChange: operation({
    method: 'POST',
    path: '/api/cases/:id/undo-change',
    permission: 'case.handle',
    summary:
      'Take one change of a case back, by the version it made: only what nobody changed since. The timeline names them',
    input: z.object({ id: Id, version: z.number().int().min(1) }),
    output: Case,
  }),
  draftVersions: operation({
    method: 'GET',
    path: '/api/cases/:id/drafts/:kind/versions',
    permission: 'case.handle',
    summary: 'Earlier versions of what I am writing, the latest first',
    input: z.object({ id: Id, kind: z.enum(['reply', 'note']) }),
    output: z.object({
      items: z.array(
        z.object({ id: Id, text: personal(z.string()), html: personal(z.string()).nullable(), at: Moment }),
      ),
    }),
  }),
  forward: operation({
    method: 'POST',
    path: '/api/cases/:id/forward',
    permission: 'case.handle',
    summary: 'Ask somebody else by mail about a case, with what was said so far quoted: a conversation of its own',
    input: z.object({
      id: Id,
      name: personal(line(200)).optional(),
      address: personal(z.email('This is not an e-mail address').max(254)),
      text: personal(z.string().min(1, 'Write something first').max(200_000)),
      quote: z.boolean().default(true),
    }),
    output: z.object({ conversationId: Id, messageId: Id }),
    status: 201,
    bodyLimit: 1_048_576,
  }),
}
