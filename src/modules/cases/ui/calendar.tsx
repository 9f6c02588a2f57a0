import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useDragging } from '../../../ui/kit/dragging.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { viewing } from '../contract-views.ts'
import { CalendarDay, type Entry } from './calendar-day.tsx'
import { dateOf, dayAfterKey, dayKey, daysOf, plusDays, plusMonths, type Span } from './calendar-days.ts'
import { useMovingDays } from './calendar-moving.ts'
import type { Filter } from './views.ts'

type Props = { title: string; filter: Filter; by: string; viewKey: string }

/** Where each view was left, to be there again after a look at a case. */
const left = new Map<string, { span: Span; day: string }>()

const ignore = () => undefined

const isDateField = (by: string) => by.startsWith('custom.')

/** The first and the last moment that is shown; dates for a date field. */
const boundsOf = (days: readonly string[], by: string) => {
  const [first, last] = [days[0] as string, days.at(-1) as string]
  if (isDateField(by)) return { start: first, end: last }
  return {
    start: new Date(`${first}T00:00:00`).toISOString(),
    end: new Date(new Date(`${plusDays(last, 1)}T00:00:00`).getTime() - 1).toISOString(),
  }
}

const monthName = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })

const useDays = (viewKey: string) => {
  const today = dayKey(new Date())
  const [{ span, day }, setPlace] = useState(left.get(viewKey) ?? { span: 'month' as Span, day: today })
  const go = (next: Partial<{ span: Span; day: string }>) => {
    const place = { span, day, ...next }
    left.set(viewKey, place)
    setPlace(place)
  }
  return { span, day, today, go }
}

type Days = ReturnType<typeof useDays>

const CalendarBar = ({ span, day, today, go }: Days) => {
  const t = useSay()
  const step = (by: number) => go({ day: span === 'week' ? plusDays(day, by * 7) : plusMonths(day, by) })
  return (
    <div className="rp-calendar-bar">
      <ActionIcon variant="subtle" color="gray" aria-label={t('calendar.previous')} onClick={() => step(-1)}>
        <IconChevronLeft size={17} />
      </ActionIcon>
      <h2 translate="no" aria-live="polite">
        {monthName.format(dateOf(day))}
      </h2>
      <ActionIcon variant="subtle" color="gray" aria-label={t('calendar.next')} onClick={() => step(1)}>
        <IconChevronRight size={17} />
      </ActionIcon>
      <Button size="compact-sm" variant="default" onClick={() => go({ day: today })}>
        {t('calendar.today')}
      </Button>
      <span className="rp-grow" />
      <SegmentedControl
        size="xs"
        aria-label={t('calendar.span')}
        value={span}
        onChange={span => go({ span })}
        data={[
          { value: 'month', label: t('calendar.month') },
          { value: 'week', label: t('calendar.week') },
        ]}
      />
    </div>
  )
}

/** A view as a month or week: cases on the day they wake, were opened, or have in a date field. */
export const Calendar = ({ title, filter, by, viewKey }: Props) => {
  const t = useSay()
  const place = useDays(viewKey)
  const { span, day, today, go } = place
  const table = useRef<HTMLTableElement>(null)
  const byKey = useRef(false)
  const may = useMay()
  const move = useMovingDays(by)
  const { drag, hold } = useDragging<Entry>(move ?? ignore)
  const days = daysOf(span, day)
  const found = useCall(
    viewing.calendar,
    { ...filter, groupBy: by, ...boundsOf(days, by) },
    {
      placeholderData: keepPreviousData,
    },
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the day that a key chose
  useEffect(() => {
    if (byKey.current) table.current?.querySelector<HTMLElement>('[data-day][tabindex="0"]')?.focus()
    byKey.current = false
  }, [day])
  if (found.error) return <EmptyState title={t('queue.failed')} text={sentenceOf(found.error)} />
  const entries = new Map<string, Entry[]>()
  for (const { on, line } of found.data?.items ?? []) {
    const key = isDateField(by) ? on : dayKey(new Date(on))
    entries.set(key, [...(entries.get(key) ?? []), { day: key, at: isDateField(by) ? null : on, line }])
  }
  const press = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).dataset.day) return
    const next = dayAfterKey(event.key, day, span)
    if (!next) return
    event.preventDefault()
    byKey.current = true
    go({ day: next })
  }
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  return (
    <div className="rp-stage-body rp-calendar" data-span={span} data-dragging={drag !== null || undefined}>
      <CalendarBar {...place} />
      {found.data?.more && <p className="rp-dim rp-small">{t('calendar.more')}</p>}
      <table ref={table} aria-label={`${title}: ${t('calendar.label')}`} onKeyDown={press}>
        <thead>
          <tr>
            {days.slice(0, 7).map(key => (
              <th key={key} scope="col" translate="no">
                {weekday.format(dateOf(key))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0]}>
              {week.map(key => (
                <CalendarDay
                  key={key}
                  day={key}
                  entries={entries.get(key) ?? []}
                  whole={span === 'week'}
                  outside={span === 'month' && key.slice(0, 7) !== day.slice(0, 7)}
                  today={key === today}
                  chosen={key === day}
                  choose={() => go({ day: key })}
                  open={() => go({ day: key, span: 'week' })}
                  drag={drag && { id: drag.item.line.id, x: drag.x, y: drag.y }}
                  over={drag?.over === key}
                  {...(move && may('case.handle') ? { hold } : {})}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
