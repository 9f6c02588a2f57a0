import { sql } from 'kysely'
import { setLimits } from '../../src/modules/authority/index.ts'
import { allRoles, changeStaff } from '../../src/modules/identity/index.ts'
import { answer, give, refer } from '../../src/modules/referrals/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Cast } from './cast.ts'
import type { Moment } from './history.ts'
import type { StaffKey } from './staff.ts'

/** Whom each answers to. */
const managers: [StaffKey, StaffKey][] = [
  ['owen', 'helen'],
  ['nadia', 'helen'],
  ['margaret', 'helen'],
  ['helen', 'ruth'],
  ['marcus', 'helen'],
  ['priya', 'owen'],
  ['tom', 'owen'],
  ['grace', 'owen'],
  ['sam', 'owen'],
  ['ellie', 'nadia'],
  ['daniel', 'nadia'],
  ['catrin', 'margaret'],
  ['jonas', 'margaret'],
  ['femi', 'margaret'],
]

type Act = 'refund' | 'goodwill' | 'discount' | 'replacement' | 'policy_exception' | 'closing_complaint'
type Most = { most: number | null; perCustomer?: number; perShift?: number }

/** How far roles decide alone, in pence and pieces, and whom they ask beyond it. */
const limits: { role: string; asks: string | null; acts: Partial<Record<Act, Most>> }[] = [
  {
    role: 'adviser',
    asks: 'supervisor',
    acts: {
      refund: { most: 5000, perCustomer: 12_000, perShift: 30_000 },
      goodwill: { most: 1500, perCustomer: 3000, perShift: 7500 },
      discount: { most: 2000 },
      replacement: { most: 1, perShift: 5 },
      policy_exception: { most: 0 },
      closing_complaint: { most: 0 },
    },
  },
  { role: 'receptionist', asks: 'supervisor', acts: { goodwill: { most: 500 }, closing_complaint: { most: 0 } } },
  { role: 'driver', asks: 'supervisor', acts: { replacement: { most: 1 } } },
  {
    role: 'supervisor',
    asks: 'line_manager',
    acts: {
      refund: { most: 25_000, perCustomer: 50_000 },
      goodwill: { most: 7500 },
      discount: { most: 10_000 },
      replacement: { most: 5 },
      policy_exception: { most: 10_000 },
      closing_complaint: { most: 1 },
    },
  },
  {
    role: 'line_manager',
    asks: null,
    acts: {
      refund: { most: null },
      goodwill: { most: null },
      discount: { most: null },
      replacement: { most: null },
      policy_exception: { most: null },
      closing_complaint: { most: null },
    },
  },
]

/** @param left acts that are not limited yet */
const makeLimits = async (kernel: Kernel, at: Date, left: readonly string[]): Promise<void> => {
  const roles = await kernel.read(system, allRoles)
  const idOf = (key: string | null) => roles.find(role => role.key === key)?.id ?? null
  for (const { role, asks, acts } of limits.toReversed()) {
    const rows = Object.entries(acts)
      .filter(([act]) => !left.includes(act))
      .map(([act, { most, perCustomer = null, perShift = null }]) => ({
        act: act as Act,
        currency: act === 'replacement' || act === 'closing_complaint' ? null : 'GBP',
        most,
        perCustomer,
        perShift,
        referTo: idOf(asks),
      }))
    const input = { kind: 'role' as const, id: idOf(role) ?? 0, limits: rows }
    await kernel.work(system, work => setLimits(work, input), 'sample', at)
  }
}

/** An open case of somebody's teams that nobody was asked about yet. */
const caseOf = (kernel: Kernel, cast: Cast, who: StaffKey): Promise<number | undefined> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{ id: number }>`select c.id from cases c
      where c.team_id = any(${[...cast.actor(who).teams]}::bigint[]) and not c.confidential and not c.internal and c.merged_into is null
      and c.kind in ('return', 'complaint', 'fault', 'delivery_problem', 'order_problem', 'enquiry')
      and c.status in ('open', 'waiting_customer', 'waiting_other')
      and not exists (select 1 from conversations v where v.case_id = c.id and v.kind = 'internal')
      order by c.assignee_id = ${cast.staffId(who)} desc nulls last, c.last_at desc limit 1`.execute(db)
    return rows[0]?.id
  })

type Told = { kernel: Kernel; cast: Cast; now: Date }
const money = { currency: 'GBP', exception: false, exceptionReason: '', policy: '' }

const earlier = ({ now }: Told, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

/** What was given within limits in the last days. */
const given = [
  { who: 'priya', act: 'refund', amount: 3490, reason: 'Kettle leaks at the base, batch 2231', minutes: 1800 },
  { who: 'tom', act: 'goodwill', amount: 1000, reason: 'Came twice because we mislaid the order', minutes: 1560 },
  { who: 'grace', act: 'discount', amount: 1500, reason: 'Delivered three days late', minutes: 360 },
] as const

const giving = (told: Told): Moment[] =>
  given.map(({ who, minutes, ...form }) => ({
    at: earlier(told, minutes),
    happens: async () => {
      const { kernel, cast } = told
      const id = await caseOf(kernel, cast, who)
      const wish = { ...money, ...form, id: id ?? 0 }
      if (id) await kernel.work(cast.actor(who), work => give(work, wish), 'sample', earlier(told, minutes))
    },
  }))

type Asked = { who: StaffKey; minutes: number; answered?: { by: StaffKey; minutes: number; reason: string } } & Omit<
  Parameters<typeof refer>[1],
  'id' | 'how' | 'said' | 'tellCustomer'
> & { how?: 'by_phone'; said?: string }

/** What waits on the desk, and what was decided there. */
const asked: Asked[] = [
  {
    who: 'tom',
    minutes: 95,
    reason: 'outside_authority',
    toKind: 'decider',
    question: 'Second repair failed. May I refund in full?',
    form: { ...money, act: 'refund', amount: 8000, reason: 'Second repair failed' },
    answered: {
      by: 'owen',
      minutes: 80,
      reason: 'Two repairs are enough. Refund it, and keep the lamp for the supplier.',
    },
  },
  {
    who: 'priya',
    minutes: 50,
    reason: 'outside_authority',
    toKind: 'decider',
    question: 'Bought 45 days ago, we take back within 30. She was in hospital. May I?',
    form: {
      ...money,
      act: 'refund',
      amount: 11_900,
      reason: 'Unused, in its box, with the receipt',
      exception: true,
      exceptionReason: 'Customer was in hospital when the 30 days ended',
      policy: 'Returns within 30 days',
    },
  },
  {
    who: 'grace',
    minutes: 35,
    reason: 'outside_authority',
    toKind: 'decider',
    question: 'Parcel lost twice. I would like to give more than I may.',
    form: { ...money, act: 'goodwill', amount: 3000, reason: 'Parcel lost twice' },
  },
  {
    who: 'tom',
    minutes: 20,
    reason: 'seeking_advice',
    toKind: 'manager',
    how: 'by_phone',
    question: 'He asks for a written statement on the batch. Who writes that?',
    said: 'You said on the phone that you ask the buyer first.',
  },
]

const referring = (told: Told): Moment[] =>
  asked.flatMap(({ who, minutes, answered, ...what }) => {
    const { kernel, cast } = told
    let referralId = 0
    const asks = async () => {
      const id = await caseOf(kernel, cast, who)
      const input = { how: 'by_message' as const, said: '', tellCustomer: '', ...what, id: id ?? 0 }
      if (!id) return
      const made = await kernel.work(cast.actor(who), work => refer(work, input), 'sample', earlier(told, minutes))
      referralId = made.id
    }
    if (!answered) return [{ at: earlier(told, minutes), happens: asks }]
    const { by, reason } = answered
    const at = earlier(told, answered.minutes)
    const approves = async () => {
      const verdict = { id: referralId, answer: 'approve' as const, reason }
      if (referralId) await kernel.work(cast.actor(by), work => answer(work, verdict), 'sample', at)
    }
    return [
      { at: earlier(told, minutes), happens: asks },
      { at, happens: approves },
    ]
  })

/** What was given and referred in the last days, to be told with the stories of the cases. */
export const authorityUsed = (kernel: Kernel, cast: Cast, now: Date): Moment[] => {
  const told = { kernel, cast, now }
  return [...giving(told), ...referring(told)]
}

/**
 * Line managers, and how far everybody decides alone.
 * @param when while history is told complaints are closed by all; the limit for that comes afterwards
 */
export const makeAuthority = async (
  kernel: Kernel,
  cast: Cast,
  founded: Date,
  when: 'before history' | 'whole',
): Promise<void> => {
  if (when === 'whole') return makeLimits(kernel, founded, [])
  for (const [who, manager] of managers) {
    const change = { id: cast.staffId(who), managerId: cast.staffId(manager) }
    await kernel.work(system, work => changeStaff(work, change), 'sample', founded)
  }
  await makeLimits(kernel, founded, ['closing_complaint'])
}
