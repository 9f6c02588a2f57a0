import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { returns } from '../contract.ts'
import { ReturnState } from './state-labels.tsx'

type Props = { caseId: number } | { purchaseId: number }

const Shown = ({ of }: { of: Props }) => {
  const t = useSay()
  // Somebody may have settled one since this was last looked at.
  const items = useCall(returns.list, { limit: 20, ...of }, { staleTime: 0 }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="rp-joined">
      <h3>{t('returns.beside')}</h3>
      <ul>
        {items.map(({ id, lines, totalMinor, currency, state, madeAt }) => (
          <li key={id} className="rp-small">
            <Link to={`/returns/${id}`}>{lines.map(line => line.name).join(', ')}</Link>
            {totalMinor > 0 && <span className="rp-number"> {money(totalMinor, currency)}</span>} ·{' '}
            <TimeAgo at={madeAt} /> <ReturnState state={state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What came back of a case or a purchase, beside it; nothing where nothing did. */
export const ReturnsOf = (of: Props) => (useMay()('return.handle') ? <Shown of={of} /> : null)
