import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { levelsApi } from './api.ts'
import { sentences } from './events.ts'
import { planCases } from './planning.ts'
import { replanKind } from './replanning.ts'
import { en } from './ui/en.ts'

const About = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()
const LevelEvent = z
  .object({ subject: z.object({ id: z.number() }).loose(), data: z.object({ kind: z.string() }).loose() })
  .loose()

/** Whatever changes since when a customer waits, whom a case belongs to, or whether it is solved. */
const changesClocks = [
  'case.opened',
  'case.replied',
  'case.reply_undone',
  'case.received',
  'case.changed',
  'case.reopened',
  'case.check_answered',
  'case.withdrawn',
  'case.snoozed',
  'case.woken',
  'case.merged',
  'case.merged_away',
  'case.unmerged',
  'case.split',
  'case.split_off',
]

/** Times that are promised by rule: which, to whom, and the clocks of cases that keep them. */
export const serviceLevelsModule: Module = {
  name: 'service-levels',
  uses: ['identity', 'promises', 'cases'],
  owns: ['service_levels'],
  words: en,
  sentences,
  subscriptions: [
    ...changesClocks.map(event => ({ event, job: 'service-levels:plan', together: true })),
    ...['level.changed', 'level.ended', 'level.ordered'].map(event => ({ event, job: 'service-levels:replan' })),
  ],
  start: ({ kernel }) => ({
    api: [...levelsApi],
    jobs: [
      job({
        name: 'service-levels:plan',
        payload: About,
        run: ({ subject }) => kernel.work(system, async work => void (await planCases(work, [subject.id]))),
        runAll: async (work, changed) =>
          void (await planCases(
            work,
            changed.map(one => one.subject.id),
          )),
      }),
      job({
        name: 'service-levels:replan',
        payload: LevelEvent,
        run: ({ subject, data }) => replanKind(kernel, subject.id, data.kind),
      }),
    ],
  }),
}
