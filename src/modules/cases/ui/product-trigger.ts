import { call } from '../../../ui/call.ts'
import { catalogue, type ProductLine } from '../../catalogue/contract.ts'
import { priceOf } from '../../catalogue/ui/index.ts'
import type { Mode } from './composing.ts'
import type { Offer, Trigger } from './suggesting.ts'

const most = 6

/** What is written: the name and its price; the page customers can open, or the one for colleagues. */
const textOf = async (product: ProductLine, mode: Mode): Promise<string> => {
  const page =
    mode === 'reply'
      ? (await call(catalogue.get, { id: product.id })).url
      : `${location.origin}/catalogue/${product.id}`
  return [product.name, ...(product.priceMinor === null ? [] : [priceOf(product)]), ...(page ? [page] : [])].join(', ')
}

const offerOf = (product: ProductLine, mode: Mode): Offer => ({
  key: `p${product.id}`,
  label: product.name,
  detail: [product.number, priceOf(product)].join(' · '),
  insert: (editor, range) => {
    editor.chain().focus().deleteRange(range).run()
    void textOf(product, mode)
      .catch(() => product.name)
      .then(text =>
        editor
          .chain()
          .focus()
          .insertContent({ type: 'text', text: `${text} ` })
          .run(),
      )
  },
})

/** `$` finds products by name, number or barcode. An amount such as `$20` is left alone. */
export const productTrigger = (mode: Mode): Trigger => ({
  name: 'product',
  char: '$',
  withSpaces: true,
  find: async query => {
    const q = query.trim()
    if (q === '' || /^[\d.,\s]+$/.test(q)) return []
    const { items } = await call(catalogue.list, { q, limit: most }).catch(() => ({ items: [] }))
    return items.map(product => offerOf(product, mode))
  },
})
