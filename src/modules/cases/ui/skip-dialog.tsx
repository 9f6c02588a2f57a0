import { Radio, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { type SkipReason, skipReasons, working } from '../contract-working.ts'

type Props = { caseId: number; close: () => void; skipped: () => void }

/** Why a case is passed over: said once, kept with the case. */
export const SkipDialog = ({ caseId, close, skipped }: Props) => {
  const t = useSay()
  const [reason, setReason] = useState<SkipReason>('not_mine')
  const [words, setWords] = useState('')
  const act = useAct(working.skip, {
    quiet: true,
    refresh: [cases.timeline],
    done: () => {
      close()
      skipped()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: caseId, reason, words })
  }
  return (
    <FormDialog title={t('skip.title')} close={close} onSubmit={submit} busy={act.isPending} action={t('skip.submit')}>
      <ProblemNote problem={act.error} />
      <Radio.Group label={t('skip.why')} value={reason} onChange={value => setReason(value)}>
        <div className="rp-radio-list">
          {skipReasons.map(value => (
            <Radio
              key={value}
              value={value}
              label={t(`skip.choice.${value}`)}
              {...(value === 'not_mine' ? { 'data-autofocus': true } : {})}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t('skip.words')}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
