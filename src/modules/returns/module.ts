import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { returnsApi } from './api.ts'
import { Decided, hearDecision } from './approving.ts'
import { sentences } from './events.ts'
import { en } from './ui/en.ts'

/** What comes back: what law and house give for it, goods and money each on their way, and who decided. */
export const returnsModule: Module = {
  name: 'returns',
  uses: ['identity', 'people', 'catalogue', 'purchases', 'authority', 'promises', 'cases', 'referrals'],
  owns: ['return_policies', 'returns', 'return_lines', 'refunds'],
  words: en,
  sentences,
  subscriptions: [{ event: 'decision.made', job: 'returns:decided' }],
  start: () => ({
    api: returnsApi,
    jobs: [job({ name: 'returns:decided', payload: Decided, run: (told, kernel) => hearDecision(kernel, told) })],
  }),
}
