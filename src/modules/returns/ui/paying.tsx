import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { money } from '../../../shared/money.ts'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../../cases/contract.ts'
import { returns } from '../contract.ts'
import type { Refund } from './kinds.ts'

type Props = { refund: Refund; currency: string; name: string }

const Dialog = ({ refund, currency, name, failed, close }: Props & { failed: boolean; close: () => void }) => {
  const t = useSay()
  const [reference, setReference] = useState('')
  const act = useAct(returns.paid, {
    quiet: true,
    refresh: [returns.refunds, returns.get, returns.list, cases.get],
    done: () => {
      told(t('returns.moved'), 'refund')
      close()
    },
  })
  const amount = money(refund.amountMinor, currency)
  return (
    <FormDialog
      title={t(failed ? 'returns.refundFailedOf' : 'returns.refundPaidOf', { amount, name })}
      close={close}
      busy={act.isPending}
      action={t(failed ? 'returns.refundFailed' : 'returns.refundPaid')}
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ id: refund.id, reference: reference.trim(), ...(failed ? { failed: true as const } : {}) })
      }}
    >
      <ProblemNote problem={act.error} />
      <TextInput
        label={t('returns.reference')}
        description={t(failed ? 'returns.failedText' : 'returns.referenceText')}
        value={reference}
        maxLength={100}
        onChange={event => setReference(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

/** Notes that a refund went out, or that it could not. */
export const Paying = ({ refund, currency, name }: Props) => {
  const t = useSay()
  const [open, setOpen] = useState<'paid' | 'failed' | null>(null)
  if (refund.state !== 'to_pay' && refund.state !== 'failed') return null
  const said = { amount: money(refund.amountMinor, currency), name }
  return (
    <span className="rp-actions">
      <Button
        size="compact-sm"
        variant="light"
        aria-label={t('returns.refundPaidOf', said)}
        onClick={() => setOpen('paid')}
      >
        {t('returns.paidNow')}
      </Button>
      {refund.state === 'to_pay' && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('returns.refundFailedOf', said)}
          onClick={() => setOpen('failed')}
        >
          {t('returns.refundFailed')}
        </Button>
      )}
      {open && (
        <Dialog
          refund={refund}
          currency={currency}
          name={name}
          failed={open === 'failed'}
          close={() => setOpen(null)}
        />
      )}
    </span>
  )
}
