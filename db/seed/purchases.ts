import { deliverPurchase, recordPurchase } from '../../src/modules/purchases/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { type Actor, system } from '../../src/platform/permissions/actor.ts'
import type { Work } from '../../src/platform/work.ts'
import type { Cast } from './cast.ts'
import { type Chance, chanceFrom, oneOf } from './chance.ts'
import type { Person } from './people.ts'
import { type Bought, lineOf, paymentsOf, type Shelf, saleOf, toldPurchases, totalOf } from './purchases-told.ts'

const dayMs = 86_400_000
const hourMs = dayMs / 24
/** With those of the stories, some sixty. */
const others = 44
const oldestDays = 300
/** So many orders are taken in a day, and the last of them. */
const [ordersADay, lastOrder] = [17, 48_690]

const shelfOf = (kernel: Kernel): Promise<Shelf> =>
  kernel.read(system, async ({ db }) => {
    const rows = await db
      .selectFrom('products')
      .select(['number', 'name', 'price_minor as price'])
      .where('kind', '=', 'product')
      .where('price_minor', 'is not', null)
      .orderBy('number')
      .execute()
    return new Map(rows.map(row => [row.number, { ...row, price: row.price ?? 0 }]))
  })

const linesBy = (chance: Chance, shelf: Shelf) => {
  const products = [...shelf.values()]
  const chosen = new Set(
    Array.from({ length: chance() < 0.55 ? 1 : chance() < 0.7 ? 2 : 3 }, () => oneOf(chance, products)),
  )
  return [...chosen].map(({ number, name, price }) => {
    const quantity = chance() < 0.85 ? 1 : 2
    const serial =
      /^(TO|KE)/.test(number) && chance() < 0.5 ? `${number.slice(0, 2)}${Math.floor(chance() * 9e5 + 1e5)}` : ''
    return lineOf({ sku: number, name, quantity, paidMinor: price * quantity, serial })
  })
}

const inShop = ['cash', 'card', 'card', 'card', 'voucher 1500 card', 'store_credit 1000 cash']
const fromAfar = ['online', 'online', 'online', 'card', 'bank_transfer']

/** A sale of an ordinary day: who came, what they took and how they paid is left to chance. */
const anySale = (chance: Chance, shelf: Shelf, people: readonly Person[]): Bought => {
  const daysAgo = 2 + chance() * (oldestDays - 2)
  const drawn = chance()
  const channel = drawn < 0.55 ? 'in_store' : drawn < 0.93 ? 'distance' : 'off_premises'
  const till = `Q${Math.floor(chance() * 3) + 1}-${10_000 + Math.floor((oldestDays - daysAgo) * 21)}`
  const number = channel === 'distance' ? `HH-${lastOrder - Math.round(daysAgo * ordersADay)}` : till
  const sale = saleOf(number, channel, linesBy(chance, shelf))
  if (channel === 'distance' && totalOf(sale) < 5000) sale.carriageMinor = 395
  if (channel === 'distance' && chance() < 0.2) sale.carriageExtraMinor = 400
  if (chance() < 0.15) sale.discountMinor = Math.round(totalOf(sale) / 10)
  if (channel === 'in_store' && chance() < 0.25) sale.giftNumber = `G-${number}`
  const payments = paymentsOf(oneOf(chance, channel === 'distance' ? fromAfar : inShop), totalOf(sale))
  const units = sale.lines.reduce((sum, line) => sum + line.quantity, 0)
  const came = channel === 'distance' ? Math.max(1, daysAgo - 2 - chance() * 3) : daysAgo
  const known = channel !== 'in_store' || chance() < 0.6
  return {
    sale: { ...sale, payments: payments.filter(one => one.amountMinor > 0) },
    person: known ? oneOf(chance, people).key : null,
    daysAgo,
    came: { daysAgo: came, units },
  }
}

type Register = {
  kernel: Kernel
  cast: Cast
  people: ReadonlyMap<string, Person>
  places: readonly number[]
  now: Date
  founded: Date
}

/** In the hours in which a shop is open, whatever the hour at which the sample is loaded. */
const openAt = (now: Date, daysAgo: number, chance: Chance): Date => {
  const midnight = new Date(now.getTime() - Math.max(1, daysAgo) * dayMs)
  midnight.setUTCHours(9, 0, 0, 0)
  return new Date(midnight.getTime() + Math.floor(chance() * 8 * 60) * (hourMs / 60))
}

const deliver = (work: Work, id: number, lines: readonly { id: number; quantity: number }[], units: number) => {
  let left = units
  const there = lines.map(line => {
    const delivered = Math.min(left, line.quantity)
    left -= delivered
    return { id: line.id, delivered }
  })
  return deliverPurchase(work, { id, lines: there })
}

/** Tells of a purchase when it happened; of what was sold before there was anybody to tell it to, on the first day. */
const tell = async (register: Register, bought: Bought, chance: Chance): Promise<void> => {
  const { kernel, cast, people, places, now, founded } = register
  const { sale, daysAgo, came } = bought
  const boughtAt = openAt(now, daysAgo, chance)
  const first = boughtAt < founded
  const by: Actor = first ? system : cast.actor(sale.channel === 'distance' ? 'grace' : oneOf(chance, ['priya', 'tom']))
  const at = first ? founded : boughtAt
  const cameAt = came && openAt(now, came.daysAgo, chance)
  // What had come by the time it is told of is told with it.
  const there = sale.channel !== 'in_store' && cameAt !== null && cameAt <= at
  const deliveredAt = there ? cameAt.toISOString() : null
  const told = {
    ...sale,
    lines: sale.lines.map(line => ({ ...line, deliveredAt })),
    boughtAt: boughtAt.toISOString(),
    personId: bought.person ? (people.get(bought.person)?.id ?? null) : null,
    placeId: sale.channel === 'in_store' ? oneOf(chance, places) : null,
  }
  const made = await kernel.work(by, work => recordPurchase(work, told), 'sample', at)
  if (sale.channel === 'in_store' || there || !came || !cameAt) return
  await kernel.work(by, work => deliver(work, made.id, made.lines, came.units), 'sample', cameAt)
}

/** What customers of the sample bought in the last ten months, with the orders that its stories speak of. */
export const makePurchases = async (
  kernel: Kernel,
  cast: Cast,
  people: ReadonlyMap<string, Person>,
  now: Date,
  founded: Date,
): Promise<void> => {
  const shelf = await shelfOf(kernel)
  const places = await kernel.read(system, ({ db }) =>
    db.selectFrom('places').select('id').where('name', 'like', '%Home%').orderBy('id').execute(),
  )
  const buyers = [...people.values()].filter(one => one.type === 'consumer' || one.type === 'business')
  const chance = chanceFrom(20_261_123)
  const all = [
    ...toldPurchases(shelf),
    ...Array.from({ length: others }, () => anySale(chance, shelf, buyers)),
  ].toSorted((a, b) => b.daysAgo - a.daysAgo)
  const register = { kernel, cast, people, places: places.map(one => one.id), now, founded }
  for (const bought of all) await tell(register, bought, chance)
}
