import * as z from 'zod'
import { Done, Id, line, Moment, operation, page, paging, personal } from '../../shared/contract.ts'

const GapState = z.enum(['open', 'drafted', 'dismissed'])

/** What was looked for and not found. */
export const Gap = z.object({
  id: Id,
  words: z.string(),
  staffTimes: z.number(),
  publicTimes: z.number(),
  times: z.number(),
  firstAt: Moment,
  lastAt: Moment,
  state: GapState,
  reason: z.string().nullable(),
  article: z.object({ id: Id, title: z.string() }).nullable(),
  decidedBy: z.string().nullable(),
})
export type Gap = z.infer<typeof Gap>

export const gaps = {
  gaps: operation({
    method: 'GET',
    path: '/api/article-gaps',
    permission: 'knowledge.edit',
    summary: 'Searches without result, of colleagues and of the public, most often asked first',
    input: z.object({ state: GapState.default('open'), ...paging }),
    output: page(Gap),
  }),
  dismissGap: operation({
    method: 'POST',
    path: '/api/article-gaps/:id/dismiss',
    permission: 'knowledge.edit',
    summary: 'Say why nothing will be written about it',
    input: z.object({ id: Id, reason: line(500) }),
    output: Done,
  }),
  noteSearch: operation({
    method: 'POST',
    path: '/api/articles/searches',
    permission: 'knowledge.read',
    summary: 'Say that I looked for something: where it finds nothing it is counted, without who asked',
    input: z.object({ q: personal(line(500)) }),
    output: z.object({ found: z.boolean() }),
  }),
}
