import './cover.css'
import { Button, NativeSelect } from '@mantine/core'
import { IconMoonStars } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { shifts } from '../contract-shift.ts'
import { useAway } from './away.ts'
import { type Notes, ShiftRow } from './shift-row.tsx'

const useGoals = () => {
  const t = useSay()
  const me = useMe()
  const { named, warning } = useAway()
  const staff = (useCall(identity.staff, {}).data?.items ?? []).filter(one => one.endedAt === null && one.id !== me.id)
  const data = [
    { value: '', label: t('shift.to') },
    ...useTeams().map(team => ({ value: `team ${team.id}`, label: t('shift.toTeam', { name: team.name }) })),
    ...staff.map(one => ({ value: `staff ${one.id}`, label: named(one.id, one.name) })),
  ]
  const mindOf = (goal: string) => {
    const one = staff.find(({ id }) => goal === `staff ${id}`)
    return one ? warning(one.id, one.name) : null
  }
  return { data, mindOf }
}

/** My open cases at the end of a shift, handed to a colleague or a team in one go. */
export const Shift = () => {
  const t = useSay()
  const [notes, setNotes] = useState<Notes>({})
  const [goal, setGoal] = useState('')
  const { data, mindOf } = useGoals()
  const list = useCall(shifts.shift, {}, { staleTime: 0 })
  const act = useAct(shifts.handShift, {
    quiet: true,
    refresh: [shifts.shift, shifts.here],
    done: ({ handed }) => told(t('shift.done', { count: handed })),
  })
  const lines = list.data?.items ?? []
  const taken = lines.filter(line => !notes[line.caseId]?.out)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const [kind, id] = goal.split(' ')
    const items = taken.map(({ caseId }) => ({ caseId, note: notes[caseId]?.note ?? '' }))
    act.mutate({ items, ...(kind === 'team' ? { toTeamId: Number(id) } : { toStaffId: Number(id) }) })
  }
  const mind = mindOf(goal)
  return (
    <div className="rp-page rp-cover-shift">
      <PageHeader title={t('shift.title')} lead={t('shift.lead')}>
        {lines.length > 0 && (
          <Button variant="default" onClick={() => window.print()}>
            {t('shift.print')}
          </Button>
        )}
      </PageHeader>
      <ProblemNote problem={list.error ?? act.error} />
      {list.isPending && <Loading rows={5} height={64} />}
      {list.isSuccess && lines.length === 0 && (
        <EmptyState
          icon={<IconMoonStars size={34} stroke={1.2} />}
          title={t('shift.none')}
          text={t('shift.noneText')}
        />
      )}
      {lines.length > 0 && (
        <form onSubmit={submit}>
          <ul className="rp-list" aria-label={t('shift.list')}>
            {lines.map(line => (
              <ShiftRow
                key={line.caseId}
                line={line}
                notes={notes}
                set={more => setNotes(all => ({ ...all, [line.caseId]: { ...all[line.caseId], ...more } }))}
              />
            ))}
          </ul>
          {mind && <Notice tone="note">{mind}</Notice>}
          <div className="rp-actions rp-cover-confirm" data-end>
            <NativeSelect
              aria-label={t('shift.to')}
              data={data}
              value={goal}
              onChange={event => setGoal(event.currentTarget.value)}
            />
            <Button type="submit" loading={act.isPending} disabled={!goal || taken.length === 0}>
              {t('shift.hand', { count: taken.length })}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
