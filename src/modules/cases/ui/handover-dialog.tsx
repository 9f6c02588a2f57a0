import { NativeSelect, SegmentedControl, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { useAway } from '../../cover/ui/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import type { Case } from '../contract.ts'
import { day } from '../contract-day.ts'
import { useStaff } from './choices.tsx'
import { caseAnswers, toldWithUndo } from './joining.ts'
import { useTakeBack } from './taking-back.ts'

type Whom = 'colleague' | 'team'

/** Gives a case away with a note, so that the next one begins where this one stopped. */
export const HandOverDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const me = useMe()
  const takeBack = useTakeBack()
  const [whom, setWhom] = useState<Whom>('colleague')
  const [id, setId] = useState('')
  const [note, setNote] = useState('')
  const lists = { colleague: useStaff().filter(one => one.id !== me.id), team: useTeams() }
  const chosen = lists[whom].find(one => String(one.id) === id)
  const { named, warning } = useAway()
  const mind = whom === 'colleague' && chosen ? warning(chosen.id, chosen.name) : null
  const act = useAct(day.handOver, { quiet: true, refresh: caseAnswers })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!chosen) return
    act.mutate(
      { id: kase.id, note, ...(whom === 'colleague' ? { assigneeId: chosen.id } : { teamId: chosen.id }) },
      {
        onSuccess: ({ undo }) => {
          close()
          toldWithUndo(
            t('handover.done', { name: chosen.name }),
            () => void takeBack(kase.id, undo),
            `changed${kase.id}`,
          )
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('handover.title')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('handover.submit')}
    >
      <ProblemNote problem={act.error} />
      <SegmentedControl
        aria-label={t('handover.to')}
        value={whom}
        onChange={value => {
          setWhom(value)
          setId('')
        }}
        data={[
          { value: 'colleague', label: t('handover.colleague') },
          { value: 'team', label: t('handover.team') },
        ]}
      />
      <NativeSelect
        label={t('handover.to')}
        value={id}
        onChange={event => setId(event.currentTarget.value)}
        required
        data={[
          { value: '', label: '' },
          ...lists[whom].map(one => ({
            value: String(one.id),
            label: whom === 'colleague' ? named(one.id, one.name) : one.name,
          })),
        ]}
      />
      {mind && <Notice tone="note">{mind}</Notice>}
      <Textarea
        label={t('handover.note')}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
        autosize
        minRows={4}
        maxLength={20_000}
        required
      />
    </FormDialog>
  )
}
