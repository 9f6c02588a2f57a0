import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronUp } from '@tabler/icons-react'
import { onMac } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Mode } from './composing.ts'
import type { AfterStatus } from './send.tsx'

type Props = {
  mode: Mode
  after: AfterStatus
  setAfter: (after: AfterStatus) => void
  submit: () => void
  busy: boolean
  disabled: boolean
  byMail: boolean
}
const afters = ['waiting_customer', 'solved', 'open'] as const

/** Says exactly what happens: to whom it goes and what the case becomes. */
export const SendButton = ({ mode, after, setAfter, submit, busy, disabled, byMail }: Props) => {
  const t = useSay()
  const hint = onMac ? '⌘ ↵' : 'Ctrl ↵'
  if (mode !== 'reply')
    return (
      <Button onClick={submit} loading={busy} disabled={disabled} title={hint} className={`rp-send-${mode}`}>
        {t(`composer.send.${mode}`)}
      </Button>
    )
  return (
    <Button.Group>
      <Button onClick={submit} loading={busy} disabled={disabled} title={hint}>
        {t(byMail ? `send.${after}` : `given.${after}`)}
      </Button>
      <Menu position="top-end" width={270}>
        <Menu.Target>
          <ActionIcon size={36} variant="filled" className="rp-send-more" aria-label={t('send.more')}>
            <IconChevronUp size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={after} onChange={value => setAfter(value as AfterStatus)}>
            {afters.map(item => (
              <Menu.RadioItem key={item} value={item} closeMenuOnClick>
                {t(byMail ? `send.${item}` : `given.${item}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
