import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { personal, sentences } from './events.ts'
import { lookAt } from './looking.ts'
import { replan } from './replanning.ts'
import { en } from './ui/en.ts'

const One = z.object({ id: z.number() })
const CalendarEvent = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()

/** The ledger of promises and the engine that times them. What is promised to whom, other modules know. */
export const promisesModule: Module = {
  name: 'promises',
  uses: ['identity', 'people'],
  owns: ['promises', 'promise_facts'],
  words: en,
  sentences,
  personal,
  triggers: ['made', 'warned', 'missed', 'kept', 'kept_late', 'broken', 'withdrawn', 'moved'].map(what => ({
    event: `promise.${what}`,
  })),
  subscriptions: [{ event: 'calendar.changed', job: 'promises:replan' }],
  start: () => ({
    jobs: [
      job({
        name: 'promises:look',
        payload: One,
        run: ({ id }, kernel) => kernel.work(system, work => lookAt(work, [id])),
        runAll: (work, due) =>
          lookAt(
            work,
            due.map(({ id }) => id),
          ),
      }),
      job({
        name: 'promises:replan',
        payload: CalendarEvent,
        run: ({ subject }, kernel) => replan(kernel, { calendarId: subject.id }),
      }),
    ],
  }),
}
