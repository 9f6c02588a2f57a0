import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type NotificationSettings, notifications, type Reason, reasons, type Way, ways } from '../contract.ts'

const Desktop = () => {
  const t = useSay()
  const known = typeof Notification === 'undefined' ? 'denied' : Notification.permission
  const [permission, setPermission] = useState(known)
  if (permission === 'granted') return <p className="rp-dim">{t('notifications.desktopOn')}</p>
  if (permission === 'denied') return <p className="rp-dim">{t('notifications.desktopDenied')}</p>
  return (
    <Button variant="default" onClick={() => void Notification.requestPermission().then(setPermission)}>
      {t('notifications.desktop')}
    </Button>
  )
}

type Set = (change: {
  reasons?: Partial<Record<Reason, Way>>
  quietFrom?: string | null
  quietTo?: string | null
}) => void

const Quiet = ({ settings, set }: { settings: NotificationSettings; set: Set }) => {
  const t = useSay()
  return (
    <div className="rp-columns">
      <TextInput
        type="time"
        label={t('notifications.from')}
        defaultValue={settings.quietFrom ?? ''}
        onBlur={event => set({ quietFrom: event.currentTarget.value || null })}
      />
      <TextInput
        type="time"
        label={t('notifications.to')}
        defaultValue={settings.quietTo ?? ''}
        onBlur={event => set({ quietTo: event.currentTarget.value || null })}
      />
    </div>
  )
}

/** What one is told of, how, and when it is quiet. Each choice is kept as it is made. */
export const Settings = () => {
  const t = useSay()
  const client = useQueryClient()
  const settings = useCall(notifications.settings, {})
  const act = useAct(notifications.changeSettings, {
    done: saved => client.setQueryData(keyOf(notifications.settings, {}), saved),
  })
  if (!settings.data) return null
  const set: Set = change => act.mutate(change)
  return (
    <>
      <Section title={t('notifications.settings')}>
        <div className="rp-notice-settings">
          {reasons.map(reason => (
            <NativeSelect
              key={reason}
              label={t(`notifications.reason.${reason}`)}
              value={settings.data.reasons[reason]}
              onChange={event => set({ reasons: { [reason]: event.currentTarget.value as Way } })}
              data={ways.map(way => ({ value: way, label: t(`notifications.way.${way}`) }))}
            />
          ))}
        </div>
      </Section>
      <Section title={t('notifications.quiet')} lead={t('notifications.quietText')}>
        <Quiet settings={settings.data} set={set} />
      </Section>
      <Section title={t('notifications.desktop')}>
        <Desktop />
      </Section>
    </>
  )
}
