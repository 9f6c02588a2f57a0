import { Checkbox, Loader, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import type { Condition } from '../../../shared/condition.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import { identity } from '../../identity/contract.ts'
import type { Alert } from '../../promises/contract.ts'
import { levelKinds, pauseStates, type ServiceLevel, serviceLevels } from '../contract.ts'
import { AlertsField } from './alerts-field.tsx'
import { inUnits, type Unit, units } from './units.ts'

const usualAlerts: Alert[] = [
  { minutes: -30, whom: ['handler'] },
  { minutes: 0, whom: ['handler', 'supervisor'] },
]
const usualPauses: ServiceLevel['pauses'] = ['waiting_customer']

const blank = {
  name: '',
  kind: 'first_reply' as ServiceLevel['kind'],
  condition: { all: [] } as Condition,
  targetMinutes: 240,
  clock: 'working' as ServiceLevel['clock'],
  calendarId: null as number | null,
  alerts: usualAlerts,
  pauses: usualPauses,
}
type Values = typeof blank
type Setting = { values: Values; set: (more: Partial<Values>) => void }

const Target = ({ values, set }: Setting) => {
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

const Pauses = ({ values, set }: Setting) => {
  const t = useSay()
  return (
    <Checkbox.Group
      label={t('levels.pauses')}
      value={values.pauses}
      onChange={pauses => set({ pauses: pauses as Values['pauses'] })}
    >
      <div className="rp-radio-list">
        {pauseStates.map(value => (
          <Checkbox key={value} value={value} label={t(`levels.pauses.${value}`)} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

/** Promises a time by rule. */
export const LevelForm = ({ level, close }: { level: ServiceLevel | null; close: () => void }) => {
  const t = useSay()
  const [values, setValues] = useState<Values>(level ?? blank)
  const set = (more: Partial<Values>) => setValues(before => ({ ...before, ...more }))
  const options = { quiet: true, refresh: [serviceLevels.serviceLevels], done: close }
  const add = useAct(serviceLevels.addServiceLevel, options)
  const change = useAct(serviceLevels.changeServiceLevel, options)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const { name, kind, condition, targetMinutes, clock, calendarId, alerts, pauses } = values
    const given = { name, condition, targetMinutes, clock, calendarId, alerts, pauses }
    if (level) change.mutate({ id: level.id, version: level.version, ...given })
    else add.mutate({ kind, ...given })
  }
  return (
    <FormDialog
      title={t(level ? 'levels.edit' : 'levels.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      ready={values.name.trim() !== '' && values.targetMinutes > 0}
      size="xl"
    >
      <ProblemNote problem={add.error ?? change.error} />
      <div className="rp-columns">
        <TextInput
          label={t('levels.name')}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          value={values.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('levels.kind')}
          disabled={level !== null}
          data={levelKinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
          value={values.kind}
          onChange={event => set({ kind: event.currentTarget.value as Values['kind'] })}
        />
      </div>
      <Target values={values} set={set} />
      <Suspense fallback={<Loader size="sm" />}>
        <ConditionField
          legend={t('levels.applies')}
          condition={values.condition}
          set={condition => set({ condition })}
        />
      </Suspense>
      {values.kind === 'solution' && <Pauses values={values} set={set} />}
      <AlertsField alerts={values.alerts} set={alerts => set({ alerts })} />
    </FormDialog>
  )
}
