import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { exactly, onClock, onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { Purchase } from '../contract.ts'

const Who = ({ person }: { person: Purchase['person'] }) => {
  const t = useSay()
  const may = useMay()
  if (!person) return <span className="rp-dim">{t('purchases.nobody')}</span>
  return may('person.read') ? <Link to={`/people/${person.id}`}>{person.name}</Link> : person.name
}

/** About the sale as a whole: whose it is, when, how and where. */
export const PurchaseFacts = ({ purchase, gift }: { purchase: Purchase; gift: boolean }) => {
  const t = useSay()
  const may = useMay()
  const { person, boughtAt, channel, place, giftNumber, source, externalId, number, importId } = purchase
  const told = externalId && externalId !== number ? [source, externalId] : [source]
  const facts: [string, ReactNode][] = [
    [t('purchases.who'), !gift && <Who key="who" person={person} />],
    [
      t('purchases.when'),
      <time key="when" dateTime={boughtAt} title={exactly(boughtAt)}>
        {onDay(boughtAt)}, {onClock(boughtAt)}
      </time>,
    ],
    [t('purchases.channel'), t(`purchases.channel.${channel}`)],
    [t('purchases.place'), place?.name],
    [t('purchases.giftNumber'), giftNumber],
    [t('purchases.system'), told.filter(Boolean).join(' · ')],
    [
      t('purchases.fromImport'),
      importId && may('purchase.import') && (
        <Link key="file" to={`/purchases/import/${importId}`}>
          {t('purchases.fromImportSee')}
        </Link>
      ),
    ],
  ]
  return (
    <dl className="rp-facts rp-facts-wide">
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
