import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { Secret } from '../../../ui/kit/secret.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Messenger, messengers } from '../contract.ts'
import { MessengerForm } from './messenger-form.tsx'

const State = ({ account }: { account: Messenger }) => {
  const t = useSay()
  return (
    <>
      <div className="rp-dim rp-small">
        {t(`messenger.${account.kind}`)}
        {' · '}
        {account.lastHeardAt ? (
          <>
            {t('messengers.heard')} <TimeAgo at={account.lastHeardAt} />
          </>
        ) : (
          t('messengers.neverHeard')
        )}
      </div>
      {(account.lastError || account.waiting > 0) && (
        <div style={{ marginTop: 8 }}>
          <Notice tone={account.lastError ? 'bad' : 'note'}>
            {account.lastError && <p>{account.lastError}</p>}
            {account.waiting > 0 && <p>{t('messengers.waiting', { count: account.waiting })}</p>}
          </Notice>
        </div>
      )}
    </>
  )
}

const Actions = ({ account }: { account: Messenger }) => {
  const t = useSay()
  const end = useAct(messengers.change, { refresh: [messengers.list] })
  const check = useAct(messengers.check, { refresh: [messengers.list], done: () => told(t('messengers.checked')) })
  return (
    <div className="rp-actions">
      <Button
        size="compact-sm"
        variant="default"
        loading={check.isPending}
        aria-label={t('messengers.checkNamed', { name: account.name })}
        onClick={() => check.mutate({ id: account.id })}
      >
        {t('messengers.check')}
      </Button>
      <ConfirmButton
        size="compact-sm"
        variant="subtle"
        color="gray"
        action={t('messengers.end')}
        label={t('messengers.endNamed', { name: account.name })}
        question={t('messengers.endQuestion', { name: account.name })}
        text={t('messengers.endText')}
        onConfirm={() => end.mutate({ id: account.id, ended: true, version: account.version })}
      />
    </div>
  )
}

const Row = ({ account, edit }: { account: Messenger; edit: boolean }) => {
  const t = useSay()
  return (
    <div className="rp-grow rp-stack" style={{ gap: 8 }}>
      <div>
        <strong>{account.name}</strong> <span className="rp-dim">{account.address}</span>
        <State account={account} />
      </div>
      {edit && (
        <>
          <div>
            <div className="rp-small">
              {t('messengers.hook')}. <span className="rp-dim">{t(`messengers.hookText.${account.kind}`)}</span>
            </div>
            <Secret label={t('messengers.hookNamed', { name: account.name })} text={account.hookUrl} />
          </div>
          <Actions account={account} />
        </>
      )}
    </div>
  )
}

/** Accounts for text messages, WhatsApp and Telegram. */
export const Messengers = () => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const accounts = useCall(messengers.list, {})
  return (
    <Records
      title={t('messengers.title')}
      lead={t('messengers.lead')}
      add={t('messengers.add')}
      may={edit}
      of={{ ...accounts, items: accounts.data?.items }}
      editLabel={account => t('messengers.editNamed', { name: account.name })}
      none={
        <EmptyState
          icon={<IconMessagePlus size={34} stroke={1.2} />}
          title={t('messengers.none')}
          text={t('messengers.noneText')}
        />
      }
      form={(account, close) => <MessengerForm account={account} close={close} />}
    >
      {account => <Row account={account} edit={edit} />}
    </Records>
  )
}
