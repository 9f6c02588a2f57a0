import { Checkbox, Loader, NativeSelect, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import { levelKinds, pauseStates, type ServiceLevel, serviceLevels } from '../contract.ts'
import { AlertsField } from './alerts-field.tsx'
import { Target } from './level-target.tsx'
import { blank, type Setting, type Values } from './level-values.ts'

const Pauses = ({ values, set }: Setting) => {
  const t = useSay()
  return (
    <Checkbox.Group label={t('levels.pauses')} value={values.pauses} onChange={pauses => set({ pauses })}>
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
