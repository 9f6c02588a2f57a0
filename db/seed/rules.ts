import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { addAssignmentRule, addSkill, setWorkload } from '../../src/modules/assignment/index.ts'
import { addRule, ask, rulesInForce } from '../../src/modules/automation/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Condition } from '../../src/shared/condition.ts'
import type { Cast } from './cast.ts'
import { parts } from './parts.ts'
import type { StaffKey } from './staff.ts'

type Rule = Parameters<ReturnType<typeof addRule>>[1]
const is = (field: string, value: unknown): Condition => ({ field, op: 'is', value })
const tagged = (...addTags: string[]) => ({ do: 'change', change: { addTags } })
const opened = { event: 'case.opened' }

const rulesOf = (cast: Cast): Rule[] => [
  {
    name: 'Complaints are watched by the supervisor',
    when: opened,
    condition: is('kind', 'complaint'),
    actions: [tagged('watched'), { do: 'follow', staffId: cast.staffId('owen') }],
    stops: false,
    enabled: true,
  },
  {
    name: 'Praise is passed on',
    when: opened,
    condition: is('kind', 'compliment'),
    actions: [tagged('praise'), { do: 'follow', staffId: cast.staffId('helen') }],
    stops: false,
    enabled: true,
  },
  {
    name: 'An incident is never left to chance',
    when: opened,
    condition: is('kind', 'incident'),
    actions: [
      { do: 'change', change: { severity: 4, addTags: ['incident'] } },
      { do: 'tell', staffIds: [cast.staffId('helen')], text: 'Somebody may have come to harm. Please read this now.' },
    ],
    stops: true,
    enabled: true,
  },
  {
    name: 'Who is not content hears from us again',
    when: { event: 'case.check_answered' },
    condition: { field: 'needMet', op: 'one_of', value: ['no', 'partly'] },
    actions: [{ do: 'promise', kind: 'follow_up', title: 'Ask what is still missing', withinMinutes: 480 }],
    stops: false,
    enabled: true,
  },
  {
    name: 'A missed promise is on record',
    when: { event: 'promise.missed' },
    condition: { all: [] },
    actions: [tagged('promise missed')],
    stops: false,
    enabled: true,
  },
  {
    name: 'Waiting for five days',
    when: { anchor: 'waitingSince', minutes: 5 * 1440, working: false },
    condition: { not: is('internal', true) },
    actions: [tagged('waiting long')],
    stops: false,
    enabled: true,
  },
  {
    name: 'Two hours before an urgent promise is due',
    when: { anchor: 'dueAt', minutes: -120, working: true },
    condition: { field: 'severity', op: 'at_least', value: 3 },
    actions: [{ do: 'note', text: 'This is due in two hours: {{case.subject}}.' }],
    stops: false,
    enabled: false,
  },
]

/** The last cases that a rule is about are told of again, so that its log says what it does. */
const remember = async (kernel: Kernel): Promise<void> => {
  const rules = (await kernel.read(system, rulesInForce)).filter(one => one.event === 'case.opened')
  const { rows } = await kernel.read(system, ({ db }) =>
    sql<{ id: number }>`select id from cases where kind in ('complaint', 'compliment') and merged_into is null
      and status in ('new', 'open', 'waiting_customer', 'waiting_other') order by id desc limit 12`.execute(db),
  )
  const event = { type: 'case.opened', data: {}, before: null, after: null, chain: [] }
  for (const { id } of rows.toReversed())
    for (const rule of rules) await ask(kernel, parts, rule, { ...event, caseId: id, reaction: randomUUID() })
}

type Able = { key: StaffKey; capacity: number; skills: [string, number][] }
const able: Able[] = [
  { key: 'priya', capacity: 25, skills: [['Refunds', 3]] },
  {
    key: 'tom',
    capacity: 20,
    skills: [
      ['Polish', 3],
      ['Refunds', 1],
    ],
  },
  { key: 'grace', capacity: 30, skills: [['Refunds', 2]] },
  {
    key: 'jonas',
    capacity: 12,
    skills: [
      ['German', 3],
      ['Gas and electrics', 2],
    ],
  },
  { key: 'femi', capacity: 12, skills: [['Gas and electrics', 3]] },
]

const makeAssignment = async (kernel: Kernel, cast: Cast, at: Date): Promise<void> => {
  const ids = new Map<string, number>()
  for (const name of ['German', 'Polish', 'Refunds', 'Gas and electrics'])
    ids.set(name, (await kernel.work(system, work => addSkill(work, { name }), 'sample', at)).id)
  const needed = ([name, level]: [string, number]) => ({ skillId: ids.get(name) as number, level })
  for (const { key, capacity, skills } of able) {
    const given = { id: cast.staffId(key), capacity, accepts: true, skills: skills.map(needed) }
    await kernel.work(system, work => setWorkload(work, given), 'sample', at)
  }
  const desk = cast.teamId('desk')
  const ours: Condition = is('team', desk)
  const rules: Parameters<typeof addAssignmentRule>[1][] = [
    {
      name: 'Heating goes to whoever knows gas',
      condition: { all: [ours, { field: 'subject', op: 'contains', value: 'boiler' }] },
      teamId: desk,
      way: 'least_loaded',
      skills: [needed(['Gas and electrics', 2])],
      enabled: true,
    },
    { name: 'Service desk, in turn', condition: ours, teamId: desk, way: 'round_robin', skills: [], enabled: true },
  ]
  for (const rule of rules) await kernel.work(system, work => addAssignmentRule(work, rule), 'sample', at)
}

/** What is done by itself, who is able to do what, and who is given which case. */
export const makeRules = async (kernel: Kernel, cast: Cast, founded: Date): Promise<void> => {
  const owner = cast.actor('ruth')
  for (const rule of rulesOf(cast))
    await kernel.work(owner, work => addRule(() => parts)(work, rule), 'sample', founded)
  await makeAssignment(kernel, cast, founded)
  await remember(kernel)
}
