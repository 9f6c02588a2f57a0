import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMailCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type ReceivedMail } from '../contract.ts'
import { MailLine } from './mail-line.tsx'

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
    <FormDialog title={t('mail.accept')} close={close} onSubmit={submit} busy={act.isPending} action={t('mail.accept')}>
      <ProblemNote problem={act.error} />
      <TextInput label={t('mail.acceptFrom')} type="email" {...form.getInputProps('from')} />
      <TextInput label={t('mail.acceptSubject')} {...form.getInputProps('subject')} />
    </FormDialog>
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
    <MailLine
      mail={mail}
      source={`/api/mail/received/${mail.id}/source`}
      about={mail.sender ?? t('mail.unknownSender')}
      at={mail.receivedAt}
      problem={mail.reason}
    >
      {mail.state === 'quarantined' && edit && <Decide mail={mail} />}
    </MailLine>
  )
}

const List = ({ state, none, noneText }: { state?: ReceivedMail['state']; none: string; noneText: string }) => (
  <RecordList
    of={usePages(channels.received, state ? { limit: 50, state } : { limit: 50 })}
    none={<EmptyState icon={<IconMailCheck size={34} stroke={1.2} />} title={none} text={noneText} />}
  >
    {mail => <Row key={mail.id} mail={mail} />}
  </RecordList>
)

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
