import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { knowledgeApi } from './api.ts'
import { sentences } from './events.ts'
import { sweepUploads } from './files.ts'
import { en } from './ui/en.ts'

export const knowledgeModule: Module = {
  name: 'knowledge',
  uses: ['identity', 'promises'],
  owns: ['articles', 'article_versions', 'article_topics', 'article_files', 'article_answers', 'article_gaps'],
  words: en,
  sentences,
  start: ({ files }) => ({
    api: knowledgeApi(files),
    jobs: [
      job({
        name: 'knowledge:sweep_uploads',
        payload: z.object({}).loose(),
        cron: '51 3 * * *',
        run: (_, kernel) => sweepUploads(kernel),
      }),
    ],
  }),
}
