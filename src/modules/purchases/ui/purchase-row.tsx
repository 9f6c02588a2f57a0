import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PurchaseRow as Row } from '../contract.ts'
import { StateLabel } from './state-label.tsx'

/** A purchase in a list: what it was first, then whose and when. */
export const PurchaseRow = ({ row, nameless }: { row: Row; nameless?: boolean }) => {
  const t = useSay()
  const { id, number, first, lines, person, boughtAt, totalMinor, currency, state } = row
  return (
    <li>
      <Link to={`/purchases/${id}`} className="rp-row-link">
        <span className="rp-grow">
          <span className="rp-purchase-first">{lines > 1 ? t('purchases.more', { first, n: lines - 1 }) : first}</span>
          <span className="rp-dim rp-small rp-purchase-about">
            <span className="rp-number">{number}</span>
            {!nameless && ` · ${person?.name ?? t('purchases.nobody')}`}
            {' · '}
            <TimeAgo at={boughtAt} />
          </span>
        </span>
        <span className="rp-purchase-end">
          <StateLabel state={state} />
          <span className="rp-purchase-total">{money(totalMinor, currency)}</span>
        </span>
      </Link>
    </li>
  )
}
