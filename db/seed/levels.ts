import { promiseOnCase } from '../../src/modules/cases/index.ts'
import { addLevel } from '../../src/modules/service-levels/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Condition } from '../../src/shared/condition.ts'
import type { Cast } from './cast.ts'
import type { TeamKey } from './teams.ts'

const everybody: Condition = { all: [] }
const complaints: Condition = { field: 'kind', op: 'is', value: 'complaint' }
const urgent: Condition = { field: 'severity', op: 'at_least', value: 3 }
const colleagues: Condition = { field: 'internal', op: 'is', value: true }

type Level = Parameters<typeof addLevel>[1]
const level = (name: string, kind: Level['kind'], condition: Condition, targetMinutes: number): Level => ({
  name,
  kind,
  condition,
  targetMinutes,
  clock: 'working',
  calendarId: null,
  alerts: [
    { minutes: -30, whom: ['handler'] },
    { minutes: 0, whom: ['handler', 'supervisor'] },
  ],
  pauses: ['waiting_customer'],
})

const levels: Level[] = [
  level('Urgent: a word within the hour', 'first_reply', urgent, 60),
  level('Complaints: a word within two hours', 'first_reply', complaints, 120),
  level('Colleagues: within the day', 'first_reply', colleagues, 480),
  level('Everybody: within four hours', 'first_reply', everybody, 240),
  level('Whoever writes again', 'next_update', everybody, 360),
  level('Urgent: solved in a day', 'solution', urgent, 480),
  level('Complaints: solved in five days', 'solution', complaints, 2400),
  level('Everything else: solved in three days', 'solution', everybody, 1440),
]

/** What the organisation promises by rule. */
export const makeLevels = async (kernel: Kernel, at: Date): Promise<void> => {
  for (const one of levels) await kernel.work(system, work => addLevel(work, one), 'sample', at)
}

type Said = {
  team: TeamKey
  by: string
  kind: 'call_back' | 'follow_up' | 'visit' | 'delivery'
  title: string
  withinMinutes: number
}

const said: Said[] = [
  { team: 'counter', by: 'priya', kind: 'call_back', title: 'Ring back about the refund', withinMinutes: 45 },
  { team: 'counter', by: 'priya', kind: 'follow_up', title: 'Ask whether the kettle works now', withinMinutes: 960 },
  { team: 'deliveries', by: 'any', kind: 'delivery', title: 'Second attempt at the delivery', withinMinutes: 480 },
  { team: 'surgery', by: 'any', kind: 'call_back', title: 'Ring with the date of the appointment', withinMinutes: 120 },
  { team: 'desk', by: 'any', kind: 'visit', title: 'Come and look at the projector', withinMinutes: 240 },
]

/** What people promised by hand, today. @param openOf a case of a team that is open */
export const makePromisesByHand = async (
  kernel: Kernel,
  cast: Cast,
  now: Date,
  openOf: (team: TeamKey) => Promise<number | null>,
): Promise<void> => {
  for (const { team, by, kind, title, withinMinutes } of said) {
    const id = await openOf(team)
    if (id === null) continue
    const actor = by === 'any' ? system : cast.actor(by)
    const promise = { id, kind, title, withinMinutes, note: '' }
    await kernel.work(actor, work => promiseOnCase(work, promise), 'sample', now)
  }
}
