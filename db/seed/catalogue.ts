import { readFileSync } from 'node:fs'
import {
  type Attribute,
  addFamily,
  addPlace,
  addProduct,
  changeProduct,
  type StockState,
  setAvailability,
} from '../../src/modules/catalogue/index.ts'
import { bring, changeDemand, noteDemand, review, tellWhenBack } from '../../src/modules/demand/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Work } from '../../src/platform/work.ts'
import type { Cast } from './cast.ts'

const dayMs = 86_400_000
const number = (key: string, label: string, unit: string): Attribute => ({
  key,
  label,
  type: 'number',
  unit,
  choices: [],
})
const flag = (key: string, label: string): Attribute => ({ key, label, type: 'flag', unit: '', choices: [] })
const choice = (key: string, label: string, ...choices: string[]): Attribute => ({
  key,
  label,
  type: 'choice',
  unit: '',
  choices,
})

/** Families, what each declares, and who buys or plans for it. */
const families: { name: string; attributes: Attribute[]; by: string; kind: 'product' | 'service' }[] = [
  {
    name: 'Kettles',
    attributes: [
      number('volume', 'Volume', 'l'),
      choice('colour', 'Colour', 'red', 'steel', 'black', 'white'),
      flag('cordless', 'Cordless'),
    ],
    by: 'marcus',
    kind: 'product',
  },
  {
    name: 'Lamps',
    attributes: [
      number('watt', 'Power', 'W'),
      flag('dimmable', 'Dimmable'),
      choice('light', 'Light', 'warm', 'neutral', 'cold'),
    ],
    by: 'marcus',
    kind: 'product',
  },
  {
    name: 'Pans',
    attributes: [
      number('diameter', 'Diameter', 'cm'),
      choice('coating', 'Coating', 'ceramic', 'none'),
      flag('induction', 'For induction'),
    ],
    by: 'helen',
    kind: 'product',
  },
  {
    name: 'Small appliances',
    attributes: [number('power', 'Power', 'W'), number('programmes', 'Programmes', '')],
    by: 'helen',
    kind: 'product',
  },
  {
    name: 'Surgery services',
    attributes: [number('minutes', 'Takes', 'min'), flag('fasting', 'Come fasting')],
    by: 'nadia',
    kind: 'service',
  },
  {
    name: 'Courses and colleague services',
    attributes: [number('hours', 'Hours', 'h'), number('level', 'Level', '')],
    by: 'margaret',
    kind: 'service',
  },
]

const places = [
  { name: 'Harbour Home, Quayside', address: '1 Quayside' },
  { name: 'Harbour Home, High Street', address: '48 High Street' },
  { name: 'Harbour College', address: 'College Lane' },
]

/** What more is known of some of them. */
const known: Record<string, Parameters<typeof changeProduct>[1] extends infer C ? Omit<C & object, 'id'> : never> = {
  'KE-101': {
    description: 'Boils a litre in two and a half minutes. Limescale filter, lid opens at a touch.',
    warnings: 'Hot steam when the lid opens. Keep the lead out of the reach of children.',
    safety: 'Never fill above the mark. Unplug before cleaning. Not under running water.',
    guarantee: 'Two years',
    packaging: 'Cardboard box, no plastic',
    faults: [
      {
        text: 'Batch 2231: the lid does not close',
        since: '2026-09-14',
        workaround: 'Exchange at once, no receipt needed',
        fixedOn: null,
      },
      { text: 'Scale shows 0.2 l too much', since: '2026-03-01', workaround: '', fixedOn: '2026-06-01' },
    ],
    press: [
      {
        source: 'Kitchen Letter',
        publishedOn: '2026-08-20',
        quote: 'Quick, quiet and easy to fill.',
        url: 'https://kitchenletter.example/kettles',
      },
    ],
  },
  'LA-205': { guarantee: 'Five years', warnings: 'Heavy foot: two people to carry it.' },
  'TO-404': {
    guarantee: 'Five years',
    press: [{ source: 'Bakers’ Post', publishedOn: '2026-05-11', quote: 'Kneads what others only stir.', url: '' }],
  },
}

type Line = {
  number: string
  name: string
  family: string
  price: number | null
  features: Record<string, string | number | boolean>
  stock: string[]
  quality: string
}

const featureOf = (text: string): string | number | boolean =>
  text === 'yes' ? true : text === 'no' ? false : /^[\d.]+$/.test(text) ? Number(text) : text

const lines = (): Line[] =>
  readFileSync(new URL('./products.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [code = '', name = '', family = '', price = '', features = '', stock = '', quality = ''] = line
        .split('|')
        .map(part => part.trim())
      return {
        number: code,
        name,
        family,
        price: price === '-' ? null : Number(price),
        features: Object.fromEntries(
          features.split(' ').map(pair => [pair.split('=')[0] ?? '', featureOf(pair.split('=')[1] ?? '')]),
        ),
        stock: stock.split(' '),
        quality: quality === '-' ? '' : quality,
      }
    })

const day = (at: Date): string => at.toISOString().slice(0, 10)

type Made = { ids: Map<string, number>; placeIds: number[] }

const makeProducts = async (work: Work, cast: Cast): Promise<Made> => {
  const placeIds: number[] = []
  for (const place of places) placeIds.push((await addPlace(work, place)).id)
  const familyIds = new Map<string, number>()
  for (const { name, attributes, by } of families)
    familyIds.set(name, (await addFamily(work, { name, attributes, staffId: cast.staffId(by) })).id)
  const ids = new Map<string, number>()
  for (const line of lines()) {
    const kind = families.find(one => one.name === line.family)?.kind ?? 'product'
    const about = {
      kind,
      name: line.name,
      number: line.number,
      familyId: familyIds.get(line.family) ?? null,
      quality: line.quality,
    }
    const made = await addProduct(work, { ...about, attributes: line.features, priceMinor: line.price })
    ids.set(line.number, made.id)
  }
  for (const [code, more] of Object.entries(known)) await changeProduct(work, { id: ids.get(code) ?? 0, ...more })
  return { ids, placeIds }
}

const makeStock = async (work: Work, { ids, placeIds }: Made): Promise<void> => {
  for (const { number: code, stock } of lines())
    for (const [index, state] of stock.entries()) {
      if (state === '-') continue
      const expectedOn = state === 'out' ? day(new Date(work.now.getTime() + 12 * dayMs)) : null
      await setAvailability(work, {
        id: ids.get(code) ?? 0,
        placeId: placeIds[index] ?? 0,
        state: state as StockState,
        expectedOn,
      })
    }
}

type Wish = {
  daysAgo: number
  code: string
  by: string
  words?: string
  instead?: string
  outcome?: 'open' | 'declined' | 'left'
  answer?: string
}

const wishes: Wish[] = [
  {
    daysAgo: 24,
    code: 'KE-101',
    by: 'priya',
    words: 'Wants the red one for her daughter’s kitchen',
    instead: 'KE-102',
    answer: 'Steel goes with everything',
  },
  { daysAgo: 19, code: 'KE-101', by: 'tom', outcome: 'left', words: 'Third time this week it is not there' },
  { daysAgo: 16, code: 'LA-205', by: 'priya', outcome: 'declined', answer: 'Nothing else reaches over the table' },
  { daysAgo: 12, code: 'KE-130', by: 'tom', outcome: 'left' },
  { daysAgo: 9, code: 'TO-405', by: 'priya', instead: 'TO-401', answer: 'A toaster will do for breakfast' },
  { daysAgo: 8, code: 'KE-101', by: 'priya', instead: 'KE-103' },
  { daysAgo: 6, code: 'PA-302', by: 'tom', instead: 'PA-303', answer: 'Cast iron keeps longer' },
  { daysAgo: 5, code: 'CO-605', by: 'catrin', outcome: 'declined', words: 'Needs to start before Christmas' },
  { daysAgo: 3, code: 'KE-140', by: 'tom', outcome: 'left', words: 'Had one for ten years and loved it' },
  { daysAgo: 2, code: 'LA-202', by: 'priya' },
]

const noteWish = async (
  work: Work,
  { ids, placeIds }: Made,
  { code, words = '', instead, outcome = 'open', answer = '' }: Wish,
) => {
  const product = {
    productId: ids.get(code) ?? 0,
    placeId: code.startsWith('CO') ? (placeIds[2] ?? null) : (placeIds[0] ?? null),
  }
  const noted = await noteDemand(work, { ...product, caseId: null, personId: null, quantity: 1, words, outcome })
  if (instead) await changeDemand(work, { id: noted.id, acceptedId: ids.get(instead) ?? 0, answer })
  else if (answer) await changeDemand(work, { id: noted.id, answer })
  return noted.id
}

/** What is offered and where, and what customers of the last weeks asked for in vain. */
export const makeCatalogue = async (kernel: Kernel, cast: Cast, now: Date, founded: Date): Promise<void> => {
  const made = await kernel.work(system, work => makeProducts(work, cast), 'sample', founded)
  await kernel.work(system, work => makeStock(work, made), 'sample', now)
  let last = 0
  for (const wish of wishes) {
    const at = new Date(now.getTime() - wish.daysAgo * dayMs)
    last = await kernel.work(cast.actor(wish.by), work => noteWish(work, made, wish), 'sample', at)
  }
  const [quayside = 0, highStreet = 0] = made.placeIds
  const asked = { id: last, fromPlaceId: highStreet, toPlaceId: quayside, note: 'Customer comes on Saturday' }
  await kernel.work(cast.actor('priya'), work => bring(work, asked), 'sample', now)
  const done = { id: made.ids.get('KE-130') ?? 0, outcome: 'ordered', words: '30 more, due in a fortnight' }
  await kernel.work(cast.actor('helen'), work => review(work, done), 'sample', now)
  await kernel.work(cast.actor('priya'), work => waitFor(work, made), 'sample', now)
}

/** Somebody with an open case at the counter waits to be told when the red kettle is back. */
const waitFor = async (work: Work, { ids, placeIds }: Made): Promise<void> => {
  const kase = await work.tx
    .selectFrom('cases')
    .select('id')
    .where('status', '=', 'open')
    .where('confidential', '=', false)
    .where('merged_into', 'is', null)
    .where('channel', '=', 'email')
    .where('team_id', 'in', [...work.actor.teams])
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!kase) return
  const wish = {
    productId: ids.get('KE-101') ?? 0,
    placeId: placeIds[0] ?? null,
    caseId: kase.id,
    personId: null,
    quantity: 1,
    words: '',
    outcome: 'open',
  }
  const { id } = await noteDemand(work, wish)
  await tellWhenBack(work, { id })
}
