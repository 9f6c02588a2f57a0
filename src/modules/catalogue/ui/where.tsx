import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { ProductLine } from '../contract.ts'
import { StockWord } from './stock-word.tsx'

/** Where a product is, place by place, in one line. */
export const WhereItIs = ({ product }: { product: ProductLine }) => {
  const t = useSay()
  if (product.discontinuedAt) return <StockWord state="discontinued" />
  if (product.availability.length === 0) return <span className="rp-dim rp-small">{t('stock.unknown')}</span>
  return (
    <span className="rp-where">
      {product.availability.map(one => (
        <span key={one.placeId} className="rp-small">
          {one.place} <StockWord state={one.state} />
          {one.expectedOn && <span className="rp-dim"> {t('product.expected', { day: onDay(one.expectedOn) })}</span>}
        </span>
      ))}
    </span>
  )
}
