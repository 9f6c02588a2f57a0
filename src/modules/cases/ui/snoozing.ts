import type { Output } from '../../../shared/contract.ts'
import { useAct } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { bulk } from '../contract-bulk.ts'
import { viewing } from '../contract-views.ts'
import { caseAnswers, toldWithUndo } from './joining.ts'

type Was = Output<typeof bulk.snooze>

export const shown = (moment: Date): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment)

/** Puts a case to sleep or wakes it. Each says so, with the way back to how it slept before. */
export const useSnooze = ({ id }: { id: number }) => {
  const t = useSay()
  // Said by the change itself: the dialogue that asked for it may be closed by then.
  const act = useAct(bulk.snooze, {
    refresh: [...caseAnswers, viewing.calendar],
    done: (was, { until }) =>
      toldWithUndo(
        until ? t('snooze.done', { when: shown(new Date(until)) }) : t('snooze.woken'),
        () => act.mutate({ id, ...was }),
        `snoozed${id}`,
      ),
  })
  return {
    act,
    wake: () => act.mutate({ id, until: null }),
    sleep: (until: Date, wakeOn: Was['wakeOn'], done: () => void) =>
      act.mutate({ id, until: until.toISOString(), wakeOn }, { onSuccess: done }),
  }
}
