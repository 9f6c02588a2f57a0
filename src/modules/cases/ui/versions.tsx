import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { working } from '../contract-working.ts'
import type { Form } from './form.ts'

type Props = { caseId: number; kind: 'reply' | 'note'; restore: (form: Form) => void }

const List = ({ caseId, kind, restore }: Props) => {
  const t = useSay()
  const versions = useCall(working.draftVersions, { id: caseId, kind }, { staleTime: 0 })
  const items = versions.data?.items ?? []
  if (items.length === 0) return <Menu.Label>{t(versions.isPending ? 'list.loading' : 'versions.none')}</Menu.Label>
  return (
    <>
      <Menu.Label>{t('versions.title')}</Menu.Label>
      {items.map(version => (
        <Menu.Item key={version.id} onClick={() => restore({ text: version.text, html: version.html })}>
          <span className="rp-version">
            <span className="rp-truncate">{version.text.trim().split('\n')[0]}</span>
            <span className="rp-dim rp-small">
              <TimeAgo at={version.at} />
            </span>
          </span>
        </Menu.Item>
      ))}
    </>
  )
}

/** What stood in the draft before, to be put back. */
export const Versions = (props: Props) => {
  const t = useSay()
  const [opened, open] = useState(false)
  return (
    <Menu opened={opened} onChange={open} position="top-start" width={320}>
      <Menu.Target>
        <Tooltip label={t('versions.open')} disabled={opened}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('versions.open')}>
            <IconHistory size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {opened && <List {...props} />}
      </Menu.Dropdown>
    </Menu>
  )
}
