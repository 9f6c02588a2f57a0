import { Radio, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { useSay } from '../../../ui/language/index.ts'

const at = (days: number, hour: number) => () => {
  const day = new Date()
  day.setDate(day.getDate() + days)
  day.setHours(hour, 0, 0, 0)
  return day
}
const untilMonday = () => (8 - new Date().getDay()) % 7 || 7

/** Moments one often wants; the working day begins at eight. */
const moments = {
  hour: () => new Date(Date.now() + 3_600_000),
  tomorrow: at(1, 8),
  afternoon: at(1, 14),
  monday: () => at(untilMonday(), 8)(),
}
type Choice = keyof typeof moments | 'pick'

const shown = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** When a reply is to go out. */
export const ScheduleDialog = ({ schedule, close }: { schedule: (at: Date) => void; close: () => void }) => {
  const t = useSay()
  const [choice, setChoice] = useState<Choice>('tomorrow')
  const [picked, setPicked] = useState('')
  const [past, setPast] = useState(false)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const moment = choice === 'pick' ? new Date(picked) : moments[choice]()
    if (Number.isNaN(moment.getTime()) || moment.getTime() <= Date.now()) return setPast(true)
    close()
    schedule(moment)
  }
  return (
    <FormDialog title={t('schedule.title')} close={close} onSubmit={submit} busy={false} action={t('schedule.submit')}>
      <Radio.Group label={t('schedule.lead')} value={choice} onChange={value => setChoice(value)}>
        <div className="rp-radio-list">
          {(Object.keys(moments) as (keyof typeof moments)[]).map(key => (
            <Radio
              key={key}
              value={key}
              label={`${t(`schedule.${key}`)} (${shown.format(moments[key]())})`}
              {...(key === 'tomorrow' ? { 'data-autofocus': true } : {})}
            />
          ))}
          <Radio value="pick" label={t('schedule.pick')} />
        </div>
      </Radio.Group>
      {choice === 'pick' && (
        <TextInput
          type="datetime-local"
          label={t('schedule.pick')}
          value={picked}
          onChange={event => {
            setPicked(event.currentTarget.value)
            setPast(false)
          }}
          error={past ? t('schedule.past') : null}
          required
          withAsterisk={false}
        />
      )}
    </FormDialog>
  )
}
