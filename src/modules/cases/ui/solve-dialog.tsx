import { Button, Modal, Radio } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { useChangeCase } from './lines.ts'

type Check = 'yes' | 'partly' | 'no' | 'ask' | 'skip'

/** The closing check: was the need met? What the customer said counts; a guess of ours does not. */
export const SolveDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const mail = kase.person.identities.some(identity => identity.kind === 'email' && !identity.undeliverable)
  const [check, setCheck] = useState<Check>(mail ? 'ask' : 'skip')
  const change = useChangeCase(true)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const met = check === 'ask' ? { askIfMet: true } : check === 'skip' ? {} : { needMet: check }
    change.mutate(
      { id: kase.id, status: 'solved', ...met },
      {
        onSuccess: () => {
          close()
          told(t(check === 'ask' ? 'solve.doneAsked' : 'solve.done', { number: kase.number }))
        },
      },
    )
  }
  const choices: Check[] = ['yes', 'partly', 'no', ...(mail ? (['ask'] as const) : []), 'skip']
  return (
    <Modal opened onClose={close} title={t('solve.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={change.error} />
        <Radio.Group label={t('solve.question')} value={check} onChange={value => setCheck(value as Check)}>
          <div className="rp-radio-list">
            {choices.map(choice => (
              <Radio
                key={choice}
                value={choice}
                label={t(`solve.${choice}`)}
                {...(choice === check ? { 'data-autofocus': true } : {})}
              />
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
