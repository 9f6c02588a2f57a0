import type { Purchase, PurchaseLine } from '../../purchases/contract.ts'
import type { Coming, Proof, Reason } from '../contract.ts'

export type FoundBy = 'receipt' | 'gift_receipt' | 'serial' | 'card'

/** What stands on the counter: a purchase that was found, or a thing that nothing shows to have been bought. */
export type Brought = { purchase: Purchase; by: FoundBy; code: string } | { purchase: null; by: 'hand'; code: '' }

export type Attempt = Coming['earlier'][number]

/** What is known of what comes back, before anything is decided. */
export type Facts = {
  /** How many of each line that was picked. */
  picked: Record<number, number>
  name: string
  quantity: number
  reason: Reason | null
  /** As it looks; until somebody says so, as it usually does for the reason. */
  condition: Coming['condition'] | null
  proof: Proof
  traits: string[]
  earlier: Attempt[]
}

/** How many of a line are not back yet. What was never delivered can come back only as missing or late. */
export const leftOf = (line: PurchaseLine, reason: Reason | null): number =>
  (reason === 'missing' || reason === 'late' ? line.quantity : line.delivered) - line.returned

/** Whether a line can still be picked, for whatever reason. */
export const canCome = (line: PurchaseLine): boolean => line.quantity > line.returned

const proofBy: Record<Brought['by'], Proof> = {
  receipt: 'receipt',
  gift_receipt: 'receipt',
  serial: 'serial',
  card: 'loyalty',
  hand: 'none',
}

const pickedAtFirst = ({ purchase, by, code }: Brought): Record<number, number> => {
  if (!purchase) return {}
  const all = purchase.lines.filter(canCome)
  const scanned = by === 'serial' ? all.filter(line => line.serial.toUpperCase() === code.toUpperCase()) : []
  const sure = scanned.length === 1 ? scanned : all.length === 1 ? all : []
  return Object.fromEntries(sure.map(line => [line.id, 1]))
}

/** What can be said of it already by the way it was found. */
export const factsAtFirst = (brought: Brought): Facts => ({
  picked: pickedAtFirst(brought),
  name: '',
  quantity: 1,
  reason: brought.by === 'gift_receipt' ? 'gift' : null,
  condition: null,
  proof: proofBy[brought.by],
  traits: [],
  earlier: [],
})

/** What is only no longer wanted has seldom been used; what is wrong with something shows in use. */
export const conditionOf = ({ condition, reason }: Facts): Coming['condition'] =>
  condition ?? (reason === 'change_of_mind' || reason === 'gift' ? 'unused' : 'used')

/** The lines to ask about; none while something is missing. */
export const comingOf = (facts: Facts, { purchase }: Brought): Coming[] => {
  const { picked, name, quantity, reason, proof, traits } = facts
  if (reason === null) return []
  const earlier = facts.earlier.filter(one => one.askedOn !== '')
  const shared = { reason, condition: conditionOf(facts), proof, traits, earlier }
  if (!purchase) return name.trim() === '' ? [] : [{ ...shared, lineId: null, name: name.trim(), quantity }]
  return purchase.lines
    .filter(line => (picked[line.id] ?? 0) > 0)
    .map(line => ({ ...shared, lineId: line.id, name: '', quantity: picked[line.id] ?? 1 }))
}
