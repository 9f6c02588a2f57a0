import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { referralsApi } from './api.ts'
import { referByRule } from './by-rule.ts'
import { personal, sentences } from './events.ts'
import { hearAnswer, SaidAside } from './hearing.ts'
import { en } from './ui/en.ts'

export const referralsModule: Module = {
  name: 'referrals',
  uses: ['identity', 'people', 'authority', 'promises', 'cases'],
  owns: ['referrals'],
  words: en,
  sentences,
  personal,
  actions: [referByRule],
  triggers: [{ event: 'case.referred' }, { event: 'case.referral_answered' }],
  subscriptions: [{ event: 'case.received', job: 'referrals:hear', when: ({ data }) => data?.aside === true }],
  start: ({ kernel }) => ({
    api: referralsApi,
    jobs: [
      job({
        name: 'referrals:hear',
        payload: SaidAside,
        run: said => kernel.work(system, work => hearAnswer(work, said)),
      }),
    ],
  }),
}
