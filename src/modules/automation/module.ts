import * as z from 'zod'
import { api, edge, read, work } from '../../platform/http/api.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import { automation } from './contract.ts'
import { anchors, rules } from './contract-rules.ts'
import { sentences } from './events.ts'
import { housekeeping } from './housekeeping.ts'
import { dropJob, jobsNow, retryJob } from './jobs.ts'
import { allRules, runsOf, versionsOf } from './queries.ts'
import { Heard, hear, Reaction, react } from './reacting.ts'
import { addRule, changeRule, orderRules } from './saving.ts'
import { Meeting, meetOne, sweep } from './timing.ts'
import { carryOutTrial, hitsOf, startTrial, trialById } from './trials.ts'
import { en } from './ui/en.ts'

const rulesApi = (parts: () => Parts) =>
  api(rules, {
    list: read(allRules),
    parts: read(async () => ({
      events: [...new Set(parts().triggers.map(one => one.event))],
      anchors: [...anchors],
      actions: [...parts().actions.keys()],
    })),
    add: work(addRule(parts)),
    change: work(changeRule(parts)),
    order: work(orderRules),
    versions: read(versionsOf),
    runs: read(runsOf),
    tryOut: work(startTrial(parts)),
    trial: read((reading, { id }) => trialById(reading, id)),
    trialHits: read(hitsOf),
  })

const rulesJobs = (parts: () => Parts) => [
  job({
    name: 'automation:hear',
    payload: Heard,
    run: (one, kernel) => kernel.work(system, w => hear(w, [one])),
    runAll: (w, all) => hear(w, all),
  }),
  job({ name: 'automation:react', payload: Reaction, run: (one, kernel) => react(kernel, parts(), one) }),
  job({ name: 'automation:meet', payload: Meeting, run: (one, kernel) => meetOne(kernel, parts(), one) }),
  job({
    name: 'automation:sweep',
    payload: z.object({}).loose(),
    cron: '* * * * *',
    run: (_, kernel) => sweep(kernel),
  }),
  job({
    name: 'automation:trial',
    payload: z.object({ id: z.number() }),
    run: ({ id }, kernel) => carryOutTrial(kernel, id),
  }),
]

/**
 * Rules and housekeeping. It knows cases, which rules are about; what they can be set on and have done comes from the
 * modules that offer it.
 */
export const automationModule = (parts: () => Parts): Module => ({
  name: 'automation',
  uses: ['identity', 'promises', 'cases'],
  owns: ['rules', 'rule_versions', 'rule_runs', 'rule_matches', 'rule_trials', 'rule_trial_hits'],
  words: en,
  sentences,
  get subscriptions() {
    const events = new Set(parts().triggers.map(one => one.event))
    return [...events].map(event => ({ event, job: 'automation:hear', together: true, whole: true }))
  },
  start: () => ({
    jobs: [...housekeeping, ...rulesJobs(parts)],
    api: [
      ...api(automation, {
        jobs: read(jobsNow),
        retryJob: edge(({ kernel: k }, { id }) => retryJob(k, id)),
        dropJob: edge(({ kernel: k }, { id }) => dropJob(k, id)),
      }),
      ...rulesApi(parts),
    ],
  }),
})
