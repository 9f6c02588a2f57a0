import { api, edge, read, work } from '../../platform/http/api.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { readerSays } from './answering.ts'
import { help } from './contract-help.ts'
import { noteSearch } from './gaps.ts'
import { helpArticle, readerOf, searchHelp, usefulHelp } from './helping.ts'

/** @param readerKey tells readers of one day apart */
export const helpApi = (readerKey: Buffer) =>
  api(help, {
    helpArticles: read(async (reading, { q }) => ({
      items: q ? (await searchHelp(reading, q)).items : await usefulHelp(reading, 5),
    })),
    helpArticle: read((reading, { id }) => helpArticle(reading, id)),
    helpHelped: edge(({ kernel, request }, input) =>
      kernel.work(anonymous, w => readerSays(w, input, readerOf(readerKey, request, w.now)), request.id),
    ),
    // Whoever is signed in looks with the eyes of anybody here.
    helpSearched: work((w, { q }) => noteSearch({ ...w, actor: anonymous }, q, 'public')),
  })
