import { type SubmitEvent, useState } from 'react'
import { money } from '../../../shared/money.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Case, cases } from '../../cases/contract.ts'
import { referrals } from '../contract.ts'
import { useAllowance, useAllowanceSentence } from './allowance.ts'
import { type Filling, formOf, GiveFields } from './give-fields.tsx'
import { TellCustomer, useTelling } from './tell-customer.tsx'

const refresh = [cases.get, cases.messages, cases.timeline, referrals.ofCase, referrals.allowance]

const empty: Omit<Filling, 'currency'> = {
  act: 'refund',
  amount: '',
  reason: '',
  exception: false,
  exceptionReason: '',
  policy: '',
}

const useGiving = (kase: Case, close: () => void) => {
  const t = useSay()
  const { telling, setTelling, tellCustomer } = useTelling(kase)
  const give = useAct(referrals.give, {
    quiet: true,
    refresh,
    done: (_, form) => {
      close()
      told(t('give.done', { what: `${t(`act.${form.act}`)}, ${money(form.amount, form.currency ?? null)}` }))
    },
  })
  const refer = useAct(referrals.refer, {
    quiet: true,
    refresh,
    done: ({ to }) => {
      close()
      told(t('refer.done', { name: to }))
    },
  })
  const ask = (filling: Filling) => {
    const form = formOf(filling)
    refer.mutate({
      id: kase.id,
      reason: 'outside_authority',
      toKind: 'decider',
      question: form.reason,
      form,
      tellCustomer,
    })
  }
  return { give, refer, ask, telling, setTelling }
}

/** Gives something within one's limit; beyond it the same button refers it, with all that was filled in. */
export const GiveDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const sentence = useAllowanceSentence()
  const { organisation } = useMe()
  const usual = useCall(referrals.allowance, { id: kase.id }).data?.currency ?? organisation.currency
  const [typed, setFilling] = useState<Omit<Filling, 'currency'> & { currency?: string }>(empty)
  const filling: Filling = { ...typed, currency: typed.currency ?? usual }
  const form = formOf(filling)
  const { allowance, fresh, problem } = useAllowance(kase.id, form.act, form.currency ?? undefined, form.amount)
  const { give, refer, ask, telling, setTelling } = useGiving(kase, close)
  const beyond = allowance !== undefined && !allowance.allowed && form.amount > 0
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (beyond) ask(filling)
    else give.mutate({ id: kase.id, ...form })
  }
  const action = !beyond
    ? t('give.submit')
    : allowance.decider
      ? t('refer.to', { name: allowance.decider.name })
      : t('refer.nobody')
  return (
    <FormDialog
      title={t('give.title')}
      close={close}
      onSubmit={submit}
      busy={give.isPending || refer.isPending}
      ready={fresh && form.amount > 0 && !(beyond && !allowance.decider)}
      action={action}
    >
      <ProblemNote problem={give.error ?? refer.error ?? problem} />
      <GiveFields filling={filling} set={setFilling} />
      <div aria-live="polite">
        {allowance && <Notice tone={beyond ? 'note' : 'info'}>{sentence(allowance)}</Notice>}
      </div>
      {beyond && <TellCustomer telling={telling} set={setTelling} />}
      <p className="rp-dim rp-small">{t('give.paidElsewhere')}</p>
    </FormDialog>
  )
}
