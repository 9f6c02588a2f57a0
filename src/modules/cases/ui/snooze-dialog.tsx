import { Checkbox, Radio, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { shown, useSnooze } from './snoozing.ts'

const at = (day: Date, hour: number): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour)
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000)
const untilMonday = (): number => (8 - new Date().getDay()) % 7 || 7

const moments = {
  later: () => new Date(Date.now() + 3 * 3_600_000),
  tomorrow: () => at(inDays(1), 9),
  monday: () => at(inDays(untilMonday()), 9),
  week: () => at(inDays(7), 9),
}
type Choice = keyof typeof moments | 'pick'

/** When the case is to come back. */
export const SnoozeDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const [choice, setChoice] = useState<Choice>('tomorrow')
  const [picked, setPicked] = useState('')
  const [linked, setLinked] = useState(false)
  const { act, sleep } = useSnooze(kase)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const until = choice === 'pick' ? new Date(picked) : moments[choice]()
    if (!Number.isNaN(until.getTime())) sleep(until, linked ? ['linked_solved'] : [], close)
  }
  return (
    <FormDialog
      title={t('snooze.title')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('snooze.submit')}
    >
      <ProblemNote problem={act.error} />
      <Radio.Group label={t('snooze.lead')} value={choice} onChange={value => setChoice(value)}>
        <div className="rp-radio-list">
          {(Object.keys(moments) as (keyof typeof moments)[]).map((key, i) => (
            <Radio
              key={key}
              value={key}
              label={`${t(`snooze.${key}`)} (${shown(moments[key]())})`}
              {...(i === 1 ? { 'data-autofocus': true } : {})}
            />
          ))}
          <Radio value="pick" label={t('snooze.pick')} />
        </div>
      </Radio.Group>
      {choice === 'pick' && (
        <TextInput
          type="datetime-local"
          label={t('snooze.pick')}
          value={picked}
          onChange={event => setPicked(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
      )}
      <Checkbox
        label={t('snooze.linked')}
        checked={linked}
        onChange={event => setLinked(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
