import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Happening } from '../../platform/work.ts'
import { api as peopleApi } from './api.ts'
import { mergingApi } from './api-merging.ts'
import { personal, sentences } from './events.ts'
import { joinKnown, joinKnownLater, NewDomain } from './joining.ts'
import { addColleague } from './registering.ts'
import { en } from './ui/en.ts'

const domainsEvent = z
  .object({ subject: z.object({ id: z.number() }).loose(), data: z.object({ domains: z.array(z.string()) }).loose() })
  .loose()
const staffEvent = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()

export const people: Module = {
  name: 'people',
  uses: ['identity'],
  owns: ['customer_types', 'groups', 'people', 'identities', 'memberships', 'person_merges', 'people_apart'],
  words: en,
  sentences,
  personal,
  subscriptions: [
    { event: 'staff.added', job: 'people:add_colleague' },
    ...['group.added', 'group.changed'].map(event => ({
      event,
      job: 'people:domains_given',
      when: ({ data }: Happening) => Array.isArray(data?.domains),
    })),
  ],
  start: () => ({
    api: [...peopleApi, ...mergingApi],
    jobs: [
      job({
        name: 'people:add_colleague',
        payload: staffEvent,
        run: ({ subject }, kernel) => kernel.work(system, work => addColleague(work, subject.id)),
      }),
      job({
        name: 'people:domains_given',
        payload: domainsEvent,
        run: ({ subject, data }, kernel) =>
          kernel.work(system, async work => joinKnownLater(work, subject.id, data.domains)),
      }),
      job({
        name: 'people:join_by_domain',
        payload: NewDomain,
        run: (next, kernel) => kernel.work(system, work => joinKnown(work, next)),
      }),
    ],
  }),
}
