import './case.css'
import { NativeSelect, Radio } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, Suspense, useState } from 'react'
import { keyOf } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { MissingSteps } from '../../procedures/ui/index.ts'
import { ClosingAuthority } from '../../referrals/ui/index.ts'
import type { Case } from '../contract.ts'
import { promising } from '../contract-promises.ts'
import { useChangeCase } from './lines.ts'
import { metOf, useMet } from './met.ts'

/** After how many working days one looks in again; a working day is what most counters are open for. */
const checkBackDays = [1, 2, 3, 5, 10]
const dayMinutes = 480

/** The closing check: was the need met? What the customer said counts; a guess of ours does not. */
export const SolveDialog = ({ kase, close, solved }: { kase: Case; close: () => void; solved?: () => void }) => {
  const t = useSay()
  const { check, setCheck, choices } = useMet(kase)
  const change = useChangeCase({
    quiet: true,
    words: ({ number }) => t(check === 'ask' ? 'solve.doneAsked' : 'solve.done', { number }),
  })
  const [checkBack, setCheckBack] = useState('')
  const client = useQueryClient()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    change.mutate(
      {
        id: kase.id,
        status: 'solved',
        ...metOf(check),
        ...(checkBack ? { checkBackMinutes: Number(checkBack) * dayMinutes } : {}),
      },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: keyOf(promising.promisesOfCase) })
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
      <Suspense fallback={null}>
        <MissingSteps caseId={kase.id} />
      </Suspense>
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
      <NativeSelect
        label={t('solve.checkBack')}
        description={t('solve.checkBackText')}
        data={[
          { value: '', label: t('solve.noCheckBack') },
          ...checkBackDays.map(count => ({ value: String(count), label: t('solve.checkBackIn', { count }) })),
        ]}
        value={checkBack}
        onChange={event => setCheckBack(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
