import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type Holiday, type Interval, type WorkingCalendar, weekdays } from '../../../shared/calendar.ts'
import type { Problem } from '../../../ui/call.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { zones } from './zones.ts'

type Props = { hours: WorkingCalendar; set: (hours: WorkingCalendar) => void; problem: Problem | null }

/** The hours of one day, one pair of times after the other. A day that ends at midnight is written 24:00. */
const Intervals = ({ label, list, set }: { label: string; list: Interval[]; set: (list: Interval[]) => void }) => {
  const t = useSay()
  const put = (index: number, change: Partial<Interval>) =>
    set(list.map((item, at) => (at === index ? { ...item, ...change } : item)))
  const next = (): Interval => ({ from: list.at(-1)?.to ?? '09:00', to: '17:30' })
  return (
    <div className="rp-actions">
      {list.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: intervals have no identity but their place
        <span key={index} className="rp-interval">
          <TextInput
            size="xs"
            w={74}
            aria-label={`${label}: ${t('hours.from')}`}
            value={item.from}
            onChange={event => put(index, { from: event.currentTarget.value })}
            inputMode="numeric"
          />
          –
          <TextInput
            size="xs"
            w={74}
            aria-label={`${label}: ${t('hours.to')}`}
            value={item.to}
            onChange={event => put(index, { to: event.currentTarget.value })}
            inputMode="numeric"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => set(list.filter((_, at) => at !== index))}
            aria-label={`${label}: ${t('hours.removeInterval')}`}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
      {list.length === 0 && <span className="rp-dim">{t('hours.closed')}</span>}
      <ActionIcon
        variant="subtle"
        onClick={() => set([...list, next()])}
        aria-label={`${label}: ${t('hours.addInterval')}`}
        title={t('hours.addInterval')}
      >
        <IconPlus size={16} />
      </ActionIcon>
    </div>
  )
}

const HolidayRow = ({ day, set, remove }: { day: Holiday; set: (day: Holiday) => void; remove: () => void }) => {
  const t = useSay()
  return (
    <div className="rp-holiday">
      <TextInput
        size="xs"
        type="date"
        aria-label={t('hours.date')}
        value={day.date}
        onChange={event => set({ ...day, date: event.currentTarget.value })}
        required
      />
      <TextInput
        size="xs"
        aria-label={t('hours.holidayName')}
        placeholder={t('hours.holidayName')}
        value={day.name}
        onChange={event => set({ ...day, name: event.currentTarget.value })}
        required
        className="rp-grow"
      />
      <Checkbox
        size="xs"
        label={t('hours.openThen')}
        checked={day.open !== undefined}
        onChange={event => {
          const { open: _, ...closed } = day
          set(event.currentTarget.checked ? { ...day, open: [{ from: '10:00', to: '14:00' }] } : closed)
        }}
      />
      <ActionIcon variant="subtle" color="gray" onClick={remove} aria-label={`${t('action.remove')} ${day.name}`}>
        <IconX size={14} />
      </ActionIcon>
      {day.open && <Intervals label={day.name} list={day.open} set={open => set({ ...day, open })} />}
    </div>
  )
}

export const HoursForm = ({ hours, set, problem }: Props) => {
  const t = useSay()
  const putDay = (index: number, day: Holiday) =>
    set({ ...hours, holidays: hours.holidays.map((other, at) => (at === index ? day : other)) })
  const today = new Date().toISOString().slice(0, 10)
  return (
    <>
      <ProblemNote problem={problem} />
      <Select
        label={t('hours.zone')}
        data={zones()}
        value={hours.zone}
        onChange={zone => zone && set({ ...hours, zone })}
        searchable
        allowDeselect={false}
      />
      <div className="rp-week">
        {weekdays.map(day => (
          <div key={day}>
            <span>{t(`weekday.${day}`)}</span>
            <Intervals
              label={t(`weekday.${day}`)}
              list={hours.week[day]}
              set={list => set({ ...hours, week: { ...hours.week, [day]: list } })}
            />
          </div>
        ))}
      </div>
      <fieldset className="rp-fieldset">
        <legend>{t('hours.holidays')}</legend>
        <p className="rp-dim rp-small">{t(hours.holidays.length > 0 ? 'hours.holidaysText' : 'hours.noHolidays')}</p>
        {hours.holidays.map((day, index) => (
          <HolidayRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a day being written has no identity but its place
            key={index}
            day={day}
            set={next => putDay(index, next)}
            remove={() => set({ ...hours, holidays: hours.holidays.filter((_, at) => at !== index) })}
          />
        ))}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => set({ ...hours, holidays: [...hours.holidays, { date: today, name: '' }] })}
        >
          {t('hours.addHoliday')}
        </Button>
      </fieldset>
    </>
  )
}
