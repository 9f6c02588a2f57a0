import { Checkbox, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { joining } from '../contract-joining.ts'
import { caseAnswers, toldWithUndo } from './joining.ts'
import { useMessages } from './keeping-up.ts'

/** Takes messages out into a case of their own. */
export const SplitDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const go = useNavigate()
  const messages = useMessages(kase.id)
  const [chosen, choose] = useState<string[]>([])
  const [subject, setSubject] = useState(kase.subject)
  const undo = useAct(joining.undoSplit, { refresh: caseAnswers, done: ({ id }) => void go(`/cases/${id}`) })
  const split = useAct(joining.split, { quiet: true, refresh: caseAnswers })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    split.mutate(
      { id: kase.id, messageIds: chosen.map(Number), subject },
      {
        onSuccess: made => {
          close()
          toldWithUndo(t('split.done', { number: made.id }), () => undo.mutate({ id: made.splitId }))
          void go(`/cases/${made.id}`)
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('split.title')}
      close={close}
      onSubmit={submit}
      busy={split.isPending}
      ready={chosen.length > 0 && subject.trim() !== ''}
      action={t('split.submit', { count: chosen.length })}
      size={560}
    >
      <p className="rp-dim">{t('split.lead')}</p>
      <ProblemNote problem={split.error} />
      <Checkbox.Group label={t('split.choose')} value={chosen} onChange={choose}>
        <div className="rp-radio-list rp-pick-list">
          {messages.items.map(message => (
            <Checkbox
              key={message.id}
              value={String(message.id)}
              label={
                <span className="rp-pick-line">
                  <strong>{message.from.name}</strong> <span className="rp-dim">{message.text.slice(0, 140)}</span>
                </span>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={t('split.subject')}
        value={subject}
        onChange={event => setSubject(event.currentTarget.value)}
        maxLength={300}
        required
      />
    </FormDialog>
  )
}
