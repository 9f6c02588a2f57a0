import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall, usePages } from '../../../ui/call.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Offer, type OfferRequest, offers } from '../contract.ts'
import { AskDialog } from './ask-dialog.tsx'
import { useSpan } from './span.ts'
import { ToApprove } from './to-approve.tsx'

const Waiting = ({ request }: { request: OfferRequest }) => {
  const t = useSay()
  const act = useAct(offers.withdraw, { refresh: [offers.requests], done: () => told(t('offer.withdrawn')) })
  const { name } = request.offer
  return (
    <li>
      <div className="rp-grow">
        <strong>{name}</strong> <span className="rp-dim">{request.offer.team}</span>
        <div className="rp-dim rp-small">
          {request.state === 'waiting'
            ? t('offer.waits', { name: request.approver?.name ?? '' })
            : t('offer.declined', { name: request.decidedBy?.name ?? '', reason: request.reason })}{' '}
          · <TimeAgo at={request.requestedAt} />
        </div>
      </div>
      {request.can.includes('withdraw') && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('offer.withdrawOf', { name })}
          onClick={() => act.mutate({ id: request.id })}
        >
          {t('offer.withdraw')}
        </Button>
      )}
    </li>
  )
}

const OfferLine = ({ offer, ask }: { offer: Offer; ask: () => void }) => {
  const t = useSay()
  const span = useSpan()
  return (
    <li>
      <div className="rp-grow">
        <strong>{offer.name}</strong> <span className="rp-dim">{offer.team}</span>
        <div className="rp-dim rp-small">
          {offer.description} {offer.targetMinutes !== null && t('offer.promise', { time: span(offer.targetMinutes) })}
        </div>
      </div>
      <Button size="compact-sm" variant="default" onClick={ask} aria-label={t('offer.askOf', { name: offer.name })}>
        {t('offer.ask')}
      </Button>
    </li>
  )
}

/** What departments offer, what of mine is not with them yet, and what waits for me to approve it. */
export const Shelf = () => {
  const t = useSay()
  const [asking, setAsking] = useState<Offer | null>(null)
  const list = useCall(offers.offers, {}, { staleTime: 60_000 })
  const mine = usePages(offers.requests, { whose: 'mine', limit: 200 }, { refetchOnMount: 'always' })
  const waiting = mine.items.filter(one => one.state === 'waiting' || one.state === 'declined').slice(0, 20)
  return (
    <>
      <ProblemNote problem={list.error ?? mine.error} />
      <ToApprove />
      {(list.data?.items.length ?? 0) > 0 && (
        <Section title={t('offer.shelf')}>
          <ul className="rp-list" aria-label={t('offer.shelf')}>
            {list.data?.items.map(offer => (
              <OfferLine key={offer.id} offer={offer} ask={() => setAsking(offer)} />
            ))}
          </ul>
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title={t('offer.waiting')}>
          <ul className="rp-list" aria-label={t('offer.waiting')}>
            {waiting.map(request => (
              <Waiting key={request.id} request={request} />
            ))}
          </ul>
        </Section>
      )}
      {asking && <AskDialog offer={asking} close={() => setAsking(null)} />}
    </>
  )
}
