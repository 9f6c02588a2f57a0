import * as z from 'zod'
import { Id, operation } from '../../shared/contract.ts'

/** An article beside a case. */
export const SuggestedArticle = z.object({
  id: Id,
  title: z.string(),
  summary: z.string(),
  language: z.string(),
  audience: z.enum(['public', 'staff', 'team']),
  /** Where everybody reads it; null where only colleagues do. */
  publicPath: z.string().nullable(),
  used: z.number(),
  helped: z.number(),
  /** It was used in this case already. */
  usedHere: z.boolean(),
})
export type SuggestedArticle = z.infer<typeof SuggestedArticle>

export const articlesBeside = {
  articlesFor: operation({
    method: 'GET',
    path: '/api/cases/:id/articles',
    permission: 'knowledge.read',
    summary: 'Articles that may answer a case, by its words, topic and products; those used in it first',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(SuggestedArticle) }),
  }),
  useArticle: operation({
    method: 'POST',
    path: '/api/cases/:id/articles',
    permission: 'case.handle',
    summary: 'Use an article to answer a case: its text, or a link to it, to be put into a reply; the use is recorded',
    input: z.object({ id: Id, articleId: Id, how: z.enum(['text', 'link']) }),
    output: z.object({ title: z.string(), html: z.string() }),
  }),
}
