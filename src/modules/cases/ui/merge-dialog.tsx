import { Radio } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../contract.ts'
import { joining } from '../contract-joining.ts'
import { CasePicker, type Picked } from './case-picker.tsx'
import { caseAnswers, toldWithUndo } from './joining.ts'
import { flushDrafts } from './saving.ts'

type Share = 'separate' | 'together'

/** Two customers: nothing one wrote is shown to the other unless somebody says so. */
const Sharing = ({
  kase,
  other,
  share,
  set,
}: {
  kase: Case
  other: Case
  share: Share
  set: (share: Share) => void
}) => {
  const t = useSay()
  return (
    <Radio.Group
      label={t('merge.share', { one: kase.requester.name, other: other.requester.name })}
      value={share}
      onChange={value => set(value)}
    >
      <div className="rp-radio-list">
        <Radio value="separate" label={t('merge.separate')} />
        <Radio value="together" label={t('merge.together')} />
      </div>
    </Radio.Group>
  )
}

/** Brings another case into this one. */
export const MergeDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const [picked, pick] = useState<Picked | null>(null)
  const [share, setShare] = useState<Share>('separate')
  const other = useCall(cases.get, { id: picked?.id ?? 0 }, { enabled: picked !== null })
  const undo = useAct(joining.undoMerge, { refresh: caseAnswers })
  const merge = useAct(joining.merge, { quiet: true, refresh: [...caseAnswers, cases.drafts] })
  const twoCustomers = other.data && other.data.requester.id !== kase.requester.id
  const join = async (picked: Picked) => {
    // The drafts of both are joined there: the letters typed last belong to it.
    await flushDrafts()
    merge.mutate(
      { id: kase.id, sourceId: picked.id, ...(twoCustomers ? { share } : {}) },
      {
        onSuccess: ({ mergeId }) => {
          close()
          toldWithUndo(t('merge.done', { number: picked.id }), () => undo.mutate({ id: mergeId }))
        },
      },
    )
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (picked) void join(picked)
  }
  return (
    <FormDialog
      title={t('merge.title')}
      close={close}
      onSubmit={submit}
      busy={merge.isPending}
      ready={picked !== null && !other.isPending}
      action={t('merge.submit')}
      size={560}
    >
      <p className="rp-dim">{t('merge.lead')}</p>
      <ProblemNote problem={merge.error} />
      <CasePicker caseId={kase.id} picked={picked} pick={pick} />
      {twoCustomers && other.data && <Sharing kase={kase} other={other.data} share={share} set={setShare} />}
    </FormDialog>
  )
}
