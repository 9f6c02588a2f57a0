import './purchases.css'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { purchases } from '../contract.ts'
import { PurchaseRow } from './purchase-row.tsx'

const few = 5

/** The last purchases of somebody, how much they bought in all, and the way to the rest. */
export const PurchasesOf = ({ personId }: { personId: number }) => {
  const t = useSay()
  const theirs = useCall(purchases.ofPerson, { id: personId, limit: few })
  const totals = (theirs.data?.totals ?? []).map(({ count, totalMinor, currency }) =>
    t('purchases.ofPersonTotal', { count, total: money(totalMinor, currency) }),
  )
  return (
    <Section title={t('purchases.ofPerson')} lead={totals.join(' · ')}>
      <RecordList
        of={{ ...theirs, items: theirs.data?.items }}
        none={<p className="rp-dim">{t('purchases.ofPersonNone')}</p>}
      >
        {row => <PurchaseRow key={row.id} row={row} nameless />}
      </RecordList>
      {theirs.data?.next && (
        <p style={{ margin: '10px 0 0' }}>
          <Link to={`/purchases?person=${personId}`}>{t('purchases.ofPersonAll')}</Link>
        </p>
      )}
    </Section>
  )
}
