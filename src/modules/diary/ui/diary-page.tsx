import './diary.css'
import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconCalendarWeek, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay, useMe } from '../../../ui/me.ts'
import { diary, type Resource } from '../contract.ts'
import { type Column, DiaryGrid } from './diary-grid.tsx'
import { Feed } from './feed.tsx'
import { dateOf, dayKey, plusDays, weekOf } from './places.ts'

const BookDialog = lazy(async () => ({ default: (await import('./book-dialog.tsx')).BookDialog }))

const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const monthName = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' })

/** Day, view and whose diary stand in the address. */
const usePlace = (resources: readonly Resource[]) => {
  const me = useMe()
  const [params, setParams] = useSearchParams()
  const own = resources.find(one => one.staffId === me.id)?.id ?? resources[0]?.id
  const set = (more: Record<string, string>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries(more)) next.set(name, value)
    setParams(next, { replace: true })
  }
  const asked = params.get('day') ?? ''
  return {
    day: /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : dayKey(new Date()),
    view: params.get('view') === 'day' ? ('day' as const) : ('week' as const),
    of: Number(params.get('of')) || own,
    set,
  }
}

const columnsOf = (
  view: 'week' | 'day',
  day: string,
  of: number | undefined,
  resources: readonly Resource[],
): Column[] =>
  view === 'week'
    ? weekOf(day).map(one => ({ key: one, day: one, resourceId: of ?? null, label: dayName.format(dateOf(one)) }))
    : resources.map(one => ({ key: `${day}|${one.id}`, day, resourceId: one.id, label: one.name }))

/** The diary of a colleague over a week, or of all of them on one day side by side. */
export const DiaryPage = () => {
  const t = useSay()
  const may = useMay()('case.handle')
  const resources = useCall(diary.resources, {})
  const all = resources.data?.items ?? []
  const { day, view, of, set } = usePlace(all)
  const columns = columnsOf(view, day, of, all)
  const [first, last] = [columns[0]?.day ?? day, columns.at(-1)?.day ?? day]
  const list = useCall(
    diary.diary,
    {
      from: dateOf(first).toISOString(),
      to: dateOf(plusDays(last, 1)).toISOString(),
      ...(view === 'week' && of ? { resources: String(of) } : {}),
    },
    { enabled: all.length > 0, refetchInterval: 60_000, placeholderData: keepPreviousData },
  )
  const [booking, setBooking] = useState<{ startsAt: string; resourceId: number } | null>(null)
  const step = view === 'week' ? 7 : 1
  return (
    <div className="rp-page rp-diary-page">
      <PageHeader title={t('diary.title')} lead={t('diary.lead')} />
      <ProblemNote problem={list.error ?? resources.error} />
      {resources.data && all.length === 0 ? (
        <EmptyState
          icon={<IconCalendarWeek size={34} stroke={1.2} />}
          title={t('diary.none')}
          text={t('diary.noneText')}
        />
      ) : (
        <>
          <div className="rp-diary-bar">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('diary.previous')}
              onClick={() => set({ day: plusDays(day, -step) })}
            >
              <IconChevronLeft size={17} />
            </ActionIcon>
            <h2 translate="no" aria-live="polite">
              {view === 'week' ? monthName.format(dateOf(day)) : dayName.format(dateOf(day))}
            </h2>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('diary.next')}
              onClick={() => set({ day: plusDays(day, step) })}
            >
              <IconChevronRight size={17} />
            </ActionIcon>
            <Button size="compact-sm" variant="default" onClick={() => set({ day: dayKey(new Date()) })}>
              {t('diary.today')}
            </Button>
            <span className="rp-grow" />
            {view === 'week' && (
              <NativeSelect
                aria-label={t('diary.of')}
                size="xs"
                data={all.map(one => ({ value: String(one.id), label: one.name }))}
                value={String(of ?? '')}
                onChange={event => set({ of: event.currentTarget.value })}
              />
            )}
            <SegmentedControl
              size="xs"
              aria-label={t('diary.view')}
              value={view}
              onChange={next => set({ view: next })}
              data={[
                { value: 'week', label: t('diary.week') },
                { value: 'day', label: t('diary.day') },
              ]}
            />
          </div>
          <DiaryGrid
            columns={columns}
            bookings={list.data?.items ?? []}
            book={may ? (startsAt, resourceId) => setBooking({ startsAt, resourceId }) : null}
          />
          <p className="rp-dim rp-small">{t('diary.keys')}</p>
        </>
      )}
      <Feed />
      {booking && (
        <Suspense>
          <BookDialog given={{ caseId: null, ...booking }} close={() => setBooking(null)} />
        </Suspense>
      )}
    </div>
  )
}
