import { readFileSync } from 'node:fs'
import { recordPurchase } from '../../src/modules/purchases/index.ts'
import { moveGoods, notePaid, publish, saveDraft, settle } from '../../src/modules/returns/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { type Actor, system } from '../../src/platform/permissions/actor.ts'
import type { Cast } from './cast.ts'
import type { Moment } from './history.ts'
import type { Person } from './people.ts'
import { lineOf, paymentsOf, saleOf } from './purchases-told.ts'
import { houseRules } from './returns-policy.ts'

const dayMs = 86_400_000
const hourMs = dayMs / 24

type Wanted = Parameters<typeof settle>[1]
type Line = Wanted['lines'][number]

const lineWith = (part: Pick<Line, 'reason' | 'outcome' | 'basis'> & Partial<Line>): Line => ({
  lineId: null,
  name: '',
  quantity: 1,
  condition: 'used',
  proof: 'receipt',
  traits: [],
  earlier: [],
  rule: '',
  note: '',
  here: true,
  ...part,
})

const wantedFor = (key: string, reason: string, line: Line): Wanted => ({
  key,
  channel: 'desk',
  caseId: null,
  personId: null,
  tender: null,
  reason,
  exceptionReason: '',
  lines: [line],
})

/** What the house offers beyond the law, in force since it opened. */
export const makeReturnPolicy = async (kernel: Kernel, cast: Cast, founded: Date): Promise<void> => {
  const note = 'The first written version, agreed with the counter.'
  await kernel.work(cast.actor('helen'), work => saveDraft(work, { rules: houseRules, note }), 'sample', founded)
  await kernel.work(cast.actor('helen'), work => publish(work), 'sample', founded)
}

type Told = {
  at: Date
  by: Actor
  personId: number | null
  name: string
  pence: number
  tender: string
  boughtBefore: number
  line: Pick<Line, 'reason' | 'condition' | 'outcome' | 'basis'>
  said: string
  goods: readonly string[]
  paidAfter: number | null
}

type Stage = { kernel: Kernel; cast: Cast; now: Date }

const toldReturns = ({ cast, now }: Stage, people: ReadonlyMap<string, Person>): Told[] =>
  readFileSync(new URL('./returns.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map((text, index) => {
      const parts = text.split('|').map(part => part.trim())
      const [days, by = '', person = '', what = '', tender = '', before, reason, condition, how = ''] = parts
      const [said = '', goods = '', paid = '-'] = parts.slice(9)
      const [, name = '', pence] = /^(.*) @(\d+)$/.exec(what) ?? []
      const [outcome, basis] = how.split(' ')
      return {
        at: new Date(now.getTime() - Number(days) * dayMs + (index % 5) * hourMs),
        by: cast.actor(by),
        personId: people.get(person)?.id ?? null,
        name,
        pence: Number(pence),
        tender,
        boughtBefore: Number(before),
        line: { reason, condition, outcome, basis } as Told['line'],
        said,
        goods: goods.split(' ').filter(Boolean),
        paidAfter: paid === '-' ? null : Number(paid),
      }
    })

/** Records what was bought, some time before, as the till would have told of it. */
const bought = async ({ kernel }: Stage, told: Told, index: number): Promise<number> => {
  const sale = saleOf(`Q4-${20_417 + index * 38}`, 'in_store', [lineOf({ name: told.name, paidMinor: told.pence })])
  const boughtAt = new Date(told.at.getTime() - told.boughtBefore * dayMs)
  const input = {
    ...sale,
    boughtAt: boughtAt.toISOString(),
    personId: told.personId,
    placeId: null,
    payments: paymentsOf(told.tender, told.pence),
  }
  const made = await kernel.work(system, work => recordPurchase(work, input), 'sample', told.at)
  return made.lines[0]?.id ?? 0
}

/** Goods are looked at within the hour, and money that is not cash is paid some days later. */
const momentsOf = (stage: Stage, told: Told, index: number): Moment[] => {
  const { kernel, now } = stage
  let made: Awaited<ReturnType<typeof settle>> | null = null
  const begins = async () => {
    const isKnown = told.tender !== '-'
    const lineId = isKnown ? await bought(stage, told, index) : null
    const unknown = { name: told.name, amountMinor: told.pence, proof: 'none' as const }
    const line = lineWith({ ...told.line, ...(lineId === null ? unknown : { lineId }) })
    const wanted = wantedFor(`sample ${index}`, told.said, line)
    made = await kernel.work(told.by, work => settle(work, wanted), 'sample', told.at)
  }
  const moves = told.goods.map((to, step) => {
    const at = new Date(told.at.getTime() + (step + 1) * 20 * 60_000)
    const happens = async () => {
      const [line] = made?.lines ?? []
      if (!made || !line) return
      const move = { id: made.id, lineId: line.id, to: to as typeof line.goods, note: '' }
      await kernel.work(told.by, work => moveGoods(work, move), 'sample', at)
    }
    return { at, happens }
  })
  const paidAt = new Date(told.at.getTime() + (told.paidAfter ?? 0) * dayMs + 2 * hourMs)
  const pays = async () => {
    for (const { id, state } of made?.refunds ?? [])
      if (state === 'to_pay')
        await kernel.work(
          stage.cast.actor('owen'),
          work => notePaid(work, { id, reference: `Batch ${401 + index * 3}` }),
          'sample',
          paidAt,
        )
  }
  const paid = told.paidAfter === null || paidAt > now ? [] : [{ at: paidAt, happens: pays }]
  return [{ at: told.at, happens: begins }, ...moves, ...paid]
}

/** Returns of the last two months, to be told with the stories of the cases. */
export const returnsSettled = (
  kernel: Kernel,
  cast: Cast,
  people: ReadonlyMap<string, Person>,
  now: Date,
): Moment[] => {
  const stage = { kernel, cast, now }
  return toldReturns(stage, people).flatMap((told, index) => momentsOf(stage, told, index))
}

/** What came to the desk today, by the number of its purchase. */
const today = [
  {
    number: 'HH-48655',
    by: 'tom',
    reason: 'change_of_mind',
    condition: 'unused',
    outcome: 'refund',
    basis: 'house',
    said: 'It does not match the room. Never switched on.',
  },
  {
    number: 'HH-48290',
    by: 'grace',
    reason: 'damaged_in_transit',
    condition: 'damaged',
    outcome: 'refund',
    basis: 'law',
    quantity: 24,
    said: 'Half the crate of cups is broken. Photographs are on their way.',
  },
  {
    number: 'HH-48462',
    by: 'priya',
    reason: 'faulty',
    condition: 'used',
    outcome: 'refund',
    basis: 'law',
    said: 'It leaks from below as soon as it is warm.',
  },
] as const

/** Nothing happens before what is told already. */
const afterAll = (kernel: Kernel, now: Date): Promise<Date> =>
  kernel.read(system, async ({ db }) => {
    const { at } = await db
      .selectFrom('events')
      .select(({ fn }) => fn.max('at').as('at'))
      .executeTakeFirstOrThrow()
    return at && at > now ? at : now
  })

/** Returns of today on purchases of the sample; the largest is beyond what an adviser decides. */
export const makeReturns = async (kernel: Kernel, cast: Cast, now: Date): Promise<void> => {
  const at = await afterAll(kernel, now)
  for (const { number, by, said, ...what } of today) {
    const [line] = await kernel.read(system, ({ db }) =>
      db
        .selectFrom('purchase_lines as l')
        .innerJoin('purchases as p', 'p.id', 'l.purchase_id')
        .select('l.id')
        .where('p.number', '=', number)
        .orderBy('l.position')
        .execute(),
    )
    if (!line) continue
    const wanted = wantedFor(
      `sample ${number}`,
      said,
      lineWith({ ...what, lineId: line.id, here: number !== 'HH-48290' }),
    )
    await kernel.work(cast.actor(by), work => settle(work, wanted), 'sample', at)
  }
}
