import type { UseFormReturnType } from '@mantine/form'
import type { Input } from '../../../shared/contract.ts'
import { digitsOf, minorOf } from '../../../shared/money.ts'
import type { ChosenPerson } from '../../people/ui/index.ts'
import type { Channel, purchases, Tender } from '../contract.ts'

/** An amount as it is typed: "2." is on its way to something, and no number yet. */
export type Amount = number | string

/** With all the digits of its currency: 32.9 is "32.90". */
export const inFull = (amount: number, currency: string): Amount => amount.toFixed(digitsOf(currency))

/** A line while it is filled in; amounts in the usual unit. */
export type Row = {
  key: number
  productId: number | null
  sku: string
  name: string
  /** What one of it costs by the catalogue: the price follows the quantity until somebody types another. */
  each: number | null
  quantity: number | ''
  paid: Amount
  serial: string
}

export type Sale = {
  number: string
  lines: Row[]
  tender: Tender | ''
  discount: Amount
  carriage: Amount
  whom: ChosenPerson | null
  channel: Channel
  giftNumber: string
  placeId: string
  boughtAt: string
}
export type SaleForm = UseFormReturnType<Sale>

let made = 0
export const blankRow = (): Row => ({
  key: ++made,
  productId: null,
  sku: '',
  name: '',
  each: null,
  quantity: 1,
  paid: '',
  serial: '',
})

export const firstSale = (): Sale => ({
  number: '',
  lines: [blankRow()],
  tender: 'cash',
  discount: '',
  carriage: '',
  whom: null,
  channel: 'in_store',
  giftNumber: '',
  placeId: '',
  boughtAt: '',
})

export const isBlank = ({ name, paid, serial }: Row): boolean => name.trim() === '' && paid === '' && serial === ''

/** What is to be paid in all, in minor units. */
export const totalOf = ({ lines, discount, carriage }: Sale, currency: string): number => {
  const minor = (amount: Amount) => minorOf(Number(amount), currency)
  return lines.reduce((sum, line) => sum + minor(line.paid), 0) - minor(discount) + minor(carriage)
}

const lineOf = ({ productId, sku, name, quantity, paid, serial }: Row, currency: string) => ({
  productId,
  sku,
  name: name.trim(),
  quantity: Number(quantity),
  paidMinor: minorOf(Number(paid), currency),
  serial: serial.trim(),
})

const buyerOf = ({ whom }: Sale) => {
  if (!whom) return {}
  return 'personId' in whom.requester ? { personId: whom.requester.personId } : { customer: whom.requester }
}

/** What is sent. How it was paid is left out where it is not known, or nothing was to be paid. */
export const inputOf = (sale: Sale, currency: string): Input<typeof purchases.record> => {
  const total = totalOf(sale, currency)
  return {
    number: sale.number.trim(),
    giftNumber: sale.giftNumber.trim() || null,
    channel: sale.channel,
    placeId: sale.placeId ? Number(sale.placeId) : null,
    currency,
    ...(sale.boughtAt ? { boughtAt: new Date(sale.boughtAt).toISOString() } : {}),
    ...buyerOf(sale),
    carriageMinor: minorOf(Number(sale.carriage), currency),
    discountMinor: minorOf(Number(sale.discount), currency),
    lines: sale.lines.map(line => lineOf(line, currency)),
    payments: sale.tender && total > 0 ? [{ tender: sale.tender, amountMinor: total }] : [],
  }
}
