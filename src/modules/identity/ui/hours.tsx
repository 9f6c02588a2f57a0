import { TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { type Weekday, type WorkingCalendar, weekdays } from '../../../shared/calendar.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay, useMe } from '../../../ui/me.ts'
import { type Calendar, identity } from '../contract.ts'
import { HoursForm } from './hours-form.tsx'

const usual = [{ from: '09:00', to: '17:30' }]
const blank = (zone: string): WorkingCalendar => ({
  zone,
  week: { monday: usual, tuesday: usual, wednesday: usual, thursday: usual, friday: usual, saturday: [], sunday: [] },
  holidays: [],
})

/** "Monday to Friday" is what one reads in a glance; days with the same hours stand together. */
const Week = ({ hours }: { hours: WorkingCalendar }) => {
  const t = useSay()
  const textOf = (day: Weekday) =>
    hours.week[day].map(({ from, to }) => `${from}–${to}`).join(', ') || t('hours.closed')
  const runs: { from: Weekday; to: Weekday; text: string }[] = []
  for (const day of weekdays) {
    const last = runs.at(-1)
    if (last?.text === textOf(day)) last.to = day
    else runs.push({ from: day, to: day, text: textOf(day) })
  }
  return (
    <dl className="rp-facts rp-facts-wide">
      {runs.map(run => (
        <div key={run.from}>
          <dt>
            {run.from === run.to ? t(`weekday.${run.from}`) : `${t(`weekday.${run.from}`)} – ${t(`weekday.${run.to}`)}`}
          </dt>
          <dd className="rp-number">{run.text}</dd>
        </div>
      ))}
    </dl>
  )
}

const Editor = ({ calendar, close }: { calendar: Calendar | null; close: () => void }) => {
  const t = useSay()
  const { organisation } = useMe()
  const [name, setName] = useState(calendar?.name ?? '')
  const [hours, setHours] = useState(calendar?.hours ?? blank(organisation.zone))
  const options = { quiet: true, refresh: [identity.calendars], done: close }
  const add = useAct(identity.addCalendar, options)
  const change = useAct(identity.changeCalendar, options)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (calendar) change.mutate({ id: calendar.id, version: calendar.version, name, hours })
    else add.mutate({ name, hours })
  }
  return (
    <FormDialog
      size="lg"
      title={calendar ? t('hours.editNamed', { name: calendar.name }) : t('hours.add')}
      close={close}
      onSubmit={save}
      busy={add.isPending || change.isPending}
    >
      <TextInput
        label={t('words.name')}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <HoursForm hours={hours} set={setHours} problem={add.error ?? change.error} />
    </FormDialog>
  )
}

export const Hours = () => {
  const t = useSay()
  const calendars = useCall(identity.calendars, {})
  return (
    <Records
      title={t('hours.title')}
      lead={t('hours.lead')}
      add={t('hours.add')}
      may={useMay()('settings.edit')}
      of={{ ...calendars, items: calendars.data?.items }}
      height={120}
      editLabel={calendar => t('hours.editNamed', { name: calendar.name })}
      form={(calendar, close) => <Editor calendar={calendar} close={close} />}
    >
      {calendar => (
        <div className="rp-grow">
          <div className="rp-actions" style={{ marginBottom: 6 }}>
            <strong>{calendar.name}</strong>
            <Label tone={calendar.openNow ? 'good' : 'plain'}>
              {t(calendar.openNow ? 'hours.isOpen' : 'hours.isClosed')}
            </Label>
            <span className="rp-dim rp-small">
              {calendar.hours.zone} · {t('hours.version', { n: calendar.version })}
            </span>
          </div>
          <Week hours={calendar.hours} />
        </div>
      )}
    </Records>
  )
}
