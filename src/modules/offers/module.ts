import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { offersApi } from './api.ts'
import { personal, sentences } from './events.ts'
import { settle, settleAll } from './settling.ts'
import { en } from './ui/en.ts'

const About = z.object({ type: z.string(), subject: z.object({ id: z.number() }).loose() }).loose()

const settles = ['case.changed', 'case.withdrawn', 'case.reopened', 'case.reply_undone']

/** What departments offer each other: forms, promises, approvals, and the same measures as for customers outside. */
export const offersModule: Module = {
  name: 'offers',
  uses: ['authority', 'promises', 'cases', 'portal'],
  owns: ['offers', 'offer_requests'],
  words: en,
  sentences,
  personal,
  subscriptions: settles.map(event => ({
    event,
    job: 'offers:settle',
    together: true,
    when: ({ type, after }) => type !== 'case.changed' || after?.status !== undefined,
  })),
  start: ({ kernel }) => ({
    api: offersApi,
    jobs: [
      job({
        name: 'offers:settle',
        payload: About,
        run: ({ type, subject }) => kernel.work(system, work => settle(work, subject.id, type)),
        runAll: settleAll,
      }),
    ],
  }),
}
