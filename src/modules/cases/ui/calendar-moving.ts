import { useQueryClient } from '@tanstack/react-query'
import { useAct } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { bulk } from '../contract-bulk.ts'
import { viewing } from '../contract-views.ts'
import type { Entry } from './calendar-day.tsx'
import { dateOf } from './calendar-days.ts'
import { changeTo } from './groups.ts'
import { toldWithUndo } from './joining.ts'
import { touch } from './patching.ts'
import { useTakeBack } from './taking-back.ts'

const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })

/** The same time of the clock on another day. */
const onDay = (at: string, day: string): string => {
  const moment = new Date(at)
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  moment.setFullYear(year, month - 1, date)
  return moment.toISOString()
}

/**
 * Moves a case to another day: it wakes then, or its date field says so. When a case was opened nobody changes.
 * @returns null where the calendar goes by something that cannot be moved
 */
export const useMovingDays = (by: string): ((entry: Entry, day: string) => void) | null => {
  const t = useSay()
  const client = useQueryClient()
  const takeBack = useTakeBack()
  const snooze = useAct(bulk.snooze, { refresh: [cases.get, viewing.calendar] })
  const change = useAct(cases.change, { refresh: [cases.get, viewing.calendar] })
  const told = ({ line }: Entry, day: string, undo: () => void) =>
    toldWithUndo(
      t('board.moved', { subject: line.subject, to: longDay.format(dateOf(day)) }),
      undo,
      `changed${line.id}`,
    )
  const refresh = () => void client.invalidateQueries({ queryKey: [viewing.calendar.path] })
  if (by !== 'snoozedUntil' && !by.startsWith('custom.')) return null
  return (entry, day) => {
    const { id } = entry.line
    if (entry.day === day) return
    touch(id)
    if (entry.at !== null)
      return snooze.mutate(
        { id, until: onDay(entry.at, day) },
        { onSuccess: was => told(entry, day, () => snooze.mutate({ id, ...was })) },
      )
    change.mutate(
      { id, ...changeTo(by, day) },
      { onSuccess: kase => told(entry, day, () => void takeBack(id, kase.version).then(refresh)) },
    )
  }
}
