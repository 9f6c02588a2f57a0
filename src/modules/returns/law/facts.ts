import { lastDay } from '../../../platform/calendar/index.ts'

export const channels = ['in_store', 'distance', 'off_premises'] as const
export const kinds = ['goods', 'service', 'digital'] as const
export const reasons = [
  'faulty',
  'not_as_described',
  'wrong_item',
  'missing',
  'damaged_in_transit',
  'recall',
  'own_requirement',
  'installation',
  'late',
  'change_of_mind',
  'gift',
] as const
export const proofs = ['receipt', 'order', 'card', 'serial', 'loyalty', 'none'] as const

/** What was tried before; a service done again is a repair. `failed`: it did not put things right, or was never done. */
export type Attempt = { kind: 'repair' | 'replacement'; askedOn: string; backOn: string | null; failed: boolean }

/** What the law asks about a sale. Dates are days such as `2026-03-01`; null is what has not happened or is not known. */
export type Facts = {
  /** ISO 3166: GB-EAW, GB-SCT, GB-NIR, or a country such as DE. */
  jurisdiction: string
  channel: (typeof channels)[number]
  kind: (typeof kinds)[number]
  reason: (typeof reasons)[number]
  contractOn: string | null
  /** When it became the customer's; null is on delivery. */
  ownedOn: string | null
  /** The first delivery. Of a service, the day it was done. */
  deliveredOn: string | null
  /** The last part of the order; null where it came at once. */
  lastDeliveredOn: string | null
  /** The seller was to install it or make it ready: then nothing counts before `installedOn`. */
  toBeInstalled?: boolean
  installedOn: string | null
  /** When the customer said that they cancel. */
  toldOn?: string | null
  /** When the seller agreed that money is due. */
  agreedOn: string | null
  /** When the goods were back, or the earlier day on which the customer showed that they were sent. */
  goodsBackOn: string | null
  /** By when goods of this kind can be expected to have perished. */
  perishesOn?: string | null
  /** When the fault showed itself; without it, today. */
  faultOn?: string | null
  /** When the customer was told of the right to cancel: null is never; left out, in time. */
  informationGivenOn?: string | null
  earlier: readonly Attempt[]
  /** What else is true, in the words of the pack's `traits`. */
  traits: readonly string[]
  proof: (typeof proofs)[number]
}

const days = ['contract', 'owned', 'delivered', 'last_delivered', 'supplied', 'told', 'agreed', 'goods_back'] as const
type Known = (typeof days)[number]
/** What a term is counted from: a day, or the day after it where a statute begins with that one. */
export type Anchor = Known | `day_after_${Known}`
export const anchors: readonly Anchor[] = [...days, ...days.map(one => `day_after_${one}` as const)]

/** The latest of the days that are known. */
export const latest = (dates: readonly (string | null)[]): string | null =>
  dates.reduce((late, one) => (one !== null && (late === null || one > late) ? one : late), null)

/** When delivery, ownership and what was to be installed have all happened. */
function suppliedOn({ ownedOn, deliveredOn, lastDeliveredOn, toBeInstalled, installedOn }: Facts): string | null {
  if (deliveredOn === null || (toBeInstalled && installedOn === null)) return null
  return latest([ownedOn, deliveredOn, lastDeliveredOn, installedOn])
}

const reading: Record<Known, { of: (facts: Facts) => string | null; words: string }> = {
  contract: { of: facts => facts.contractOn, words: 'the day of the contract' },
  owned: { of: facts => facts.ownedOn ?? facts.deliveredOn, words: 'the day it became the customer’s' },
  delivered: { of: facts => facts.deliveredOn, words: 'the day of the first delivery' },
  last_delivered: { of: facts => latest([facts.deliveredOn, facts.lastDeliveredOn]), words: 'the day of delivery' },
  supplied: { of: suppliedOn, words: 'the day it was delivered, owned and ready for use' },
  told: { of: facts => facts.toldOn ?? null, words: 'the day the customer said that they cancel' },
  agreed: { of: facts => facts.agreedOn, words: 'the day it was agreed that money is due' },
  goods_back: { of: facts => facts.goodsBackOn, words: 'the day the goods were back, or shown to be on their way' },
}

const isAfter = (anchor: Anchor): anchor is `day_after_${Known}` => anchor.startsWith('day_after_')
const knownOf = (anchor: Anchor): Known => (isAfter(anchor) ? (anchor.slice(10) as Known) : anchor)

const dayAfter = (date: string) => lastDay({ n: 1, unit: 'day', begins: 'next_day' }, date, [])

/** The day an anchor stands for, or null while it is not known. */
export function anchorDay(anchor: Anchor, facts: Facts): string | null {
  const day = reading[knownOf(anchor)].of(facts)
  return day !== null && isAfter(anchor) ? dayAfter(day) : day
}

export const anchorWords = (anchor: Anchor): string =>
  `${isAfter(anchor) ? 'the day after ' : ''}${reading[knownOf(anchor)].words}`
