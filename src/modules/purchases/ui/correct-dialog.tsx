import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Channel, channels, type Purchase, purchases } from '../contract.ts'
import { purchaseAnswers } from './answers.ts'

type Values = { number: string; giftNumber: string; channel: Channel }

/** Corrects what was written wrong: the number, the gift receipt, how it was sold. */
export const CorrectDialog = ({ purchase, close }: { purchase: Purchase; close: () => void }) => {
  const t = useSay()
  const { id, version, number, giftNumber, channel } = purchase
  const form = useForm<Values>({ initialValues: { number, giftNumber: giftNumber ?? '', channel } })
  const act = useAct(purchases.change, {
    quiet: true,
    refresh: purchaseAnswers,
    done: () => {
      close()
      told(t('action.saved'), 'purchase')
    },
  })
  const submit = form.onSubmit(values =>
    act.mutate(
      { id, version, ...values, giftNumber: values.giftNumber.trim() || null },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <FormDialog
      title={t('purchases.correctNamed', { number })}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={form.values.number.trim() !== ''}
    >
      <ProblemNote problem={act.error} shown={Object.keys(form.values)} />
      <TextInput label={t('purchases.number')} maxLength={100} data-autofocus {...form.getInputProps('number')} />
      <TextInput label={t('purchases.giftNumber')} maxLength={100} {...form.getInputProps('giftNumber')} />
      <NativeSelect
        label={t('purchases.channel')}
        description={t('purchases.channelText')}
        data={channels.map(value => ({ value, label: t(`purchases.channel.${value}`) }))}
        {...form.getInputProps('channel')}
      />
    </FormDialog>
  )
}
