import { NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Purchase, type PurchaseLine, purchases } from '../contract.ts'
import { purchaseAnswers } from './answers.ts'

type Props = { purchase: Purchase; line: PurchaseLine | null; close: () => void }

/** What has come, and when: how long it may be given back is counted from then. */
export const DeliverDialog = ({ purchase, line, close }: Props) => {
  const t = useSay()
  const form = useForm<{ delivered: number | ''; at: string }>({
    initialValues: { delivered: line?.quantity ?? 0, at: '' },
  })
  const act = useAct(purchases.deliver, {
    quiet: true,
    refresh: purchaseAnswers,
    done: () => {
      close()
      told(t('purchases.deliveredNoted'), 'purchase')
    },
  })
  const submit = form.onSubmit(({ delivered, at }) =>
    act.mutate(
      {
        id: purchase.id,
        ...(at ? { at: new Date(at).toISOString() } : {}),
        ...(line ? { lines: [{ id: line.id, delivered: Number(delivered) }] } : {}),
      },
      {
        onError: problem => {
          showFieldErrors(form, problem)
          const wrong = problem.errors.find(({ field }) => field === 'lines[0].delivered')
          if (wrong) form.setFieldError('delivered', wrong.message)
        },
      },
    ),
  )
  return (
    <FormDialog
      title={line ? t('purchases.deliveredTitle', { name: line.name }) : t('purchases.allDelivered')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={form.values.delivered !== ''}
      action={t('purchases.deliveredSave')}
    >
      <ProblemNote problem={act.error} shown={['at', 'lines[0].delivered']} />
      {line && (
        <NumberInput
          label={t('purchases.deliveredCount', { n: line.quantity })}
          min={0}
          max={line.quantity}
          allowDecimal={false}
          data-autofocus
          {...form.getInputProps('delivered')}
        />
      )}
      <TextInput
        type="datetime-local"
        label={t('purchases.deliveredAt')}
        description={t('purchases.deliveredText')}
        {...(line ? {} : { 'data-autofocus': true })}
        {...form.getInputProps('at')}
      />
    </FormDialog>
  )
}
