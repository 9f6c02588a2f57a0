import * as z from 'zod'
import { linkForCustomers } from '../../platform/http/public-links.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { knowledgeApi } from './api.ts'
import { helpApi } from './api-help.ts'
import { sentences } from './events.ts'
import { sweepUploads } from './files.ts'
import { say } from './pages/say.ts'
import { serveHelp } from './pages/serving.ts'
import { en } from './ui/en.ts'

export const knowledgeModule: Module = {
  name: 'knowledge',
  uses: ['identity', 'promises', 'catalogue'],
  owns: [
    'articles',
    'article_versions',
    'article_topics',
    'article_products',
    'article_files',
    'article_answers',
    'article_gaps',
  ],
  words: en,
  sentences,
  start: ({ files, kernel, config, keyFor }) => {
    linkForCustomers({ href: '/help/articles', text: say('help.home'), order: 1 })
    return {
      api: [...knowledgeApi(files), ...helpApi(keyFor('help readers'))],
      routes: app => serveHelp(app, { kernel, baseUrl: config.baseUrl, readerKey: keyFor('help readers') }, files),
      jobs: [
        job({
          name: 'knowledge:sweep_uploads',
          payload: z.object({}).loose(),
          cron: '51 3 * * *',
          run: (_, kernel) => sweepUploads(kernel),
        }),
      ],
    }
  },
}
