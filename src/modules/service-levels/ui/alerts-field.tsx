import { ActionIcon, Button, Fieldset, MultiSelect, NativeSelect, NumberInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import { type Alert, alertReceivers } from '../../promises/contract.ts'

type Props = { alerts: readonly Alert[]; set: (alerts: Alert[]) => void }

const Row = ({ alert, set, remove }: { alert: Alert; set: (alert: Alert) => void; remove: () => void }) => {
  const t = useSay()
  const after = alert.minutes >= 0
  return (
    <div className="rp-actions">
      <NumberInput
        aria-label={t('levels.alert.minutes')}
        value={Math.abs(alert.minutes)}
        min={0}
        max={100_000}
        w={90}
        onChange={value => set({ ...alert, minutes: (after ? 1 : -1) * Number(value) })}
      />
      <NativeSelect
        aria-label={t('levels.alert.when')}
        data={[
          { value: 'before', label: t('levels.alert.before') },
          { value: 'after', label: t('levels.alert.after') },
        ]}
        value={after ? 'after' : 'before'}
        onChange={event =>
          set({ ...alert, minutes: Math.abs(alert.minutes) * (event.currentTarget.value === 'after' ? 1 : -1) })
        }
      />
      <MultiSelect
        className="rp-grow"
        aria-label={t('levels.alert.whom')}
        data={alertReceivers.map(value => ({ value, label: t(`levels.whom.${value}`) }))}
        value={alert.whom}
        onChange={whom => set({ ...alert, whom })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={t('levels.alert.remove')} onClick={remove}>
        <IconX size={16} stroke={1.7} />
      </ActionIcon>
    </div>
  )
}

/** Who is told that a promise is about to break, or has, and when. */
export const AlertsField = ({ alerts, set }: Props) => {
  const t = useSay()
  return (
    <Fieldset variant="unstyled" legend={t('levels.alerts')} className="rp-stack">
      {alerts.map((alert, i) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: two alerts of a rule may be the same in all they hold
          key={i}
          alert={alert}
          set={next => set(alerts.map((one, at) => (at === i ? next : one)))}
          remove={() => set(alerts.filter((_, at) => at !== i))}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => set([...alerts, { minutes: 60, whom: ['supervisor'] }])}
        >
          {t('levels.alert.add')}
        </Button>
      </div>
    </Fieldset>
  )
}
