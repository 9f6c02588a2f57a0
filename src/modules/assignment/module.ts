import * as z from 'zod'
import { api, read, work } from '../../platform/http/api.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { action } from '../../platform/rules/registry.ts'
import type { Happening } from '../../platform/work.ts'
import { handOnly } from '../cases/index.ts'
import { assignment } from './contract.ts'
import { sentences } from './events.ts'
import { catchUp, giveByRule, giveOne } from './giving.ts'
import { fitToPull } from './pulling.ts'
import { addRule, allRules, changeRule, orderRules } from './rules.ts'
import { makeRoom, seek } from './seeking.ts'
import { addSkill, allSkills, changeSkill, setWorkload, workloads } from './skills.ts'
import { en } from './ui/en.ts'

const About = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()

/** Whoever takes a case away from everybody may have meant it: it is given again when its team or state changes. */
const mayNeedSomebody = ({ after }: Happening): boolean => after !== undefined && ('team' in after || 'status' in after)
const mayFreePlace = ({ after }: Happening): boolean =>
  after !== undefined && ('assignee' in after || 'status' in after)

const give = (event: string, when?: (happening: Happening) => boolean) => ({
  event,
  job: 'assignment:seek',
  together: true,
  ...(when ? { when } : {}),
})

/** Cases find somebody: by rule, by what people can do and how much they take on. */
export const assignmentModule: Module = {
  name: 'assignment',
  uses: ['identity', 'authority', 'cases'],
  owns: ['skills', 'staff_skills', 'staff_work', 'assignment_rules', 'assignment_waiting'],
  words: en,
  sentences,
  actions: [action({ name: 'hand_out', input: z.strictObject({}), run: (w, id) => giveByRule(w, id) })],
  triggers: [{ event: 'case.given' }],
  subscriptions: [
    give('case.opened'),
    give('case.reopened'),
    give('case.woken'),
    give('case.changed', mayNeedSomebody),
    { event: 'case.changed', job: 'assignment:room', together: true, when: mayFreePlace },
    ...['assignment_rule.added', 'assignment_rule.changed', 'staff.workload_set'].map(event => ({
      event,
      job: 'assignment:catch_up',
    })),
  ],
  start: ({ kernel }) => {
    handOnly(fitToPull)
    return {
      api: api(assignment, {
        skills: read(allSkills),
        addSkill: work(addSkill),
        changeSkill: work(changeSkill),
        workloads: read(workloads),
        setWorkload: work(setWorkload),
        rules: read(allRules),
        addRule: work(addRule),
        changeRule: work(changeRule),
        orderRules: work(orderRules),
      }),
      jobs: [
        job({
          name: 'assignment:seek',
          payload: About,
          run: ({ subject }) => kernel.work(system, w => seek(w, [subject.id])),
          runAll: (w, all) =>
            seek(
              w,
              all.map(one => one.subject.id),
            ),
        }),
        job({
          name: 'assignment:room',
          payload: About,
          run: () => kernel.work(system, makeRoom),
          runAll: makeRoom,
        }),
        job({
          name: 'assignment:give',
          payload: About,
          run: async ({ subject }) => void (await giveOne(kernel, subject.id)),
        }),
        job({
          name: 'assignment:catch_up',
          payload: z.object({}).loose(),
          cron: '*/5 * * * *',
          run: () => catchUp(kernel),
        }),
      ],
    }
  },
}
