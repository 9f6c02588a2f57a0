import { IconCheck, IconX } from '@tabler/icons-react'
import type { Output } from '../../../shared/contract.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { type Say, useSay } from '../../../ui/language/index.ts'
import type { Found, matching } from '../contract.ts'
import { useFeature } from './facts.tsx'
import { priceOf } from './price.ts'
import { ProductRow } from './product-row.tsx'

type Reason = Found['reasons'][number]
type Feature = ReturnType<typeof useFeature>

const attributeWords = (reason: Reason, t: Say, feature: Feature): string => {
  const { attribute, want, has } = reason
  if (!attribute || !want) return ''
  if (has === null) return t('match.unsaid', { label: attribute.label })
  const value = feature(attribute, has)
  if (reason.fits) return t('match.has', { label: attribute.label, value })
  const wanted = `${want.op === 'is' ? '' : `${t(`match.op.${want.op}`)} `}${feature(attribute, want.value)}`
  return t('match.hasWanted', { label: attribute.label, value, wanted })
}

const placeWords = ({ fits, words }: Reason, t: Say): string => {
  if (fits) return t('alternative.here')
  return words.length > 0 ? t('match.notHereBut', { places: words.join(', ') }) : t('match.notHere')
}

const wordsFor = (reason: Reason, found: Found, t: Say, feature: Feature): string => {
  if (reason.kind === 'attribute') return attributeWords(reason, t, feature)
  if (reason.kind === 'place') return placeWords(reason, t)
  if (reason.kind === 'words')
    return t(reason.fits ? 'match.wordsFound' : 'match.wordsMissing', { words: reason.words.join(', ') })
  if (found.product.priceMinor === null) return t('match.priceUnknown')
  return t(reason.fits ? 'match.priceWithin' : 'match.priceOver', { price: priceOf(found.product) })
}

const Reasons = ({ found }: { found: Found }) => {
  const t = useSay()
  const feature = useFeature()
  return (
    <ul className="rp-reasons rp-small">
      {found.reasons.map(reason => {
        const words = wordsFor(reason, found, t, feature)
        return (
          <li key={words} data-fits={reason.fits}>
            {reason.fits ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
            <span>
              <span className="rp-hidden">{t(reason.fits ? 'match.why' : 'match.doesNot')}: </span>
              {words}
              {!reason.fits && reason.must && reason.kind === 'attribute' && ` (${t('match.must').toLowerCase()})`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What was found, the best first, each with why it fits and what does not. */
export const MatchFound = ({ found }: { found: Output<typeof matching.match> }) => {
  const t = useSay()
  if (found.items.length === 0) return <EmptyState title={t('match.none')} text={t('match.noneText')} />
  return (
    <>
      <p className="rp-dim" role="status" style={{ margin: 0 }}>
        {t('match.considered', { count: found.considered })}
      </p>
      <ul className="rp-list">
        {found.items.map(one => (
          <li key={one.product.id}>
            <ProductRow product={one.product}>
              <span className="rp-where" style={{ marginTop: 4 }}>
                <Label tone={one.fits ? 'good' : 'plain'}>{t(one.fits ? 'match.fits' : 'match.fitsPartly')}</Label>
                <span className="rp-small rp-dim">{t('match.share', { percent: Math.round(one.score * 100) })}</span>
              </span>
              <Reasons found={one} />
            </ProductRow>
          </li>
        ))}
      </ul>
    </>
  )
}
