import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useRef } from 'react'
import { call, useCall } from '../../../ui/call.ts'
import { useMay } from '../../../ui/me.ts'
import { catalogue, matching, type ProductLine } from '../../catalogue/contract.ts'
import type { Row } from './sale-form.ts'

/** Products of the catalogue for what is typed into a line that has none yet. */
export const useFound = ({ name, productId }: Row) => {
  const typed = productId === null ? name.trim() : ''
  const [q] = useDebouncedValue(typed, 150)
  const may = useMay()('catalogue.read')
  const found = useCall(
    catalogue.list,
    { q, limit: 7 },
    { enabled: may && q.length > 1, placeholderData: keepPreviousData },
  )
  // A list that belongs to what was typed before is none.
  const settled = q === typed && !found.isFetching
  return { typed, may, settled, items: q.length > 1 && typed !== '' ? (found.data?.items ?? []) : [] }
}

/**
 * What Enter takes where it comes before the list: the product that has exactly this number, else the first that fits,
 * else one's own words. Digits that nothing has are no name: they stay, to be looked at.
 */
export const useCode = (typed: string) => {
  const now = useRef(typed)
  now.current = typed
  return async (code: string): Promise<{ product: ProductLine | null; scanned: boolean } | null> => {
    const exact = await call(matching.byNumber, { code }).catch(() => null)
    const isName = /\p{L}/u.test(code)
    const first = exact || !isName ? null : (await call(catalogue.list, { q: code, limit: 1 })).items[0]
    // By the time the answer is there, more may have been typed.
    if (now.current !== code || !(exact || isName)) return null
    return { product: exact ?? first ?? null, scanned: exact !== null }
  }
}
