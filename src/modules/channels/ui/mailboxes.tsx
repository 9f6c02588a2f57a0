import { Button } from '@mantine/core'
import { IconMailPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type Mailbox } from '../contract.ts'
import { MailboxForm } from './mailbox-form.tsx'

const Row = ({ box, open }: { box: Mailbox; open: () => void }) => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const end = useAct(channels.changeMailbox, { refresh: [channels.mailboxes] })
  return (
    <li>
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
        <>
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
          <Button
            size="compact-sm"
            variant="default"
            onClick={open}
            aria-label={t('mailboxes.editNamed', { name: box.name })}
          >
            {t('action.edit')}
          </Button>
        </>
      )}
    </li>
  )
}

export const Mailboxes = () => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const [open, setOpen] = useState<Mailbox | 'new' | null>(null)
  const boxes = useCall(channels.mailboxes, {})
  const { data } = boxes
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('mailboxes.title')} lead={t('mailboxes.lead')}>
        {edit && <Button onClick={() => setOpen('new')}>{t('mailboxes.add')}</Button>}
      </PageHeader>
      {boxes.isPending && <Loading rows={3} />}
      {data && (
        <div className="rp-stack">
          <Notice tone={data.outgoing ? 'info' : 'note'}>
            <p>{data.listener ? t('mailboxes.listenerOn', { address: data.listener }) : t('mailboxes.listenerOff')}</p>
            <p>{data.outgoing ? t('mailboxes.outgoingOn', { server: data.outgoing }) : t('mailboxes.outgoingOff')}</p>
          </Notice>
          {data.items.length === 0 ? (
            <EmptyState
              icon={<IconMailPlus size={34} stroke={1.2} />}
              title={t('mailboxes.none')}
              text={t('mailboxes.noneText')}
            />
          ) : (
            <ul className="rp-list">
              {data.items.map(box => (
                <Row key={box.id} box={box} open={() => setOpen(box)} />
              ))}
            </ul>
          )}
        </div>
      )}
      {open && <MailboxForm box={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </div>
  )
}
