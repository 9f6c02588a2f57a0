import { IconAlertTriangle, IconPackage, IconTool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Label } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { ProductLine } from '../contract.ts'
import { priceOf } from './price.ts'
import { WhereItIs } from './where.tsx'

const Thumb = ({ product }: { product: ProductLine }) =>
  product.pictureId ? (
    <img className="rp-product-thumb" src={`/api/product-pictures/${product.pictureId}`} alt="" loading="lazy" />
  ) : (
    <span className="rp-product-thumb">
      {product.kind === 'service' ? <IconTool size={20} aria-hidden /> : <IconPackage size={20} aria-hidden />}
    </span>
  )

/** A product in a list, with what one must know before offering it. */
export const ProductRow = ({ product, children }: { product: ProductLine; children?: ReactNode }) => {
  const t = useSay()
  return (
    <Link to={`/catalogue/${product.id}`} className="rp-row-link">
      <Thumb product={product} />
      <span className="rp-grow">
        <span style={{ display: 'block', fontWeight: 550 }}>{product.name}</span>
        <span className="rp-dim rp-small" style={{ display: 'block' }}>
          {[product.number, product.familyName, product.quality].filter(Boolean).join(' · ')}
        </span>
        <WhereItIs product={product} />
        {(product.hasWarnings || product.openFaults > 0) && (
          <span className="rp-where" style={{ marginTop: 2 }}>
            {product.hasWarnings && <Label tone="note">{t('product.warnings')}</Label>}
            {product.openFaults > 0 && (
              <span className="rp-small rp-dim">
                <IconAlertTriangle size={13} style={{ verticalAlign: '-2px' }} aria-hidden />{' '}
                {t('product.openFaults', { count: product.openFaults })}
              </span>
            )}
          </span>
        )}
        {children}
      </span>
      <span className="rp-product-price">{priceOf(product)}</span>
    </Link>
  )
}
