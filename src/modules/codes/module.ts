import { linkForCustomers } from '../../platform/http/public-links.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { codesApi } from './api.ts'
import { sentences } from './events.ts'
import { serveCodes } from './pages/serving.ts'
import { Missed, remedy } from './remedying.ts'
import { en } from './ui/en.ts'

/** Codes of practice: what we hold ourselves to, who has read it, and whether its promises are kept. */
export const codesModule: Module = {
  name: 'codes',
  uses: ['identity', 'promises', 'knowledge', 'cases'],
  owns: ['codes', 'code_versions', 'code_campaigns', 'code_readings', 'code_remedies', 'repealed_laws'],
  words: en,
  sentences,
  subscriptions: [{ event: 'promise.missed', job: 'codes:remedy', when: ({ subject }) => subject.kind === 'case' }],
  start: ({ kernel, config, keyFor }) => {
    linkForCustomers({ href: '/help/codes', text: en['codes.public.title'], order: 2 })
    return {
      api: codesApi,
      jobs: [
        job({
          name: 'codes:remedy',
          payload: Missed,
          run: missed => kernel.work(system, work => remedy(work, missed)),
        }),
      ],
      routes: app => serveCodes(app, { kernel, baseUrl: config.baseUrl, readerKey: keyFor('help readers') }),
    }
  },
}
