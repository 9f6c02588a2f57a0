import './catalogue.css'
import { Button } from '@mantine/core'
import { Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { SaidOf } from '../../demand/ui/index.ts'
import { catalogue, type Product } from '../contract.ts'
import { Facts, Faults, PressNotes } from './facts.tsx'
import { Instead } from './index.ts'
import { priceOf } from './price.ts'
import { Stock } from './stock.tsx'

/** What one must know before selling it comes first. */
const Warnings = ({ product }: { product: Product }) => {
  const t = useSay()
  if (product.warnings.trim() === '' && product.safety.trim() === '' && !product.discontinuedAt) return null
  return (
    <Notice tone="note">
      {product.discontinuedAt && <p style={{ fontWeight: 600 }}>{t('product.discontinuedText')}</p>}
      {(['warnings', 'safety'] as const).map(
        key =>
          product[key].trim() !== '' && (
            <p key={key} className="rp-prose">
              <strong>{t(`product.${key}`)}:</strong> {product[key]}
            </p>
          ),
      )}
    </Notice>
  )
}

const Pictures = ({ product }: { product: Product }) => {
  const t = useSay()
  if (product.pictures.length === 0) return null
  return (
    <div className="rp-product-pictures">
      {product.pictures.map(picture => (
        <img key={picture.id} src={picture.url} alt={picture.alt || t('product.picture', { name: product.name })} />
      ))}
    </div>
  )
}

const Shown = ({ product }: { product: Product }) => {
  const t = useSay()
  const may = useMay()
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={product.name}
        lead={
          <>
            <Label tone="plain">{t(`product.kind.${product.kind}`)}</Label>{' '}
            {[product.number, product.familyName].filter(Boolean).join(' · ')} · <strong>{priceOf(product)}</strong>
          </>
        }
      >
        {product.can.includes('edit') && (
          <Button variant="default" component={Link} to={`/catalogue/${product.id}/edit`}>
            {t('product.edit')}
          </Button>
        )}
      </PageHeader>
      <div className="rp-stack" style={{ gap: 24 }}>
        <Warnings product={product} />
        <Pictures product={product} />
        <Section title={t('product.availability')}>
          <Stock product={product} />
        </Section>
        <Section title={t('alternative.title')}>
          <Suspense fallback={<Loading rows={2} />}>
            <Instead productId={product.id} />
          </Suspense>
        </Section>
        {may('case.read') && (
          <Suspense fallback={<Loading rows={3} />}>
            <SaidOf productId={product.id} />
          </Suspense>
        )}
        <Section title={t('product.features')}>
          <Facts product={product} />
        </Section>
        {product.faults.length > 0 && (
          <Section title={t('product.faults')}>
            <Faults faults={product.faults} />
          </Section>
        )}
        {product.press.length > 0 && (
          <Section title={t('product.press')}>
            <PressNotes press={product.press} />
          </Section>
        )}
      </div>
    </div>
  )
}

/** Everything about one product or service on one page. */
export const ProductPage = () => {
  const t = useSay()
  const { id = '' } = useParams()
  const number = /^\d+$/.test(id) ? Number(id) : null
  const product = useCall(catalogue.get, { id: number ?? 0 }, { enabled: number !== null })
  if (number === null) return <NotFound />
  if (product.data) return <Shown product={product.data} />
  if (product.error)
    return (
      <>
        <PageHeader title={t('product.unavailable')} hidden />
        <EmptyState title={t('product.unavailable')} text={sentenceOf(product.error)} />
      </>
    )
  return <Loading rows={6} />
}
