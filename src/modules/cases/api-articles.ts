import { api, read, work } from '../../platform/http/api.ts'
import { answerWith, articlesFor } from './articles.ts'
import { articlesBeside } from './contract-articles.ts'

/** @param baseUrl where articles are read by everybody */
export const articlesApi = (baseUrl: string) =>
  api(articlesBeside, {
    articlesFor: read(async (reading, { id }) => ({ items: await articlesFor(reading, id) })),
    useArticle: work((w, input) => answerWith(w, input, baseUrl)),
  })
