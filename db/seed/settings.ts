import { addCustomField, addView } from '../../src/modules/cases/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Condition } from '../../src/shared/condition.ts'
import type { Cast } from './cast.ts'
import type { TeamKey } from './teams.ts'

const rooms = ['Counter', 'Stock room', 'Surgery waiting room', 'Consulting room 2', 'Room 12', 'Library', 'Workshop']

const goods = ['order_problem', 'delivery_problem', 'return', 'fault', 'complaint', 'enquiry']
const fields = [
  { key: 'order_number', label: 'Order number', type: 'text', choices: [], kinds: goods },
  { key: 'room', label: 'Room', type: 'choice', choices: rooms, kinds: ['request', 'fault', 'incident', 'complaint'] },
  {
    key: 'delivery_date',
    label: 'Delivery date',
    type: 'date',
    choices: [],
    kinds: ['delivery_problem', 'order_problem'],
  },
]

const active: Condition = { field: 'status', op: 'one_of', value: ['new', 'open', 'waiting_customer', 'waiting_other'] }
const kinds = (...value: string[]): Condition => ({ field: 'kind', op: 'one_of', value })
const aDay = { n: 1, unit: 'days' }

/** A day that lies neither before nor after today. */
const deliveredToday: Condition = {
  all: [
    { field: 'custom.delivery_date', op: 'within_last', value: aDay },
    { field: 'custom.delivery_date', op: 'within_next', value: aDay },
  ],
}

const forEverybody: { name: string; condition: Condition }[] = [
  { name: 'Complaints', condition: { all: [kinds('complaint'), active] } },
  { name: 'Deliveries today', condition: { all: [deliveredToday, active] } },
  {
    name: 'Waiting over a day',
    condition: { all: [{ field: 'waitingSince', op: 'older_than', value: aDay }, active] },
  },
  { name: 'Colleagues’ requests', condition: { all: [{ field: 'internal', op: 'is', value: true }, active] } },
]

const forTeams: { team: TeamKey; name: string; condition: Condition }[] = [
  { team: 'counter', name: 'Returns and repairs', condition: kinds('return', 'fault') },
  { team: 'deliveries', name: 'Late, lost or broken', condition: kinds('delivery_problem', 'order_problem') },
  { team: 'surgery', name: 'Urgent at the surgery', condition: { field: 'severity', op: 'at_least', value: 3 } },
  { team: 'college', name: 'Before the course starts', condition: { field: 'stage', op: 'is', value: 'before' } },
  { team: 'desk', name: 'Something is broken', condition: kinds('fault', 'incident') },
]

/** Custom fields, and the views that everybody or a team shares. */
export const makeSettings = async (kernel: Kernel, cast: Cast, at: Date): Promise<void> => {
  for (const field of fields) await kernel.work(system, work => addCustomField(work, field), 'sample', at)
  const shared = { sort: 'urgency', shared: true } as const
  for (const view of forEverybody)
    await kernel.work(system, work => addView(work, { ...view, ...shared, teamId: null }), 'sample', at)
  for (const { team, name, condition } of forTeams) {
    const teamId = cast.teamId(team)
    const all = { all: [{ field: 'team', op: 'is', value: teamId }, condition, active] }
    await kernel.work(system, work => addView(work, { name, condition: all, ...shared, teamId }), 'sample', at)
  }
}
