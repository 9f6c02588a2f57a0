import { Button } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useAct, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { channels, type OutgoingMail } from '../contract.ts'
import { MailLine } from './mail-line.tsx'

const Row = ({ mail }: { mail: OutgoingMail }) => {
  const t = useSay()
  const edit = useMay()('mail.edit')
  const retry = useAct(channels.retryOutgoing, { refresh: [channels.outgoing] })
  return (
    <MailLine
      mail={mail}
      source={`/api/mail/outgoing/${mail.id}/source`}
      about={[t(`mailKind.${mail.kind}`), mail.recipients.join(', ')].join(' · ')}
      at={mail.sentAt ?? mail.createdAt}
      problem={mail.lastError}
    >
      {edit && (mail.state === 'failed' || mail.state === 'kept') && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: mail.id })}
        >
          {t('mail.sendAgain')}
        </Button>
      )}
    </MailLine>
  )
}

export const OutgoingList = () => {
  const t = useSay()
  const icon = <IconMailForward size={34} stroke={1.2} />
  return (
    <RecordList
      of={usePages(channels.outgoing, { limit: 50 })}
      none={<EmptyState icon={icon} title={t('mail.none')} text={t('mail.noneText')} />}
    >
      {mail => <Row key={mail.id} mail={mail} />}
    </RecordList>
  )
}
