import type { ReactNode } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Assessment } from '../contract.ts'
import { onPlainDay } from './days.ts'

type One = Assessment['rights'][number]

/** Until when, who shows what was wrong, and who pays for sending it back: what is asked across a counter. */
const useTerms = ({ lastDay, proves, presumedThrough, carriage, needsProof }: One): string[] => {
  const t = useSay()
  return [
    lastDay ? t('returns.until', { day: onPlainDay(lastDay) }) : t('returns.noEnd'),
    ...(proves === 'nobody' ? [] : [t(`returns.proves.${proves}`)]),
    ...(presumedThrough && proves === 'trader' ? [t('returns.presumed', { day: onPlainDay(presumedThrough) })] : []),
    t(`returns.carriage.${carriage}`),
    ...(needsProof ? [t('returns.needsProof')] : []),
  ]
}

/** A right that the customer has now, with what can be asked for by it. */
export const Right = ({ right, children }: { right: One; children: ReactNode }) => {
  const t = useSay()
  const terms = useTerms(right)
  return (
    <div className="rp-return-right">
      <p className="rp-return-right-title">
        <strong>{right.title}</strong>
        <span className="rp-dim rp-small">{right.citation}</span>
      </p>
      {children}
      <ul className="rp-return-terms">
        {terms.map(term => (
          <li key={term}>{term}</li>
        ))}
      </ul>
      {right.why.length > 0 && (
        <details className="rp-return-because">
          <summary>{t('returns.because')}</summary>
          <ul>
            {right.why.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** What cannot be had, each with its reason: said to the customer in these words. */
export const NotGiven = ({ assessment }: { assessment: Assessment }) => {
  const t = useSay()
  const ended = assessment.rights.filter(right => right.ended)
  const all = [
    ...ended.map(({ title, citation, lastDay }) => ({
      title,
      citation,
      why: lastDay ? t('returns.ended', { day: onPlainDay(lastDay) }) : '',
    })),
    ...assessment.refused,
    ...assessment.houseRefused.map(({ name, why }) => ({ title: name, citation: t('returns.basis.house'), why })),
  ]
  if (all.length === 0) return null
  return (
    <section className="rp-return-refused">
      <h3>{t('returns.refused')}</h3>
      <ul>
        {all.map(({ title, citation, why }) => (
          <li key={title + why}>
            <strong>{title}</strong> <span className="rp-dim rp-small">{citation}</span>
            {/* Days stand in the server's sentences as they are kept. */}
            <p>{why.replace(/\b\d{4}-\d\d-\d\d\b/g, onPlainDay)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
