import { sendFile } from '../../platform/files/sending.ts'
import type { FileStore } from '../../platform/files/store.ts'
import { api, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import type { Work } from '../../platform/work.ts'
import { sayIfHelped } from './answering.ts'
import { knowledge } from './contract.ts'
import { gaps } from './contract-gaps.ts'
import { articleDifference } from './differing.ts'
import { fileFor, uploadFile } from './files.ts'
import { findArticles } from './finding.ts'
import { dismissGap } from './gap-deciding.ts'
import { gapsOf, noteSearch } from './gaps.ts'
import { topicsFor } from './placing.ts'
import { articleById, versionsOf } from './reading.ts'
import {
  approveArticle,
  archiveArticle,
  noteReviewed,
  publishArticle,
  restoreArticle,
  returnArticle,
  submitArticle,
} from './reviewing.ts'
import { addArticle, changeArticle } from './writing.ts'

/** A verb that answers with the article as it is afterwards. */
const then = <I>(verb: (w: Work, input: I) => Promise<number>) =>
  work(async (w, input: I) => articleById({ db: w.tx, actor: w.actor, now: w.now }, { id: await verb(w, input) }))

export const knowledgeApi = (files: FileStore) => [
  ...api(knowledge, {
    articles: read(findArticles),
    articleTopics: read(async reading => ({ items: await topicsFor(reading) })),
    article: read(articleById),
    addArticle: then(addArticle),
    changeArticle: then(changeArticle),
    submitArticle: then(submitArticle),
    approveArticle: then(approveArticle),
    returnArticle: then(returnArticle),
    publishArticle: then(publishArticle),
    archiveArticle: then(archiveArticle),
    restoreArticle: then(restoreArticle),
    noteReviewed: then(noteReviewed),
    articleVersions: read(versionsOf),
    articleDifference: read(articleDifference),
    uploadArticleFile: edge(async ({ kernel, actor, request }) =>
      uploadFile(kernel, files, actor, await uploaded(request), request.id),
    ),
    articleFile: edge(async ({ kernel, actor, reply }, { id }) => {
      const file = await kernel.read(actor, reading => fileFor(reading, id))
      return sendFile(reply, file, files.open(file.sha256))
    }),
    sayIfHelped: work(sayIfHelped),
  }),
  ...api(gaps, {
    gaps: read(gapsOf),
    dismissGap: work(dismissGap),
    noteSearch: work((w, { q }) => noteSearch(w, q, 'staff')),
  }),
]
