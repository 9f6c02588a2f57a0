import { Checkbox, Textarea } from '@mantine/core'
import { Link } from 'react-router'
import type { Output } from '../../../shared/contract.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import type { shifts } from '../contract-shift.ts'

type Line = Output<typeof shifts.shift>['items'][number]
export type Notes = Record<number, { out?: boolean; note?: string }>

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

/** A case at the end of a shift: what is promised next, and a note for whoever goes on. */
export const ShiftRow = ({ line, notes, set }: { line: Line; notes: Notes; set: (more: Notes[number]) => void }) => {
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
