import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Output } from '../../../shared/contract.ts'
import { useCall } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay, useMe } from '../../../ui/me.ts'
import { shifts } from '../contract-shift.ts'
import { untilOf } from './away.ts'
import { AwayDialog } from './away-dialog.tsx'

type Person = Output<typeof shifts.here>['items'][number]

const Holds = ({ person }: { person: Person }) => {
  const t = useSay()
  const { open, due, appointments } = person
  return (
    <>
      {t('cover.open', { count: open })}
      {person.waiting > 0 && ` (${t('cover.waiting', { n: person.waiting })})`}
      {due > 0 && ` · ${t('cover.due', { count: due })}`}
      {appointments > 0 && ` · ${t('cover.appointments', { count: appointments })}`}
    </>
  )
}

const State = ({ person }: { person: Person }) => {
  const t = useSay()
  const { absence } = person
  if (!absence) return <Label tone="good">{t('cover.here')}</Label>
  return (
    <>
      <Label tone="note">{absence.kind ? t(`away.kind.${absence.kind}`) : t('cover.away')}</Label>{' '}
      {absence.handedOver && <Label tone="plain">{t('cover.handedOver')}</Label>}
    </>
  )
}

const Line = ({ person, note }: { person: Person; note: (() => void) | null }) => {
  const t = useSay()
  const { staff, absence } = person
  const until = absence && t('away.since', { from: atTime(absence.startsAt), until: untilOf(absence.endsAt, t) })
  return (
    <li>
      <Avatar name={staff.name} size={28} />
      <div className="rp-grow">
        <strong>{staff.name}</strong> <State person={person} />
        <div className="rp-dim rp-small">
          {[person.role, ...person.teams].join(', ')}
          {until && ` · ${until}`}
          {absence?.cover && ` · ${t('away.covered', { name: absence.cover.name })}`}
          {!absence && person.nextAwayAt && ` · ${t('cover.nextAway', { from: atTime(person.nextAwayAt) })}`}
        </div>
        <div className="rp-small">
          <Holds person={person} />
        </div>
      </div>
      {absence?.id && (
        <Button
          component={Link}
          to={`/cover/${absence.id}`}
          size="compact-sm"
          variant="default"
          aria-label={t('cover.planOpenOf', { name: staff.name })}
        >
          {t('cover.planOpen')}
        </Button>
      )}
      {!absence && note && (
        <Button size="compact-sm" variant="default" onClick={note} aria-label={t('cover.awayOf', { name: staff.name })}>
          {t('cover.away')}
        </Button>
      )}
    </li>
  )
}

/** Who is here, who is away, and what each of them holds: the start of a supervisor's day. */
export const Here = () => {
  const t = useSay()
  const go = useNavigate()
  const me = useMe()
  const may = useMay()('cover.edit')
  const [of, setOf] = useState<Person['staff'] | null>(null)
  const list = useCall(shifts.here, {}, { refetchInterval: 60_000 })
  return (
    <div className="rp-page">
      <PageHeader title={t('cover.title')} lead={t('cover.lead')}>
        <Button component={Link} to="/cover/shift" variant="default">
          {t('cover.shift')}
        </Button>
      </PageHeader>
      <ProblemNote problem={list.error} />
      {list.isPending && <Loading rows={6} height={56} />}
      <ul className="rp-list" aria-label={t('cover.title')}>
        {list.data?.items.map(person => (
          <Line
            key={person.staff.id}
            person={person}
            note={may || person.staff.id === me.id ? () => setOf(person.staff) : null}
          />
        ))}
      </ul>
      {of && (
        <AwayDialog
          staff={of}
          me={of.id === me.id}
          absence={null}
          close={() => setOf(null)}
          action={t('cover.seeHolds')}
          done={absence => {
            setOf(null)
            told(t('away.noted'))
            void go(`/cover/${absence.id}`)
          }}
        />
      )}
    </div>
  )
}
