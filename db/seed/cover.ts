import { sql } from 'kysely'
import { addAbsence } from '../../src/modules/cover/index.ts'
import { saveDeliveries } from '../../src/modules/deliveries/index.ts'
import type { OfferField } from '../../src/modules/offers/contract.ts'
import { addOffer, ask } from '../../src/modules/offers/index.ts'
import { changePerson } from '../../src/modules/people/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Approach } from '../../src/shared/approach.ts'
import type { Cast } from './cast.ts'
import type { StaffKey } from './staff.ts'
import type { TeamKey } from './teams.ts'

type Seeding = { kernel: Kernel; cast: Cast; now: Date }

const hourMs = 3_600_000
const inHours = (now: Date, hours: number): string => new Date(now.getTime() + hours * hourMs).toISOString()

/** One is ill since this morning and nobody has taken on yet what they hold; another has planned a week off. */
const makeAbsences = async ({ kernel, cast, now }: Seeding): Promise<void> => {
  const away = (by: StaffKey, given: Parameters<typeof addAbsence>[1]) =>
    kernel.work(cast.actor(by), work => addAbsence(work, given), 'sample', now)
  const ill = { staffId: cast.staffId('daniel'), kind: 'sick', coverId: null, note: 'Rang at seven.' } as const
  await away('nadia', { ...ill, startsAt: inHours(now, -2), endsAt: null })
  const holiday = { kind: 'planned', coverId: cast.staffId('priya'), note: '' } as const
  await away('tom', { ...holiday, startsAt: inHours(now, 24 * 9), endsAt: inHours(now, 24 * 16) })
}

type Sample = {
  team: TeamKey
  name: string
  description: string
  minutes: number
  approval: boolean
  fields: OfferField[]
}

const field = (key: string, label: string, more: Partial<OfferField> = {}): OfferField => ({
  key,
  label,
  type: 'text',
  choices: [],
  required: true,
  ...more,
})

const offered: Sample[] = [
  {
    team: 'desk',
    name: 'New equipment',
    description: 'Laptops, screens, telephones, headsets.',
    minutes: 2400,
    approval: true,
    fields: [
      field('what', 'What do you need', { type: 'choice', choices: ['Laptop', 'Screen', 'Telephone', 'Headset'] }),
      field('from_day', 'From which day', { type: 'date', required: false }),
      field('why', 'What for'),
    ],
  },
  {
    team: 'desk',
    name: 'Something is broken',
    description: 'Printers, doors, lights, screens.',
    minutes: 480,
    approval: false,
    fields: [
      field('room', 'Where is it'),
      field('safe', 'Can it wait until tomorrow', { type: 'flag', required: false }),
    ],
  },
  {
    team: 'college',
    name: 'Leave and hours',
    description: 'How much leave is left, and what counts.',
    minutes: 960,
    approval: false,
    fields: [field('year', 'For which year', { type: 'number' })],
  },
  {
    team: 'counter',
    name: 'Figures from the till',
    description: 'Sales by product or day, for whoever plans with them.',
    minutes: 1440,
    approval: false,
    fields: [field('first', 'From', { type: 'date' }), field('last', 'To', { type: 'date' })],
  },
]

type Asked = { by: StaffKey; name: string; answers: Record<string, string | number | boolean>; note: string }

const requests: Asked[] = [
  {
    by: 'ellie',
    name: 'Something is broken',
    answers: { room: 'Consulting room 2', safe: true },
    note: 'The blind is stuck.',
  },
  { by: 'catrin', name: 'New equipment', answers: { what: 'Headset', why: 'The old one hums.' }, note: '' },
  { by: 'grace', name: 'Leave and hours', answers: { year: 2026 }, note: 'I had nine days left in June.' },
]

const makeOffers = async ({ kernel, cast, now }: Seeding): Promise<void> => {
  const ids = new Map<string, number>()
  for (const { team, minutes, approval, ...offer } of offered) {
    const given = { ...offer, teamId: cast.teamId(team), targetMinutes: minutes, needsApproval: approval }
    const made = await kernel.work(cast.actor('ruth'), work => addOffer(work, given), 'sample', now)
    ids.set(offer.name, made.id)
  }
  for (const { by, name, answers, note } of requests)
    await kernel.work(cast.actor(by), work => ask(work, { id: ids.get(name) ?? 0, answers, note }), 'sample', now)
}

/** What was delivered in the last weeks, most of it in time, and what is on its way. */
const makeDeliveries = async ({ kernel, cast, now }: Seeding): Promise<void> => {
  const things = ['Wardrobe', 'Desk lamp', 'Dining table', 'Four chairs', 'Bookcase', 'Rug']
  const items = Array.from({ length: 18 }, (_, i) => {
    const ordered = -24 * (20 - i)
    const promised = ordered + 72
    const came = promised + (i % 5 === 0 ? 7 : -(3 + ((i * 5) % 20)))
    return {
      externalId: `HH-D-${3100 + i}`,
      reference: `Order ${48_200 + i}`,
      what: things[i % things.length] as string,
      caseId: null,
      orderedAt: inHours(now, ordered),
      promisedAt: inHours(now, promised),
      deliveredAt: came < 0 ? inHours(now, came) : null,
    }
  })
  await kernel.work(cast.actor('grace'), work => saveDeliveries(work, { mode: 'all', items }), 'sample', now)
}

const times: Approach[][] = [
  [
    { kind: 'avoid', days: 'weekdays', from: '22:00', to: '14:00' },
    { kind: 'prefer', days: 'weekdays', from: '15:00', to: '18:00' },
  ],
  [{ kind: 'avoid', days: 'every_day', from: '12:00', to: '13:30' }],
]

/** Two customers have said when they like to be called: one works nights, one rests after lunch. */
const sayWhenToApproach = async ({ kernel, now }: Seeding): Promise<void> => {
  const people = await kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{
      id: number
    }>`select p.id from people p where p.staff_id is null and p.merged_into is null
      and exists (select 1 from identities i where i.person_id = p.id and i.kind = 'phone') order by p.id limit 2`.execute(
      db,
    )
    return rows
  })
  for (const [i, { id }] of people.entries())
    await kernel.work(system, work => changePerson(work, { id, approach: times[i] ?? [] }), 'sample', now)
}

/** Who is away, what departments offer each other, what is delivered, and when customers like to be approached. */
export const makeCover = async (kernel: Kernel, cast: Cast, now: Date): Promise<void> => {
  const seeding = { kernel, cast, now }
  await makeAbsences(seeding)
  await makeOffers(seeding)
  await makeDeliveries(seeding)
  await sayWhenToApproach(seeding)
}
