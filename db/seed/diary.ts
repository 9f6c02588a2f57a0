import { sql } from 'kysely'
import { addResource, addType, book } from '../../src/modules/diary/index.ts'
import { nextOpening } from '../../src/platform/calendar/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Work } from '../../src/platform/work.ts'
import type { Cast } from './cast.ts'
import { type TeamKey, teams } from './teams.ts'

type Bookable = { key: string; kind: 'person' | 'room' | 'thing'; name?: string; buffer?: number }

const bookables: Bookable[] = [
  { key: 'priya', kind: 'person' },
  { key: 'ruth', kind: 'person' },
  { key: 'room', kind: 'room', name: 'Consulting room 2', buffer: 5 },
  { key: 'van', kind: 'thing', name: 'Delivery van', buffer: 30 },
]

type Kind = {
  name: string
  description: string
  kind: 'appointment' | 'visit' | 'call_back'
  minutes: number
  place: string
  team: TeamKey
  with: string[]
  open: boolean
}

const kinds: Kind[] = [
  {
    name: 'Advice at the counter',
    description: 'Bring what it is about, and any receipt you have.',
    kind: 'appointment',
    minutes: 30,
    place: 'Harbour Home, counter',
    team: 'counter',
    with: ['priya', 'ruth'],
    open: true,
  },
  {
    name: 'Call me back',
    description: 'Somebody rings you at the number we have for you.',
    kind: 'call_back',
    minutes: 15,
    place: '',
    team: 'counter',
    with: ['priya'],
    open: true,
  },
  {
    name: 'Blood pressure check',
    description: 'Ten quiet minutes. Please do not run up the stairs.',
    kind: 'appointment',
    minutes: 15,
    place: 'Harbour Surgery, consulting room 2',
    team: 'surgery',
    with: ['room'],
    open: true,
  },
  {
    name: 'Delivery and fitting',
    description: '',
    kind: 'visit',
    minutes: 60,
    place: 'At the customer’s',
    team: 'deliveries',
    with: ['van'],
    open: false,
  },
]

type Booked = { team: TeamKey; kind: number; daysAhead: number; hour: number }

const booked: Booked[] = [
  { team: 'counter', kind: 0, daysAhead: 1, hour: 1 },
  { team: 'counter', kind: 1, daysAhead: 1, hour: 3 },
  { team: 'surgery', kind: 2, daysAhead: 2, hour: 2 },
  { team: 'deliveries', kind: 3, daysAhead: 1, hour: 4 },
  { team: 'counter', kind: 0, daysAhead: 3, hour: 2 },
]

const openCasesOf = (kernel: Kernel, teamId: number): Promise<number[]> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{
      id: number
    }>`select id from cases where team_id = ${teamId} and merged_into is null and not confidential
      and status in ('open', 'waiting_customer', 'waiting_other') order by last_at desc limit 5`.execute(db)
    return rows.map(row => row.id)
  })

/** Made-up people are not written to. */
const withoutMail = (work: Work): Work => ({
  ...work,
  enqueue: job => (job.name.startsWith('diary:') ? undefined : work.enqueue(job)),
})

/** Who and what can be booked, what customers may book themselves, and the appointments of the next days. */
export const makeDiary = async (kernel: Kernel, cast: Cast, now: Date): Promise<void> => {
  const ids = new Map<string, number>()
  for (const { key, kind, name, buffer = 0 } of bookables) {
    const staffId = kind === 'person' ? cast.staffId(key) : null
    const made = await kernel.work(
      system,
      work => addResource(work, { name, kind, staffId, calendarId: null, bufferMinutes: buffer }),
      'sample',
      now,
    )
    ids.set(key, made.id)
  }
  const resourcesOf = (kind: Kind) => kind.with.map(key => ids.get(key) ?? 0)
  for (const kind of kinds) {
    const { name, description, minutes, place } = kind
    const given = {
      name,
      description,
      kind: kind.kind,
      minutes,
      place,
      teamId: cast.teamId(kind.team),
      resourceIds: resourcesOf(kind),
      public: kind.open,
      noticeMinutes: 120,
      horizonDays: 30,
    }
    await kernel.work(system, work => addType(work, given), 'sample', now)
  }
  for (const [index, one] of booked.entries()) {
    const kind = kinds[one.kind] as Kind
    const cases = await openCasesOf(kernel, cast.teamId(one.team))
    const caseId = cases[index % Math.max(1, cases.length)]
    if (caseId === undefined) continue
    const opening = nextOpening(teams[one.team].calendar.hours, new Date(now.getTime() + one.daysAhead * 86_400_000))
    const at = new Date(Math.ceil((opening.getTime() + one.hour * 3_600_000) / 1_800_000) * 1_800_000)
    const given = {
      caseId,
      kind: kind.kind,
      title: kind.name,
      place: kind.place,
      note: '',
      startsAt: at.toISOString(),
      minutes: kind.minutes,
      resourceIds: resourcesOf(kind).slice(0, 1),
      outsideHours: true,
    }
    await kernel.work(system, work => book(withoutMail(work), given), 'sample', now)
  }
}
