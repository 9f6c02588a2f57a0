import * as z from 'zod'
import { api, read, work } from '../../platform/http/api.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { demand } from './contract.ts'
import { personal, sentences } from './events.ts'
import { changeDemand, noteDemand } from './noting.ts'
import { listDemands, saidOf } from './queries.ts'
import { register, review } from './register.ts'
import { sumUp } from './summing-up.ts'
import { tellBack, tellWhenBack } from './telling.ts'
import { bring, openTransfers, settleTransfer } from './transferring.ts'
import { en } from './ui/en.ts'

const operations = api(demand, {
  note: work(noteDemand),
  change: work(changeDemand),
  list: read(listDemands),
  tellWhenBack: work(tellWhenBack),
  bring: work(bring),
  transfers: read(openTransfers),
  settleTransfer: work(settleTransfer),
  register: read(register),
  review: work(review),
  said: read(saidOf),
})

const Back = z
  .object({
    subject: z.object({ id: z.number() }).loose(),
    data: z.object({ back: z.array(z.number()).optional() }).loose(),
  })
  .loose()

/** What could not be supplied: noted in a case, kept as promises, answered for by whoever buys. Above cases and catalogue. */
export const demandModule: Module = {
  name: 'demand',
  uses: ['identity', 'people', 'promises', 'catalogue', 'cases', 'channels'],
  owns: ['demands', 'demand_offers', 'transfers', 'demand_reviews', 'demand_summaries'],
  words: en,
  sentences,
  personal,
  triggers: [{ event: 'demand.noted' }, { event: 'demand.told' }],
  subscriptions: [
    { event: 'product.available', job: 'demand:tell_back' },
    {
      event: 'catalogue.stock_imported',
      job: 'demand:tell_back',
      when: ({ data }) => Array.isArray(data?.back) && data.back.length > 0,
    },
  ],
  start: ({ config, kernel }) => ({
    api: operations,
    jobs: [
      job({
        name: 'demand:tell_back',
        payload: Back,
        run: ({ subject, data }) => kernel.work(system, w => tellBack(w, data.back ?? [subject.id])),
      }),
      job({
        name: 'demand:sum_up',
        payload: z.object({}).loose(),
        cron: '0 6 * * 1',
        run: () => sumUp(kernel, `${config.baseUrl}/demand`),
      }),
    ],
  }),
}
