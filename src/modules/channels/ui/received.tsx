import { Button, Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMailCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type ReceivedMail } from '../contract.ts'

const tones: Record<ReceivedMail['state'], Tone> = {
  stored: 'info',
  done: 'good',
  quarantined: 'note',
  discarded: 'plain',
}

const Accept = ({ mail, close }: { mail: ReceivedMail; close: () => void }) => {
  const t = useSay()
  const go = useNavigate()
  const form = useForm({ initialValues: { subject: mail.subject ?? '', from: mail.sender ?? '' } })
  const act = useAct(channels.acceptReceived, {
    quiet: true,
    refresh: [channels.received, channels.reconciliation],
    done: ({ caseId }) => go(`/cases/${caseId}`),
  })
  const submit = form.onSubmit(({ subject, from }) =>
    act.mutate({ id: mail.id, ...(subject ? { subject } : {}), ...(from ? { from } : {}) }),
  )
  return (
    <Modal opened onClose={close} title={t('mail.accept')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={act.error} />
        <TextInput label={t('mail.acceptFrom')} type="email" {...form.getInputProps('from')} />
        <TextInput label={t('mail.acceptSubject')} {...form.getInputProps('subject')} />
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={act.isPending}>
            {t('mail.accept')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const Decide = ({ mail }: { mail: ReceivedMail }) => {
  const t = useSay()
  const [accepting, setAccepting] = useState(false)
  const refresh = [channels.received, channels.reconciliation]
  const retry = useAct(channels.retryReceived, { refresh, done: () => told(t('mail.retried')) })
  const discard = useAct(channels.discardReceived, { refresh })
  return (
    <div className="rp-actions">
      <Button
        size="compact-sm"
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ id: mail.id })}
      >
        {t('mail.retry')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAccepting(true)}>
        {t('mail.accept')}
      </Button>
      <ConfirmButton
        size="compact-sm"
        variant="subtle"
        color="gray"
        action={t('mail.discard')}
        question={t('mail.discardQuestion')}
        text={t('mail.discardText')}
        onConfirm={() => discard.mutate({ id: mail.id })}
      />
      {accepting && <Accept mail={mail} close={() => setAccepting(false)} />}
    </div>
  )
}

const Row = ({ mail }: { mail: ReceivedMail }) => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <div className="rp-grow" style={{ minWidth: 220 }}>
        <div className="rp-truncate" style={{ fontWeight: 550 }}>
          {mail.subject || t('mail.noSubject')}
        </div>
        <div className="rp-dim rp-small">
          {mail.sender ?? t('mail.unknownSender')} · <TimeAgo at={mail.receivedAt} /> ·{' '}
          <a href={`/api/mail/received/${mail.id}/source`} download>
            {t('mail.original')}
          </a>
        </div>
        {mail.reason && <div className="rp-small">{mail.reason}</div>}
      </div>
      {mail.caseId !== null && <Link to={`/cases/${mail.caseId}`}>{t('mail.case', { id: mail.caseId })}</Link>}
      <Label tone={tones[mail.state]}>{t(`mailState.${mail.state}`)}</Label>
      {mail.state === 'quarantined' && edit && <Decide mail={mail} />}
    </li>
  )
}

const List = ({ state, none, noneText }: { state?: ReceivedMail['state']; none: string; noneText: string }) => {
  const list = usePages(channels.received, state ? { limit: 50, state } : { limit: 50 })
  if (list.isPending) return <Loading />
  if (list.items.length === 0)
    return <EmptyState icon={<IconMailCheck size={34} stroke={1.2} />} title={none} text={noneText} />
  return (
    <>
      <ul className="rp-list">
        {list.items.map(mail => (
          <Row key={mail.id} mail={mail} />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </>
  )
}

export const ReceivedList = () => {
  const t = useSay()
  return <List none={t('mail.none')} noneText={t('mail.noneText')} />
}

export const Held = () => {
  const t = useSay()
  return (
    <>
      <p className="rp-dim">{t('mail.heldText')}</p>
      <List state="quarantined" none={t('mail.heldNone')} noneText={t('mail.heldNoneText')} />
    </>
  )
}
