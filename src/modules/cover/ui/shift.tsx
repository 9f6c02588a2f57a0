import './cover.css'
import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { IconMoonStars } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { Link } from 'react-router'
import type { Output } from '../../../shared/contract.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { handing } from '../contract-handing.ts'
import { useAway } from './away.ts'

type Line = Output<typeof handing.shift>['items'][number]
type Notes = Record<number, { out?: boolean; note?: string }>

const usePromise = () => {
  const t = useSay()
  return ({ promise }: Line) =>
    promise
      ? t('shift.next', {
          what: promise.title || sayOr(`promise.kind.${promise.kind}`, promise.kind),
          when: atTime(promise.dueAt),
        })
      : t('shift.nextNone')
}

const Row = ({ line, notes, set }: { line: Line; notes: Notes; set: (more: Notes[number]) => void }) => {
  const t = useSay()
  const next = usePromise()
  const { out = false, note = '' } = notes[line.caseId] ?? {}
  return (
    <li className="rp-cover-line" data-out={out || undefined}>
      <Checkbox
        aria-label={t('shift.include', { title: line.subject })}
        checked={!out}
        onChange={event => set({ out: !event.currentTarget.checked })}
      />
      <div className="rp-grow">
        <Link to={`/cases/${line.caseId}`} dir="auto">
          #{line.caseId} {line.subject}
        </Link>
        <div className="rp-small">
          {line.person} · <strong>{next(line)}</strong>
        </div>
        {line.lastNote && (
          <div className="rp-dim rp-small rp-cover-last" dir="auto">
            {t('shift.last', { text: line.lastNote })}
          </div>
        )}
        {!out && (
          <>
            <Textarea
              className="rp-cover-note"
              aria-label={t('shift.note', { title: line.subject })}
              placeholder={t('shift.notePlaceholder')}
              autosize
              minRows={1}
              maxLength={20_000}
              value={note}
              onChange={event => set({ note: event.currentTarget.value })}
            />
            <p className="rp-cover-printed">{note}</p>
          </>
        )}
      </div>
    </li>
  )
}

const useGoals = () => {
  const t = useSay()
  const me = useMe()
  const { named, warning } = useAway()
  const staff = (useCall(identity.staff, {}).data?.items ?? []).filter(one => one.endedAt === null && one.id !== me.id)
  const data = [
    { value: '', label: '' },
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
  const list = useCall(handing.shift, {}, { staleTime: 0 })
  const act = useAct(handing.handShift, {
    quiet: true,
    refresh: [handing.shift, handing.here],
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
              <Row
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
