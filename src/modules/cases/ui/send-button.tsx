import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronUp } from '@tabler/icons-react'
import { onMac } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Mode } from './composing.ts'
import type { ThenStatus } from './send.tsx'

type Props = { mode: Mode; then: ThenStatus; setThen: (then: ThenStatus) => void; submit: () => void; busy: boolean; disabled: boolean; byMail: boolean }
const thens = ['waiting_customer', 'solved', 'open'] as const

/** Says exactly what happens: to whom it goes and what the case becomes. */
export const SendButton = ({ mode, then, setThen, submit, busy, disabled, byMail }: Props) => {
  const t = useSay()
  const hint = onMac ? '⌘ ↵' : 'Ctrl ↵'
  if (mode !== 'reply')
    return (
      <Button color={mode === 'note' ? 'yellow.9' : undefined} className={mode === 'note' ? 'rp-note-button' : undefined} onClick={submit} loading={busy} disabled={disabled} title={hint}>
        {t(`composer.send.${mode}`)}
      </Button>
    )
  return (
    <Button.Group>
      <Button onClick={submit} loading={busy} disabled={disabled} title={hint}>
        {t(byMail ? `send.${then}` : `given.${then}`)}
      </Button>
      <Menu position="top-end" width={270}>
        <Menu.Target>
          <ActionIcon size={36} variant="filled" className="rp-send-more" aria-label={t('send.more')}>
            <IconChevronUp size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {thens.map(item => (
            <Menu.Item key={item} role="menuitemradio" aria-checked={item === then} rightSection={item === then ? <IconCheck size={14} aria-hidden /> : null} onClick={() => setThen(item)}>
              {t(byMail ? `send.${item}` : `given.${item}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
