import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { type Absence, type AbsenceKind, absenceKinds, cover } from '../contract.ts'
import { handing } from '../contract-handing.ts'
import { shifts } from '../contract-shift.ts'
import { useAway } from './away.ts'

const local = (moment: string | null): string => {
  if (!moment) return ''
  const at = new Date(moment)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
const moment = (value: string): string | null => (value ? new Date(value).toISOString() : null)

export const awayAnswers = [cover.away, cover.absences, shifts.here, handing.plan]

type Props = {
  staff: { id: number; name: string }
  me: boolean
  /** One that is changed; null for a new one. */
  absence: Absence | null
  close: () => void
  done: (absence: Absence) => void
  action?: string
}

/** Notes that somebody is away. Nothing has to be filled in: somebody ill is away from now until they say otherwise. */
export const AwayDialog = ({ staff, me, absence, close, done, action }: Props) => {
  const t = useSay()
  const { warning } = useAway()
  const [kind, setKind] = useState<AbsenceKind>(absence?.kind ?? 'sick')
  const [startsAt, setStartsAt] = useState(local(absence?.startsAt ?? null))
  const [endsAt, setEndsAt] = useState(local(absence?.endsAt ?? null))
  const [coverId, setCoverId] = useState(absence?.cover ? String(absence.cover.id) : '')
  const [note, setNote] = useState(absence?.note ?? '')
  const colleagues = (useCall(identity.staff, {}).data?.items ?? []).filter(
    one => one.endedAt === null && one.id !== staff.id,
  )
  const options = { quiet: true, refresh: awayAnswers, done }
  const [add, change] = [useAct(cover.addAbsence, options), useAct(cover.changeAbsence, options)]
  const chosen = colleagues.find(one => String(one.id) === coverId)
  const mind = chosen ? warning(chosen.id, chosen.name) : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const starts = moment(startsAt)
    const given = {
      kind,
      endsAt: moment(endsAt),
      coverId: coverId ? Number(coverId) : null,
      note,
      ...(starts ? { startsAt: starts } : {}),
    }
    if (absence) change.mutate({ id: absence.id, version: absence.version, ...given })
    else add.mutate({ ...given, ...(me ? {} : { staffId: staff.id }) })
  }
  return (
    <FormDialog
      title={me ? t('away.add') : t('away.addFor', { name: staff.name })}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      {...(action ? { action } : {})}
    >
      <ProblemNote problem={add.error ?? change.error} />
      <NativeSelect
        label={t('away.kind')}
        data={absenceKinds.map(value => ({ value, label: t(`away.kind.${value}`) }))}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as AbsenceKind)}
        data-autofocus
      />
      <div className="rp-columns">
        <TextInput
          type="datetime-local"
          label={t('away.starts')}
          description={t('away.startsNow')}
          value={startsAt}
          onChange={event => setStartsAt(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('away.ends')}
          description={t('away.endsOpen')}
          value={endsAt}
          onChange={event => setEndsAt(event.currentTarget.value)}
        />
      </div>
      <NativeSelect
        label={t('away.cover')}
        data={[
          { value: '', label: t('away.coverNone') },
          ...colleagues.map(one => ({ value: String(one.id), label: one.name })),
        ]}
        value={coverId}
        onChange={event => setCoverId(event.currentTarget.value)}
      />
      {mind && <Notice tone="note">{mind}</Notice>}
      <Textarea
        label={t('away.note')}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
