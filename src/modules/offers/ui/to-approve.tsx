import { Button, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct, usePages } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type OfferRequest, offers } from '../contract.ts'

const useDecide = (done: () => void, quiet: boolean) => {
  const t = useSay()
  return useAct(offers.decide, {
    quiet,
    refresh: [offers.requests],
    done: () => {
      told(t('approve.done'))
      done()
    },
  })
}

const Decline = ({ request, close }: { request: OfferRequest; close: () => void }) => {
  const t = useSay()
  const [reason, setReason] = useState('')
  const act = useDecide(close, true)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: request.id, approve: false, reason, version: request.version })
  }
  return (
    <FormDialog
      title={t('approve.declineTitle', { name: request.offer.name, who: request.requestedBy.name })}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={reason.trim() !== ''}
      action={t('approve.decline')}
    >
      <ProblemNote problem={act.error} />
      <Textarea
        label={t('approve.reason')}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

const Line = ({ request, decline }: { request: OfferRequest; decline: () => void }) => {
  const t = useSay()
  const act = useDecide(() => undefined, false)
  const what = { name: request.offer.name, who: request.requestedBy.name }
  return (
    <li>
      <div className="rp-grow">
        <strong>{request.offer.name}</strong> <span className="rp-dim">{request.requestedBy.name}</span>
        <div className="rp-small">
          {request.answers.map(({ label, value }) => `${label}: ${value}`).join(' · ')} {request.note}
        </div>
        <div className="rp-dim rp-small">
          {request.offer.team} · <TimeAgo at={request.requestedAt} />
        </div>
      </div>
      <Button
        size="compact-sm"
        aria-label={t('approve.of', what)}
        loading={act.isPending}
        onClick={() => act.mutate({ id: request.id, approve: true, version: request.version })}
      >
        {t('approve.approve')}
      </Button>
      <Button size="compact-sm" variant="default" aria-label={t('approve.declineTitle', what)} onClick={decline}>
        {t('approve.decline')}
      </Button>
    </li>
  )
}

/** What those who answer to me ask for. */
export const ToApprove = () => {
  const t = useSay()
  const [declining, setDeclining] = useState<OfferRequest | null>(null)
  const { items } = usePages(offers.requests, { whose: 'approve' }, { refetchOnMount: 'always' })
  if (items.length === 0) return null
  return (
    <Section title={t('approve.title')}>
      <ul className="rp-list" aria-label={t('approve.title')}>
        {items.map(request => (
          <Line key={request.id} request={request} decline={() => setDeclining(request)} />
        ))}
      </ul>
      {declining && <Decline request={declining} close={() => setDeclining(null)} />}
    </Section>
  )
}
