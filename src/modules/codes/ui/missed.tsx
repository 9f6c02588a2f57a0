import { useState } from 'react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { codes } from '../contract.ts'

const List = ({ codeId, clause }: { codeId: number; clause: string }) => {
  const t = useSay()
  const { data, error } = useCall(codes.missed, { id: codeId, clause })
  if (error) return <ProblemNote problem={error} />
  if (!data) return <Loading rows={2} />
  if (data.items.length === 0) return <p className="rp-dim">{t('codes.missed.none')}</p>
  return (
    <ul className="rp-list">
      {data.items.map(one => (
        <li key={one.promiseId}>
          <Link className="rp-grow rp-truncate" to={`/cases/${one.caseId}`}>
            #{one.caseId} <span dir="auto">{one.subject}</span>
          </Link>
          <span className="rp-dim">
            {t('codes.missed.due', { due: atTime(one.dueAt) })}
            {one.keptAt && `, ${t('codes.missed.kept', { kept: atTime(one.keptAt) })}`}
          </span>
          <Label tone={one.outcome === 'late' ? 'note' : 'bad'}>{t(`codes.missed.${one.outcome}`)}</Label>
        </li>
      ))}
    </ul>
  )
}

/** Which promises of a clause were missed, read when somebody asks. */
export const MissedOf = ({ codeId, clause }: { codeId: number; clause: string }) => {
  const t = useSay()
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('codes.missed.show')}</summary>
      {open && <List codeId={codeId} clause={clause} />}
    </details>
  )
}
