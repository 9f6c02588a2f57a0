import * as z from 'zod'
import { Done, Id, line, operation, personal } from '../../shared/contract.ts'

const q = personal(z.string().trim().max(200))

/** What everybody reads, for windows on websites and other programs; pages in HTML are at /help/articles. */
export const help = {
  helpArticles: operation({
    method: 'GET',
    path: '/api/help/articles',
    permission: 'public',
    summary: 'Published articles for everybody: those that fit the words, or those that helped most',
    input: z.object({ q: q.optional() }),
    output: z.object({
      items: z.array(
        z.object({ id: Id, title: z.string(), summary: z.string(), language: z.string(), path: z.string() }),
      ),
    }),
  }),
  helpArticle: operation({
    method: 'GET',
    path: '/api/help/articles/:id',
    permission: 'public',
    summary: 'A published article for everybody, as HTML of plain elements',
    input: z.object({ id: Id }),
    output: z.object({
      id: Id,
      title: z.string(),
      summary: z.string(),
      html: z.string(),
      language: z.string(),
      path: z.string(),
    }),
  }),
  helpHelped: operation({
    method: 'POST',
    path: '/api/help/articles/:id/helped',
    permission: 'public',
    summary: 'Say whether an article helped: each reader counts once a day',
    input: z.object({ id: Id, helped: z.boolean() }),
    output: Done,
  }),
  helpSearched: operation({
    method: 'POST',
    path: '/api/help/searches',
    permission: 'public',
    summary: 'Say that somebody looked for something: where it finds nothing it is counted, without who asked',
    input: z.object({ q: personal(line(200)) }),
    output: z.object({ found: z.boolean() }),
  }),
}
