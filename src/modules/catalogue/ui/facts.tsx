import type { ReactNode } from 'react'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Attribute, AttributeValue, Fault, Press, Product } from '../contract.ts'

/** A feature's value in words, with its unit. */
export const useFeature = () => {
  const t = useSay()
  return (attribute: Pick<Attribute, 'unit'>, value: AttributeValue): string => {
    if (typeof value === 'boolean') return t(value ? 'words.yes' : 'words.no')
    const said = typeof value === 'number' ? new Intl.NumberFormat(navigator.language).format(value) : value
    return attribute.unit ? `${said} ${attribute.unit}` : said
  }
}

/** What can be said in a line each: features first, then the rest. */
export const Facts = ({ product }: { product: Product }) => {
  const t = useSay()
  const feature = useFeature()
  const facts: [string, ReactNode][] = [
    ...product.declared.flatMap((attribute): [string, ReactNode][] => {
      const value = product.attributes[attribute.key]
      return value === undefined ? [] : [[attribute.label, feature(attribute, value)]]
    }),
    [t('product.quality'), product.quality],
    [t('product.packaging'), product.packaging],
    [t('product.guarantee'), product.guarantee],
    [t('product.barcode'), product.barcode],
    [
      t('product.url'),
      product.url && (
        <a key="url" href={product.url} target="_blank" rel="noreferrer">
          {product.url}
        </a>
      ),
    ],
  ]
  return (
    <>
      {product.description.trim() !== '' && (
        <p className="rp-prose" style={{ marginBottom: 12 }}>
          {product.description}
        </p>
      )}
      <dl className="rp-facts rp-facts-wide">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="rp-prose" translate="no">
                  {value}
                </dd>
              </div>
            ),
        )}
      </dl>
    </>
  )
}

/** What is known to fail, what helps, and since when; what has been fixed comes last. */
export const Faults = ({ faults }: { faults: readonly Fault[] }) => {
  const t = useSay()
  return (
    <ul className="rp-list">
      {faults.map(fault => (
        <li key={fault.text + fault.since}>
          <div className="rp-grow">
            <p className="rp-prose">{fault.text}</p>
            {fault.workaround && (
              <p className="rp-prose rp-dim">{t('product.workaround', { text: fault.workaround })}</p>
            )}
            <p className="rp-dim rp-small" style={{ margin: 0 }}>
              {[
                fault.since && t('product.faultSince', { day: onDay(fault.since) }),
                fault.fixedOn && t('product.faultFixed', { day: onDay(fault.fixedOn) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

export const PressNotes = ({ press }: { press: readonly Press[] }) => (
  <ul className="rp-list">
    {press.map(note => (
      <li key={note.source + note.quote}>
        <div className="rp-grow">
          <blockquote className="rp-quote rp-prose">{note.quote}</blockquote>
          <p className="rp-dim rp-small" style={{ margin: 0 }}>
            {note.url ? (
              <a href={note.url} target="_blank" rel="noreferrer">
                {note.source}
              </a>
            ) : (
              note.source
            )}
            {note.publishedOn && ` · ${onDay(note.publishedOn)}`}
          </p>
        </div>
      </li>
    ))}
  </ul>
)
