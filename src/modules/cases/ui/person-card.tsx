import { IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Reach } from '../../../ui/kit/reach.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { ApproachTimes, ApproachWarning } from '../../people/ui/index.ts'
import type { PersonCard as Card, Case } from '../contract.ts'

type Props = { person: Card; kase: Case }

/** What to know before answering comes first and stands out; it is never folded away. */
export const BeforeYouAnswer = ({
  person,
}: {
  person: Pick<Card, 'adjustments' | 'needs' | 'expectations' | 'vulnerable'>
}) => {
  const t = useSay()
  const facts = [
    { label: t('person.adjustments'), text: person.adjustments },
    { label: t('person.needs'), text: person.needs },
    { label: t('person.expectations'), text: person.expectations },
  ].filter(fact => fact.text.trim() !== '')
  if (facts.length === 0 && !person.vulnerable) return null
  return (
    <Notice tone="care">
      <p className="rp-care-title">{t('person.before')}</p>
      {person.vulnerable && <p>{t('case.vulnerable')}</p>}
      {facts.map(fact => (
        <p key={fact.label}>
          <strong>{fact.label}:</strong> {fact.text}
        </p>
      ))}
    </Notice>
  )
}

const Identities = ({ person }: { person: Card }) => {
  const t = useSay()
  return (
    <ul className="rp-identities">
      {person.identities.map(identity => (
        <li key={identity.kind + identity.value}>
          <span className="rp-dim">{t(`identity.${identity.kind}`)}</span>
          <span className="rp-identity-value">
            <Reach kind={identity.kind} value={identity.value} />
          </span>
          {identity.verified && !identity.undeliverable && (
            <span title={t('identity.verified')} className="rp-verified">
              <IconCircleCheckFilled size={14} aria-hidden />
              <span className="rp-hidden">{t('identity.verified')}</span>
            </span>
          )}
          {identity.undeliverable && (
            <span title={t('identity.undeliverable')} className="rp-undeliverable">
              <IconAlertTriangle size={14} aria-hidden />
              <span className="rp-hidden">{t('identity.undeliverable')}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

const OtherCases = ({ person }: { person: Card }) => {
  const t = useSay()
  if (person.otherCases.length === 0) return null
  return (
    <section>
      <h3>{t('person.otherCases')}</h3>
      <ul className="rp-other-cases">
        {person.otherCases.map(other => (
          <li key={other.id}>
            <Link to={`/cases/${other.id}`} className="rp-truncate">
              {other.subject}
            </Link>
            <span className="rp-dim rp-small">
              <StatusBadge status={other.status} /> <TimeAgo at={other.lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who is at the other end. */
export const PersonCard = ({ person, kase }: Props) => {
  const t = useSay()
  const may = useMay()
  const [more, setMore] = useState(false)
  const facts: [string, string][] = [
    ...(person.typeName ? [[t('person.type'), person.typeName] as [string, string]] : []),
    ...(person.language
      ? [[t('person.language'), sayOr(`language.${person.language}`, person.language)] as [string, string]]
      : []),
    ...(person.preferredChannel
      ? [
          [t('person.preferred'), sayOr(`channel.${person.preferredChannel}`, person.preferredChannel)] as [
            string,
            string,
          ],
        ]
      : []),
    ...(person.groups.length > 0 ? [[t('person.groups'), person.groups.join(', ')] as [string, string]] : []),
  ]
  const others = kase.conversations.flatMap(talk => talk.participants).filter(part => part.personId !== person.id)
  return (
    <div className="rp-person-card">
      <div className="rp-person-top">
        <Avatar name={person.name} size={36} />
        <div className="rp-grow">
          {may('person.read') ? (
            <Link to={`/people/${person.id}`} className="rp-person-name">
              {person.name}
            </Link>
          ) : (
            <span className="rp-person-name">{person.name}</span>
          )}
          <div className="rp-dim rp-small">{t(person.internal ? 'person.internal' : 'person.external')}</div>
        </div>
      </div>
      <BeforeYouAnswer person={person} />
      <button type="button" className="rp-person-toggle" aria-expanded={more} onClick={() => setMore(!more)}>
        {t(more ? 'person.less' : 'person.more')}
      </button>
      <div className="rp-person-rest" data-more={more || undefined}>
        <Suspense fallback={null}>
          {person.identities.some(one => one.kind === 'phone') && <ApproachWarning person={person} />}
        </Suspense>
        <Identities person={person} />
        {facts.length > 0 && (
          <dl className="rp-facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {person.approach.length > 0 && (
          <Suspense fallback={null}>
            <ApproachTimes approach={person.approach} />
          </Suspense>
        )}
        {others.length > 0 && (
          <section>
            <h3>{t('person.alsoHere')}</h3>
            <p className="rp-small">{[...new Set(others.map(part => part.name))].join(', ')}</p>
          </section>
        )}
        <OtherCases person={person} />
      </div>
    </div>
  )
}
