import { money } from '../../../shared/money.ts'
import { onClock, onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import type { Return } from '../contract.ts'

/** What the customer takes along: only on paper, and without the buyer's name, since a gift may be brought back. */
export const Slip = ({ made }: { made: Return }) => {
  const t = useSay()
  const { name } = useMe().organisation
  const { currency, lines, refunds, id, caseId, madeAt } = made
  return (
    <div className="rp-return-slip" aria-hidden>
      <p className="rp-return-slip-name">{name}</p>
      <p>
        {t('returns.numbered', { id })} · {t('returns.case', { id: caseId })}
      </p>
      <p>
        {onDay(madeAt)}, {onClock(madeAt)}
      </p>
      <ul>
        {lines.map(line => (
          <li key={line.id}>
            <span>
              {line.quantity} × {line.name}
            </span>
            <span>
              {t(`returns.outcome.${line.outcome}`)}
              {line.amountMinor > 0 && ` ${money(line.amountMinor, currency)}`}
            </span>
            <small>{line.clause}</small>
          </li>
        ))}
      </ul>
      {refunds.map(refund => (
        <p key={refund.id}>
          {money(refund.amountMinor, currency)} · {t(`purchases.tender.${refund.tender}`)} ·{' '}
          {t(`returns.refund.${refund.state}`)}
          {refund.state === 'to_pay' && refund.payBy && ` · ${t('returns.byDay', { day: onDay(refund.payBy) })}`}
        </p>
      ))}
    </div>
  )
}
