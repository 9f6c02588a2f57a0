import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../../cases/contract.ts'
import { referrals } from '../contract.ts'
import { type Asking, isSpoken, ReferFields } from './refer-fields.tsx'
import { TellCustomer, useTelling } from './tell-customer.tsx'

const empty: Asking = {
  reason: 'seeking_advice',
  toKind: 'colleague',
  toId: '',
  how: 'by_message',
  question: '',
  said: '',
  subject: '',
  dueAt: '',
}

const inputOf = (id: number, { toId, said, subject, dueAt, ...asking }: Asking, tellCustomer: string) => ({
  id,
  ...asking,
  ...(toId ? { toId: Number(toId) } : {}),
  ...(isSpoken(asking.how) ? { said } : {}),
  ...(asking.toKind === 'supplier' && subject ? { subject } : {}),
  ...(dueAt ? { dueAt: new Date(dueAt).toISOString() } : {}),
  tellCustomer,
})

/** Asks a colleague, a role, one's line manager, a team or a supplier, in a conversation of its own. */
export const ReferDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const [asking, setAsking] = useState(empty)
  const { telling, setTelling, tellCustomer } = useTelling(kase)
  const act = useAct(referrals.refer, {
    quiet: true,
    refresh: [cases.get, cases.messages, cases.timeline, referrals.ofCase],
    done: ({ to }) => {
      close()
      told(t('refer.done', { name: to }))
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate(inputOf(kase.id, asking, tellCustomer))
  }
  return (
    <FormDialog
      title={t('refer.title')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('refer.submit')}
      size="lg"
    >
      <ProblemNote problem={act.error} />
      <ReferFields asking={asking} set={setAsking} />
      <TellCustomer telling={telling} set={setTelling} />
    </FormDialog>
  )
}
