import { Button, Modal, Radio } from '@mantine/core'
import type { FormEvent } from 'react'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { useChangeCase } from './lines.ts'
import { type Check, metOf, useMet } from './met.ts'

/** The closing check: was the need met? What the customer said counts; a guess of ours does not. */
export const SolveDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const { check, setCheck, choices } = useMet(kase)
  const change = useChangeCase(true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { id: kase.id, status: 'solved', ...metOf(check) },
      {
        onSuccess: () => {
          close()
          told(t(check === 'ask' ? 'solve.doneAsked' : 'solve.done', { number: kase.number }))
        },
      },
    )
  }
  return (
    <Modal opened onClose={close} title={t('solve.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={change.error} />
        <Radio.Group label={t('solve.question')} value={check} onChange={value => setCheck(value as Check)}>
          <div className="rp-radio-list">
            {choices.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} {...(value === check ? { 'data-autofocus': true } : {})} />
            ))}
          </div>
        </Radio.Group>
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('case.solve')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
