import { sql } from 'kysely'
import type { Catalogue } from '../../platform/conditions/index.ts'
import { channels, lineKinds } from '../purchases/contract.ts'

const choices = (values: readonly string[]) => values.map(value => ({ value, label: value.replaceAll('_', ' ') }))

/** What a rule of the house can ask. Every SQL reads `purchases` as `p`, `purchase_lines` as `l`, `products` as `d`, `people` as `w`. */
export const houseFields = {
  channel: { type: 'choice', label: 'How it was sold', sql: sql.ref('p.channel'), choices: choices(channels) },
  kind: { type: 'choice', label: 'Kind', sql: sql.ref('l.kind'), choices: choices(lineKinds) },
  name: { type: 'text', label: 'What it is', sql: sql.ref('l.name') },
  sku: { type: 'text', label: 'Product number', sql: sql.ref('l.sku') },
  product: { type: 'id', label: 'Product', sql: sql.ref('l.product_id') },
  family: { type: 'id', label: 'Product family', sql: sql.ref('d.family_id') },
  traits: { type: 'set', label: 'What is special about it', sql: sql.ref('l.traits') },
  paid: { type: 'money', label: 'Paid for it', sql: sql.ref('l.paid_minor') },
  discounted: { type: 'flag', label: 'Sold with a discount', sql: sql`l.discount_minor > 0` },
  country: { type: 'text', label: 'Country', sql: sql.ref('p.country') },
  customerType: { type: 'id', label: 'Customer type', sql: sql.ref('w.type_id') },
  boughtAt: { type: 'time', label: 'Bought', sql: sql.ref('p.bought_at') },
} satisfies Catalogue

export const houseFrom = sql`purchase_lines l join purchases p on p.id = l.purchase_id left join products d on d.id = l.product_id
  left join people o on o.id = p.person_id left join people w on w.id = coalesce(o.merged_into, o.id)`
