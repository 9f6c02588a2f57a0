import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { en } from './ui/en.ts'

/** What the events call the parts of a product, and how screens do. */
const parts: Record<string, keyof typeof en> = {
  family_id: 'product.family',
  kind: 'product.kind',
  name: 'product.name',
  number: 'product.number',
  barcode: 'product.barcode',
  description: 'product.description',
  attributes: 'product.features',
  quality: 'product.quality',
  price_minor: 'product.price',
  currency: 'product.currency',
  packaging: 'product.packaging',
  guarantee: 'product.guarantee',
  warnings: 'product.warnings',
  safety: 'product.safety',
  url: 'product.url',
  discontinued_at: 'product.discontinued',
  faults: 'product.faults',
  press: 'product.press',
  alternatives: 'product.alternatives',
}

const named = ({ data }: { data: Record<string, unknown> }) => ({ name: asText(data.name) })

export const sentences: Sentences = {
  'family.added': named,
  'family.changed': named,
  'place.added': named,
  'place.changed': named,
  'place.ended': named,
  'product.added': named,
  'product.changed': ({ data }) => ({
    name: asText(data.name),
    fields: (data.fields as string[]).map(field => ({ key: parts[field] ?? field })),
  }),
  'product.stock_said': ({ data }) => ({
    name: asText(data.name),
    place: asText(data.place),
    state: { key: data.state ? `stock.${asText(data.state)}` : 'stock.unknown' },
  }),
  'product.available': ({ data }) => ({ name: asText(data.name), place: asText(data.place) }),
  'product.picture_added': named,
  'catalogue.imported': ({ data }) => ({ added: Number(data.added), changed: Number(data.changed) }),
  'catalogue.stock_imported': ({ data }) => ({ count: Number(data.count) }),
}
