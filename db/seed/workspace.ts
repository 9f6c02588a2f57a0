import { sql } from 'kysely'
import { addMacro, linkCases, mergeCases, snooze } from '../../src/modules/cases/index.ts'
import { tell } from '../../src/modules/notifications/index.ts'
import { changePortal } from '../../src/modules/portal/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Condition } from '../../src/shared/condition.ts'
import type { ActionCall } from '../../src/shared/contract.ts'
import type { Cast } from './cast.ts'
import { makePromisesByHand } from './levels.ts'
import { parts } from './parts.ts'
import type { TeamKey } from './teams.ts'

type Prepared = {
  name: string
  team?: TeamKey
  writes?: 'reply' | 'note' | 'nothing'
  text: string
  change?: Record<string, unknown>
  /** What it does besides. */
  also?: (cast: Cast) => ActionCall[]
  when?: Condition
}

const kind = (...value: string[]): Condition => ({ field: 'kind', op: 'one_of', value })

/** Answers that are given often, as somebody who gives them would have prepared them. */
const macros: Prepared[] = [
  {
    name: 'Refund is on its way',
    team: 'counter',
    text: 'Dear {{customer.first_name}},\n\nyour refund left us today. Depending on your bank it is with you in three to five working days. If it is not there by then, answer this mail and I look into it at once.\n\nKind regards\n{{me.name}}',
    change: { status: 'solved', addTags: ['refunded'] },
    when: kind('return', 'complaint', 'order_problem'),
  },
  {
    name: 'Please send a photograph',
    text: 'Dear {{customer.first_name}},\n\nthank you for telling us. So that we can help at once, would you send us a photograph of it and of the label underneath? Just answer this mail.\n\nKind regards\n{{me.name}}',
    change: { status: 'waiting_customer', addTags: ['photo asked'] },
    when: kind('fault', 'delivery_problem', 'return'),
  },
  {
    name: 'Carrier asked',
    team: 'deliveries',
    text: 'Dear {{customer.first_name}},\n\nwe have asked the carrier where parcel {{case.number}} is. They have to answer by tomorrow noon, and so will I, whatever they say.\n\nKind regards\n{{me.name}}',
    change: { status: 'waiting_other', addTags: ['carrier asked'] },
    also: () => [{ do: 'promise', kind: 'next_update', title: 'Say where the parcel is', withinMinutes: 1440 }],
    when: kind('delivery_problem', 'order_problem'),
  },
  {
    name: 'Prescription is ready',
    team: 'surgery',
    text: 'Dear {{customer.name}},\n\nyour prescription is ready. You can collect it at reception from 8 in the morning; please bring something with your name on it.\n\n{{organisation.name}}',
    change: { status: 'solved' },
  },
  {
    name: 'Sorry, and what we do about it',
    text: 'Dear {{customer.first_name}},\n\nI am sorry. That should not have happened, and I understand that it cost you time. I am looking into what went wrong and write to you again by tomorrow evening.\n\n{{me.name}}',
    change: { status: 'open' },
    when: kind('complaint'),
  },
  {
    name: 'Course place confirmed',
    team: 'college',
    text: 'Dear {{customer.first_name}},\n\nyour place is confirmed. Joining instructions follow a week before the course starts.\n\n{{me.name}}, College office',
    change: { status: 'solved', addTags: ['place confirmed'] },
  },
  {
    name: 'Engineer booked',
    team: 'desk',
    text: 'Hello {{customer.first_name}},\n\nan engineer comes to you tomorrow. If the room has to be opened, please tell us who has the key.\n\n{{me.name}}',
    change: { status: 'waiting_other', addTags: ['engineer'] },
    when: kind('fault', 'request'),
  },
  {
    name: 'Hand to the supervisor',
    writes: 'note',
    text: 'Beyond what I may decide: please take over. What the customer wants: ',
    change: { severity: 3 },
  },
  {
    name: 'Ask deliveries for a collection',
    team: 'counter',
    text: 'Dear {{customer.first_name}},\n\nwe collect it from you. I have asked our drivers for a day and write to you as soon as I have it.\n\n{{me.name}}',
    change: { status: 'waiting_other' },
    also: cast => [
      {
        do: 'refer',
        teamId: cast.teamId('deliveries'),
        reason: 'outside_expertise',
        question: 'When can somebody collect this from the customer? It is too large to be carried to us.',
      },
    ],
    when: kind('return', 'fault'),
  },
]

const makeMacros = async (kernel: Kernel, cast: Cast, at: Date): Promise<void> => {
  for (const { name, team, writes = 'reply', text, change = {}, also = () => [], when } of macros)
    await kernel.work(
      system,
      work =>
        addMacro(() => parts)(work, {
          name,
          writes,
          text,
          change,
          also: also(cast),
          visibleWhen: when ?? null,
          shared: team === undefined,
          teamId: team ? cast.teamId(team) : null,
        }),
      'sample',
      at,
    )
}

type Found = { id: number; other: number }

/** Two open cases of one person: the second is what they wrote again. */
const twice = async (kernel: Kernel): Promise<Found | null> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<Found>`select min(id) as id, max(id) as other from cases
      where not confidential and merged_into is null and status in ('new', 'open', 'waiting_customer')
      group by requester_id having count(*) > 1 order by 1 limit 1`.execute(db)
    return rows[0] ?? null
  })

const someOpen = (kernel: Kernel, what: string, many: number): Promise<number[]> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{
      id: number
    }>`select id from cases where kind = ${what} and not confidential and merged_into is null
      and status in ('new', 'open', 'waiting_customer', 'waiting_other') order by id desc limit ${many}`.execute(db)
    return rows.map(row => row.id)
  })

/** An open case of a team that has no promise by hand yet. */
const oneOpenOf = (kernel: Kernel, teamId: number): Promise<number | null> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{
      id: number
    }>`select c.id from cases c where c.team_id = ${teamId} and c.merged_into is null and not c.confidential
      and c.status in ('open', 'waiting_customer', 'waiting_other') and c.snoozed_until is null and not exists (select 1 from promises p
        where p.subject_kind = 'case' and p.subject_id = c.id and p.policy_id is null) order by c.last_at desc limit 1`.execute(
      db,
    )
    return rows[0]?.id ?? null
  })

const joinSome = async (kernel: Kernel, now: Date): Promise<void> => {
  const pair = await twice(kernel)
  if (pair) await kernel.work(system, work => mergeCases(work, { id: pair.id, sourceId: pair.other }), 'sample', now)
  const [first, second] = await someOpen(kernel, 'fault', 2)
  if (first && second)
    await kernel.work(system, work => linkCases(work, { id: first, toId: second, kind: 'related' }), 'sample', now)
}

const putSomeToSleep = async (kernel: Kernel, now: Date): Promise<void> => {
  const ids = await someOpen(kernel, 'delivery_problem', 2)
  for (const [index, id] of ids.entries()) {
    const until = new Date(now.getTime() + (index + 1) * 26 * 3_600_000).toISOString()
    await kernel.work(system, work => snooze(work, { id, until, wakeOn: [] }), 'sample', now)
  }
}

/** What the advisers find in their inbox on the first morning. */
const tellSome = async (kernel: Kernel, cast: Cast, now: Date): Promise<void> => {
  const priya = cast.staffId('priya')
  const { rows } = await kernel.read(system, ({ db }) =>
    sql<{
      id: number
      requester: string
    }>`select c.id, p.name as requester from cases c join people p on p.id = c.requester_id
      where c.assignee_id = ${priya} and c.merged_into is null and c.status in ('new', 'open') order by c.last_at desc limit 4`.execute(
      db,
    ),
  )
  const ruth = { staffId: cast.staffId('ruth'), name: cast.actor('ruth').name }
  const heard = rows.map(({ id, requester }, index) =>
    index % 2 === 0
      ? { type: 'case.received', subject: { kind: 'case', id }, data: {}, by: { staffId: null, name: requester } }
      : { type: 'case.changed', subject: { kind: 'case', id }, data: { assigneeId: priya }, by: ruth },
  )
  await kernel.work(system, work => tell(work, heard), 'sample', now)
}

/** The public form in the organisation's own words. */
const openDoors = async (kernel: Kernel, cast: Cast, at: Date): Promise<void> => {
  const intro =
    'Harbour Home, Harbour Surgery and Harbour College answer here.\n\nFor medical emergencies dial 999. For everything else tell us what you need, and somebody writes back.'
  const change = { intro, teamId: cast.teamId('counter') }
  await kernel.work(system, work => changePortal(work, change, ''), 'sample', at)
}

/** What makes the sample a place of work: macros, cases that sleep, are joined or linked, an inbox, and open doors. */
export const makeWorkspace = async (kernel: Kernel, cast: Cast, now: Date, founded: Date): Promise<void> => {
  await makeMacros(kernel, cast, founded)
  await openDoors(kernel, cast, founded)
  await joinSome(kernel, now)
  await putSomeToSleep(kernel, now)
  await makePromisesByHand(kernel, cast, now, team => oneOpenOf(kernel, cast.teamId(team)))
  await tellSome(kernel, cast, now)
}
