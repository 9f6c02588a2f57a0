import { readFileSync } from 'node:fs'
import type { recordPurchase } from '../../src/modules/purchases/index.ts'

export type Sale = Parameters<typeof recordPurchase>[1]
type Line = Sale['lines'][number]
type Channel = Sale['channel']
export type Payment = Sale['payments'][number]

/** What is on the shelves, by its number. */
export type Shelf = ReadonlyMap<string, { number: string; name: string; price: number }>

/** A purchase before it is known when it is told of: `came` is how many days ago its parts were there. */
export type Bought = {
  sale: Omit<Sale, 'boughtAt' | 'personId' | 'placeId'>
  person: string | null
  daysAgo: number
  came: { daysAgo: number; units: number } | null
}

const vatParts = 6

/** A line with all its defaults; British value added tax is a sixth of what is paid. */
export const lineOf = (part: Partial<Line> & { paidMinor: number }): Line => ({
  productId: null,
  sku: '',
  name: '',
  kind: 'goods',
  traits: [],
  serial: '',
  quantity: 1,
  taxMinor: Math.round(part.paidMinor / vatParts),
  discountMinor: 0,
  dispatchedAt: null,
  deliveredAt: null,
  replacesId: null,
  ...part,
})

/** What is to be paid for a sale in all, in pence. */
export const totalOf = ({ lines, carriageMinor, carriageExtraMinor, discountMinor }: Bought['sale']): number =>
  lines.reduce((sum, line) => sum + line.paidMinor, carriageMinor + carriageExtraMinor - discountMinor)

/** A sale with nothing but what is said of it. */
export const saleOf = (number: string, channel: Channel, lines: Line[]): Bought['sale'] => ({
  number,
  giftNumber: null,
  source: channel === 'distance' ? 'webshop' : 'till',
  externalId: number,
  channel,
  customer: null,
  country: channel === 'distance' ? 'GB' : null,
  carriageMinor: 0,
  carriageExtraMinor: 0,
  discountMinor: 0,
  lines,
  payments: [],
})

const toldLine = (text: string, shelf: Shelf): Line => {
  const [, what = '', rest = ''] = /^(.*?)((?: (?:x\d+|@\d+|sn=\S+))*)$/.exec(text.trim()) ?? []
  const quantity = Number(/ x(\d+)/.exec(rest)?.[1] ?? 1)
  const product = shelf.get(what)
  const each = Number(/@(\d+)/.exec(rest)?.[1] ?? product?.price ?? 0)
  const named = product ? { sku: product.number, name: product.name } : { name: what }
  return lineOf({ ...named, quantity, paidMinor: each * quantity, serial: /sn=(\S+)/.exec(rest)?.[1] ?? '' })
}

/** `card`, or `voucher 5000 card`: the last way takes what is left. */
export const paymentsOf = (text: string, total: number): Payment[] => {
  let left = total
  return [...text.matchAll(/([a-z_]+)(?: (\d+))?/g)].map(([, tender = '', amount]) => {
    const amountMinor = amount ? Math.min(Number(amount), left) : left
    left -= amountMinor
    return { tender: tender as Payment['tender'], amountMinor, reference: '' }
  })
}

const cameOf = (text: string, all: number): Bought['came'] => {
  if (text === '-') return null
  const part = /^(\d+) of \d+: (\d+)$/.exec(text)
  return part ? { daysAgo: Number(part[2]), units: Number(part[1]) } : { daysAgo: Number(text), units: all }
}

/** Purchases that stories speak of, from the file beside this one. */
export const toldPurchases = (shelf: Shelf): Bought[] =>
  readFileSync(new URL('./purchases.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [number = '', person = '', days = '', channel = '', what = '', paid = '', came = ''] = line
        .split('|')
        .map(part => part.trim())
      const lines = what.split(' ; ').map(text => toldLine(text, shelf))
      const sale = saleOf(number, channel as Channel, lines)
      if (channel === 'distance' && totalOf(sale) < 5000) sale.carriageMinor = 395
      const units = lines.reduce((sum, one) => sum + one.quantity, 0)
      return {
        sale: { ...sale, payments: paymentsOf(paid, totalOf(sale)) },
        person,
        daysAgo: Number(days),
        came: cameOf(came, units),
      }
    })
