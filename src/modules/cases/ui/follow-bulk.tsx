import { Button, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { call } from '../../../ui/call.ts'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { say, useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { type Bulk, bulk } from '../contract-bulk.ts'

const everyMs = 700
const goneMs = 15_000

const Running = ({ state }: { state: Bulk }) => {
  const t = useSay()
  const done = state.total - state.waiting
  const label = t(state.undoes ? 'bulk.undoing' : 'bulk.running', { done, total: state.total })
  return (
    <div>
      <div>{label}</div>
      <Progress value={(100 * done) / Math.max(1, state.total)} mt={6} aria-label={label} />
    </div>
  )
}

const Done = ({ state, undo, why }: { state: Bulk; undo: () => void; why: () => void }) => {
  const t = useSay()
  return (
    <div className="rp-undo">
      <span>
        {t(state.undoes ? 'bulk.undone' : 'bulk.done', { count: state.done })}{' '}
        {state.refused > 0 && t('bulk.refused', { count: state.refused })}
      </span>
      <span className="rp-actions">
        {state.refused > 0 && (
          <Button size="compact-sm" variant="default" onClick={why}>
            {t('bulk.details')}
          </Button>
        )}
        {!state.undoes && state.done > 0 && (
          <Button size="compact-sm" variant="light" onClick={undo}>
            {t('action.undo')}
          </Button>
        )}
      </span>
    </div>
  )
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Follows a bulk change to its end in a message that stays, and offers the way back. */
export const useFollowBulk = (refresh: () => void) => {
  const client = useQueryClient()
  const go = useNavigate()
  const follow = async (first: Bulk): Promise<void> => {
    const id = `bulk-${first.id}`
    const shown = {
      id,
      autoClose: false as const,
      color: 'pine',
      closeButtonProps: { 'aria-label': say('action.close') },
    }
    notifications.show({ ...shown, message: <Running state={first} /> })
    let state = first
    while (state.state === 'running') {
      await wait(everyMs)
      // Broken connections mend; the change goes on without us.
      state = await call(bulk.bulkGet, { id: first.id }).catch(() => state)
      notifications.update({ ...shown, message: <Running state={state} /> })
    }
    for (const stale of [cases.list, cases.get, cases.counts]) void client.invalidateQueries({ queryKey: [stale.path] })
    refresh()
    const undo = () => {
      notifications.hide(id)
      call(bulk.bulkUndo, { id: first.id }).then(follow, toldProblem)
    }
    const why = () => void go(`/bulk/${first.id}`)
    notifications.update({ ...shown, autoClose: goneMs, message: <Done state={state} undo={undo} why={why} /> })
  }
  return (first: Bulk) => void follow(first)
}
