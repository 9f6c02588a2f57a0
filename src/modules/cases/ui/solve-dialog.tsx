import { Radio } from '@mantine/core'
import { type SubmitEvent, Suspense } from 'react'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { ClosingAuthority } from '../../referrals/ui/index.ts'
import type { Case } from '../contract.ts'
import { useChangeCase } from './lines.ts'
import { metOf, useMet } from './met.ts'

/** The closing check: was the need met? What the customer said counts; a guess of ours does not. */
export const SolveDialog = ({ kase, close, solved }: { kase: Case; close: () => void; solved?: () => void }) => {
  const t = useSay()
  const { check, setCheck, choices } = useMet(kase)
  const change = useChangeCase({
    quiet: true,
    words: ({ number }) => t(check === 'ask' ? 'solve.doneAsked' : 'solve.done', { number }),
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    change.mutate(
      { id: kase.id, status: 'solved', ...metOf(check) },
      {
        onSuccess: () => {
          close()
          solved?.()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('solve.title')}
      close={close}
      onSubmit={submit}
      busy={change.isPending}
      action={t('case.solve')}
    >
      <ProblemNote problem={change.error} />
      {kase.kind === 'complaint' && (
        <Suspense fallback={null}>
          <ClosingAuthority kase={kase} needMet={metOf(check).needMet} close={close} />
        </Suspense>
      )}
      <Radio.Group label={t('solve.question')} value={check} onChange={value => setCheck(value)}>
        <div className="rp-radio-list">
          {choices.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} {...(value === check ? { 'data-autofocus': true } : {})} />
          ))}
        </div>
      </Radio.Group>
    </FormDialog>
  )
}
