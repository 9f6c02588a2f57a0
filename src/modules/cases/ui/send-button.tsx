import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronUp, IconClock, IconPlayerTrackNext } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Kbd } from '../../../ui/kit/kbd.tsx'
import { onMac } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Mode } from './composing.ts'
import type { AfterStatus } from './send.tsx'
import { useWorkingOn } from './working-on.ts'

const ScheduleDialog = lazy(async () => ({ default: (await import('./schedule-dialog.tsx')).ScheduleDialog }))

export type How = { next?: boolean; at?: Date }
type Props = {
  mode: Mode
  after: AfterStatus
  setAfter: (after: AfterStatus) => void
  submit: (how?: How) => void
  busy: boolean
  disabled: boolean
  byMail: boolean
}
const afters = ['waiting_customer', 'solved', 'open'] as const
const sendKey = onMac ? '⌘ ↵' : 'Ctrl ↵'
const nextKey = onMac ? '⇧ ⌘ ↵' : 'Shift Ctrl ↵'

const Next = ({ submit }: { submit: Props['submit'] }) => {
  const t = useSay()
  if (!useWorkingOn().next) return null
  return (
    <Menu.Item
      leftSection={<IconPlayerTrackNext size={16} stroke={1.7} />}
      rightSection={<Kbd>{nextKey}</Kbd>}
      onClick={() => submit({ next: true })}
    >
      {t('send.andNext')}
    </Menu.Item>
  )
}

/** Says exactly what happens: to whom it goes and what the case becomes. */
export const SendButton = ({ mode, after, setAfter, submit, busy, disabled, byMail }: Props) => {
  const t = useSay()
  const [scheduling, schedule] = useDisclosure()
  if (mode !== 'reply')
    return (
      <Button onClick={() => submit()} loading={busy} disabled={disabled} title={sendKey} className={`rp-send-${mode}`}>
        {t(`composer.send.${mode}`)}
      </Button>
    )
  return (
    <>
      <Button.Group>
        <Button onClick={() => submit()} loading={busy} disabled={disabled} title={sendKey}>
          {t(byMail ? `send.${after}` : `given.${after}`)}
        </Button>
        <Menu position="top-end" width={300}>
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
            {!disabled && (
              <>
                <Menu.Divider />
                <Next submit={submit} />
                {byMail && (
                  <Menu.Item leftSection={<IconClock size={16} stroke={1.7} />} onClick={schedule.open}>
                    {t('schedule.action')}
                  </Menu.Item>
                )}
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      {scheduling && (
        <Suspense fallback={null}>
          <ScheduleDialog close={schedule.close} schedule={at => submit({ at })} />
        </Suspense>
      )}
    </>
  )
}
