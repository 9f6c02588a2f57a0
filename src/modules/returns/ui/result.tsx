import { Button } from '@mantine/core'
import { IconCheck, IconHourglass, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useBarcode } from '../../cases/ui/index.ts'
import { referrals } from '../../referrals/contract.ts'
import type { Return } from '../contract.ts'
import { EnterHint } from './hint.tsx'
import { Slip } from './slip.tsx'

type Props = { made: Return; next: (code?: string) => void; more: () => void; canMore: boolean }

const Refunds = ({ made }: { made: Return }) => {
  const t = useSay()
  return (
    <ul className="rp-return-money">
      {made.refunds.map(({ id, tender, amountMinor, state, payBy }) => (
        <li key={id}>
          <strong className="rp-number">{money(amountMinor, made.currency)}</strong>{' '}
          {state === 'done'
            ? t('returns.fromTill')
            : t(state === 'awaiting_approval' ? 'returns.onceApproved' : 'returns.promisedBy', {
                tender: t(`purchases.tender.${tender}`),
                day: payBy ? onDay(payBy) : t('returns.soon'),
              })}
        </li>
      ))}
    </ul>
  )
}

/** With whom it waits; somebody is asked as soon as it is settled. */
const Waiting = ({ caseId }: { caseId: number }) => {
  const t = useSay()
  const asked = useCall(referrals.ofCase, { id: caseId }).data?.items.find(one => one.state === 'open')
  return <p>{asked?.to ? t('returns.waitsFor', { name: asked.to.name }) : t('returns.waits')}</p>
}

/** What was done, and the way on to the next customer. */
export const Result = ({ made, next, more, canMore }: Props) => {
  const t = useSay()
  const on = useRef<HTMLButtonElement>(null)
  useEffect(() => on.current?.focus(), [])
  useBarcode(next)
  const print = () => {
    window.print()
    on.current?.focus()
  }
  const waits = made.state === 'awaiting_approval'
  const Icon = waits ? IconHourglass : IconCheck
  return (
    <section className="rp-return-result" aria-labelledby="returns-result">
      <div className="rp-return-done" data-waits={waits || undefined}>
        <Icon size={22} aria-hidden />
        <div>
          <div role="status">
            <h2 id="returns-result">{t(waits ? 'returns.doneWaits' : 'returns.done')}</h2>
          </div>
          <ul>
            {made.lines.map(line => (
              <li key={line.id}>
                {line.quantity > 1 && `${line.quantity} × `}
                {line.name}: {t(`returns.outcome.${line.outcome}`)}
                {line.goods === 'expected' && ` · ${t('returns.goods.expected')}`}
              </li>
            ))}
          </ul>
          <Refunds made={made} />
          {waits && <Waiting caseId={made.caseId} />}
          <p>
            <Link to={`/returns/${made.id}`}>{t('returns.numbered', { id: made.id })}</Link>
            {' · '}
            <Link to={`/cases/${made.caseId}`}>{t('returns.case', { id: made.caseId })}</Link>
          </p>
        </div>
      </div>
      <div className="rp-actions">
        <Button ref={on} size="md" rightSection={<EnterHint />} onClick={() => next()}>
          {t('returns.next')}
        </Button>
        <Button size="md" variant="default" leftSection={<IconPrinter size={17} />} onClick={print}>
          {t('returns.print')}
        </Button>
        {canMore && (
          <Button size="md" variant="default" onClick={more}>
            {t('returns.more')}
          </Button>
        )}
      </div>
      <Slip made={made} />
    </section>
  )
}
