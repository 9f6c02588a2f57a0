import { NativeSelect } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { joining, type LinkKind, linkKinds } from '../contract-joining.ts'
import { CasePicker, type Picked } from './case-picker.tsx'
import { caseAnswers, toldWithUndo } from './joining.ts'

/** Says that two cases belong together, and how. */
export const LinkDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const [picked, pick] = useState<Picked | null>(null)
  const [kind, setKind] = useState<LinkKind>('related')
  const unlink = useAct(joining.unlink, { refresh: caseAnswers })
  const link = useAct(joining.link, { quiet: true, refresh: caseAnswers })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!picked) return
    link.mutate(
      { id: kase.id, toId: picked.id, kind },
      {
        onSuccess: made => {
          close()
          toldWithUndo(t('link.done', { number: picked.id }), () => unlink.mutate({ id: made.id }))
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('link.title')}
      close={close}
      onSubmit={submit}
      busy={link.isPending}
      ready={picked !== null}
      action={t('link.submit')}
      size={560}
    >
      <ProblemNote problem={link.error} />
      <NativeSelect
        label={t('link.kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as LinkKind)}
        data={linkKinds.map(value => ({ value, label: t(`link.out.${value}`) }))}
      />
      <CasePicker caseId={kase.id} picked={picked} pick={pick} />
    </FormDialog>
  )
}
