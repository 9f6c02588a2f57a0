import { sql } from 'kysely'
import {
  acknowledge,
  beginComplaint,
  closeComplaint,
  escalate,
  investigate,
  respond,
} from '../../src/modules/complaints/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { type Actor, system } from '../../src/platform/permissions/actor.ts'
import type { Cast } from './cast.ts'
import type { Moment } from './history.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

type Told = { id: number; team: string | null; solved: boolean }
type Running = Told & {
  index: number
  acknowledged: boolean
  investigated: boolean
  decision: string | null
  age: number
}

const read = async <T extends object>(kernel: Kernel, query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  kernel.read(system, async ({ db }) => (await query.execute(db)).rows)

/** Cases of complaints that nobody has taken on by the rules yet. */
const fresh = (kernel: Kernel) =>
  read<Told>(
    kernel,
    sql<Told>`select c.id, t.name as team, c.status in ('solved', 'closed') as solved from cases c left join teams t on t.id = c.team_id
      where c.kind = 'complaint' and not c.confidential and c.merged_into is null
        and not exists (select 1 from complaints k where k.case_id = c.id) order by c.id`,
  )

/** Complaints that go on, with how many days ago they began. */
const running = (kernel: Kernel, at: Date) =>
  read<Running>(
    kernel,
    sql<Running>`select k.case_id as id, k.id::int as index, t.name as team, c.status in ('solved', 'closed') as solved,
        s.acknowledged_on is not null as acknowledged, s.investigator_id is not null as investigated, s.decision,
        floor(extract(epoch from ${at}::timestamptz - k.made_at) / 86400)::int as age
      from complaints k join cases c on c.id = k.case_id join complaint_stages s on s.complaint_id = k.id and s.stage = k.stage
      left join teams t on t.id = c.team_id where k.closed_at is null and k.stage = 1 and c.merged_into is null order by k.id`,
  )

const wishes = [
  'Their money back, and somebody who says sorry.',
  'To be told why nobody came, and a new day that is kept.',
  'That it does not happen to the next one.',
]

const reasons = {
  upheld: 'We had said Tuesday and nobody wrote it down. That was our mistake.',
  partly_upheld: 'The delay was ours; what it cost in the meantime was not caused by it.',
  not_upheld: 'By our record and the photograph it was delivered on the day that was promised.',
} as const

const beginning = ({ id, team }: Told, index: number) => ({
  id,
  regime: team?.startsWith('Surgery') ? 'nhs' : 'house',
  oral: false,
  eventOn: null,
  wants: wishes[index % wishes.length] ?? '',
  aboutStaffIds: [],
  anonymous: false,
  onBehalf: '',
  severity: 2,
  safety: false,
  immediateAction: '',
})

type Do = (what: Parameters<Kernel['work']>[1]) => Promise<unknown>

/** Takes one of them a step on, as far as it would be by now. */
const stepOn = async (one: Running, handler: Actor, act: Do): Promise<void> => {
  const { id, index, age } = one
  const decision = (['upheld', 'partly_upheld', 'not_upheld'] as const)[index % 3] ?? 'upheld'
  if (!one.acknowledged) {
    if (age >= 1) await act(work => acknowledge(work, { id }))
  } else if (!one.investigated) {
    const findings = 'Spoke to both; the record and the messages agree.'
    if (age >= 3) await act(work => investigate(work, { id, investigatorId: handler.id, findings }))
  } else if (one.decision === null) {
    if (age >= 6)
      await act(work => respond(work, { id, decision, reasons: reasons[decision], redress: '', letterOn: null }))
  } else if (one.solved) await act(work => closeComplaint(work, { id, as: 'accepted', cause: 'delay' }))
  else if (age >= 14 && one.decision === 'not_upheld' && !one.team?.startsWith('Surgery'))
    await act(work => escalate(work, { id }))
}

/** What is done about complaints on an afternoon: new ones are taken on, the others go a step on. */
const afternoon = async (kernel: Kernel, handler: Actor, at: Date): Promise<void> => {
  const act: Do = what => kernel.work(handler, what, 'sample', at)
  for (const one of await running(kernel, at)) await stepOn(one, handler, act)
  for (const [index, one] of (await fresh(kernel)).entries())
    await act(work => beginComplaint(work, beginning(one, index)))
}

/** Complaints as they are looked after, every afternoon since there are any. */
export const complaintsHandled = (kernel: Kernel, cast: Cast, now: Date): Moment[] =>
  Array.from({ length: 58 }, (_, index) => {
    const at = new Date(now.getTime() - (58 - index) * dayMs - 2 * hourMs)
    return { at, happens: () => afternoon(kernel, cast.actor('ruth'), at) }
  })
