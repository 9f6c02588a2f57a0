import { NativeSelect, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import type { Setting, Values } from './level-values.ts'
import { inUnits, type Unit, units } from './units.ts'

/** How much time is promised, and in which hours it counts. */
export const Target = ({ values, set }: Setting) => {
  const t = useSay()
  const [unit, setUnit] = useState<Unit>(inUnits(values.targetMinutes).unit)
  const calendars = useCall(identity.calendars, {}).data?.items ?? []
  return (
    <div className="rp-columns">
      <NumberInput
        label={t('levels.target')}
        value={values.targetMinutes / units[unit]}
        min={1}
        onChange={value => set({ targetMinutes: Math.round(Number(value) * units[unit]) })}
      />
      <NativeSelect
        label={t('levels.unit')}
        data={(Object.keys(units) as Unit[]).map(value => ({ value, label: t(`levels.target.${value}`) }))}
        value={unit}
        onChange={event => {
          const next = event.currentTarget.value as Unit
          set({ targetMinutes: Math.max(1, Math.round(values.targetMinutes / units[unit])) * units[next] })
          setUnit(next)
        }}
      />
      <NativeSelect
        label={t('levels.clock')}
        data={(['working', 'elapsed'] as const).map(value => ({ value, label: t(`levels.clock.${value}`) }))}
        value={values.clock}
        onChange={event => set({ clock: event.currentTarget.value as Values['clock'] })}
      />
      {values.clock === 'working' && (
        <NativeSelect
          label={t('levels.hours')}
          data={[
            { value: '', label: t('levels.hoursTeam') },
            ...calendars.map(one => ({ value: String(one.id), label: one.name })),
          ]}
          value={String(values.calendarId ?? '')}
          onChange={event => set({ calendarId: Number(event.currentTarget.value) || null })}
        />
      )}
    </div>
  )
}
