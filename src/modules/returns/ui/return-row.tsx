import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Return } from '../contract.ts'
import { ReturnState } from './state-labels.tsx'

const open = new Set(['expected', 'in_transit', 'received', 'inspecting'])

/** A return in a list: what came back first, then whose, when, and where its case is. */
export const ReturnRow = ({ one }: { one: Return }) => {
  const t = useSay()
  const { id, caseId, person, madeAt, lines, totalMinor, currency, state } = one
  const goods = [...new Set(lines.map(line => line.goods).filter(where => open.has(where)))]
  return (
    <li className="rp-return-row">
      <Link to={`/returns/${id}`} className="rp-row-link">
        <span className="rp-grow">
          <span className="rp-return-things">
            {lines.map(line => (line.quantity > 1 ? `${line.quantity} × ${line.name}` : line.name)).join(', ')}
          </span>
          <span className="rp-dim rp-small rp-return-about">
            {[
              person?.name ?? t('returns.nobody'),
              ...new Set(lines.map(line => t(`returns.outcome.${line.outcome}`))),
              ...goods.map(where => t(`returns.goods.${where}`)),
            ].join(' · ')}
            {' · '}
            <TimeAgo at={madeAt} />
          </span>
        </span>
        <span className="rp-return-end">
          <ReturnState state={state} />
          <span className="rp-return-total">{totalMinor > 0 ? money(totalMinor, currency) : '–'}</span>
        </span>
      </Link>
      <Link to={`/cases/${caseId}`} className="rp-return-case-link" aria-label={t('returns.case', { id: caseId })}>
        #{caseId}
      </Link>
    </li>
  )
}
