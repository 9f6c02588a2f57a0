import { IconMailPlus } from '@tabler/icons-react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type Mailbox } from '../contract.ts'
import { MailboxForm } from './mailbox-form.tsx'

const Row = ({ box, edit }: { box: Mailbox; edit: boolean }) => {
  const t = useSay()
  const end = useAct(channels.changeMailbox, { refresh: [channels.mailboxes] })
  return (
    <>
      <div className="rp-grow">
        <strong>{box.name}</strong> <span className="rp-dim">{box.address}</span>
        <div className="rp-dim rp-small">
          {t(`mailboxes.${box.kind}`)}
          {' · '}
          {box.lastCheckedAt ? (
            <>
              {t('mailboxes.checked')} <TimeAgo at={box.lastCheckedAt} />
            </>
          ) : (
            t('mailboxes.neverChecked')
          )}
        </div>
        {box.lastError && (
          <div style={{ marginTop: 8 }}>
            <Notice tone="bad">{box.lastError}</Notice>
          </div>
        )}
      </div>
      {edit && (
        <ConfirmButton
          size="compact-sm"
          variant="subtle"
          color="gray"
          action={t('mailboxes.end')}
          label={t('mailboxes.endNamed', { name: box.name })}
          question={t('mailboxes.endQuestion', { name: box.name })}
          text={t('mailboxes.endText')}
          onConfirm={() => end.mutate({ id: box.id, ended: true, version: box.version })}
        />
      )}
    </>
  )
}

export const Mailboxes = () => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const boxes = useCall(channels.mailboxes, {})
  const { data } = boxes
  return (
    <Records
      title={t('mailboxes.title')}
      lead={t('mailboxes.lead')}
      add={t('mailboxes.add')}
      may={edit}
      before={
        data && (
          <Notice tone={data.outgoing ? 'info' : 'note'}>
            <p>{data.listener ? t('mailboxes.listenerOn', { address: data.listener }) : t('mailboxes.listenerOff')}</p>
            <p>{data.outgoing ? t('mailboxes.outgoingOn', { server: data.outgoing }) : t('mailboxes.outgoingOff')}</p>
          </Notice>
        )
      }
      of={{ ...boxes, items: data?.items }}
      editLabel={box => t('mailboxes.editNamed', { name: box.name })}
      none={
        <EmptyState
          icon={<IconMailPlus size={34} stroke={1.2} />}
          title={t('mailboxes.none')}
          text={t('mailboxes.noneText')}
        />
      }
      form={(box, close) => <MailboxForm box={box} close={close} />}
    >
      {box => <Row box={box} edit={edit} />}
    </Records>
  )
}
