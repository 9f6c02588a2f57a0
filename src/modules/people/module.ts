import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { api as peopleApi } from './api.ts'
import { sentences } from './events.ts'
import { addColleague } from './registering.ts'

const staffEvent = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()

export const people: Module = {
  name: 'people',
  uses: ['identity'],
  owns: ['customer_types', 'groups', 'people', 'identities', 'memberships'],
  sentences,
  subscriptions: [{ event: 'staff.added', job: 'people:add_colleague' }],
  start: () => ({
    api: peopleApi,
    jobs: [
      job({
        name: 'people:add_colleague',
        payload: staffEvent,
        run: ({ subject }, kernel) => kernel.work(system, work => addColleague(work, subject.id)),
      }),
    ],
  }),
}
