import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type Approach, approachDays, approachKinds } from '../../../shared/approach.ts'
import { useSay } from '../../../ui/language/index.ts'

type Props = { approach: Approach[]; set: (approach: Approach[]) => void }

const usual: Approach = { kind: 'avoid', days: 'weekdays', from: '09:00', to: '12:00' }

/** When somebody wants to be approached, and when not, line by line. */
export const ApproachFields = ({ approach, set }: Props) => {
  const t = useSay()
  const change = (at: number, more: Partial<Approach>) =>
    set(approach.map((one, i) => (i === at ? { ...one, ...more } : one)))
  return (
    <fieldset className="rp-stack" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>{t('approach.title')}</legend>
      <p className="rp-dim rp-small">{t('approach.text')}</p>
      {approach.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
        <div key={i} className="rp-actions" style={{ alignItems: 'flex-end' }}>
          <NativeSelect
            label={t('approach.kindOf', { n: i + 1 })}
            data={approachKinds.map(value => ({ value, label: t(`approach.kind.${value}`) }))}
            value={one.kind}
            onChange={event => change(i, { kind: event.currentTarget.value as Approach['kind'] })}
          />
          <NativeSelect
            label={t('approach.daysOf', { n: i + 1 })}
            data={approachDays.map(value => ({ value, label: t(`approach.days.${value}`) }))}
            value={one.days}
            onChange={event => change(i, { days: event.currentTarget.value as Approach['days'] })}
          />
          <TextInput
            type="time"
            label={t('approach.from', { n: i + 1 })}
            value={one.from}
            required
            withAsterisk={false}
            onChange={event => change(i, { from: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('approach.to', { n: i + 1 })}
            value={one.to}
            required
            withAsterisk={false}
            onChange={event => change(i, { to: event.currentTarget.value })}
          />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('approach.remove', { n: i + 1 })}
            onClick={() => set(approach.filter((_, j) => j !== i))}
          >
            {t('action.remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={approach.length >= 10}
          onClick={() => set([...approach, usual])}
        >
          {t('approach.add')}
        </Button>
      </div>
    </fieldset>
  )
}
