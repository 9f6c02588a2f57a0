import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Deficiency, demand, reviewOutcomes } from '../contract.ts'

type Values = { outcome: (typeof reviewOutcomes)[number]; words: string }

const ReviewForm = ({ product, close }: { product: Deficiency['product']; close: () => void }) => {
  const t = useSay()
  const form = useForm<Values>({ initialValues: { outcome: 'ordered', words: '' } })
  const act = useAct(demand.review, { quiet: true, refresh: [demand.register], done: close })
  const submit = form.onSubmit(values =>
    act.mutate({ id: product.id, ...values }, { onError: problem => showFieldErrors(form, problem) }),
  )
  return (
    <FormDialog title={t('demand.reviewTitle')} close={close} onSubmit={submit} busy={act.isPending}>
      <ProblemNote problem={act.error} shown={['words', 'outcome']} />
      <p style={{ margin: 0 }}>{product.name}</p>
      <NativeSelect
        label={t('demand.reviewOutcome')}
        data={reviewOutcomes.map(value => ({ value, label: t(`demand.review.${value}`) }))}
        {...form.getInputProps('outcome')}
      />
      <Textarea
        label={t('demand.reviewWords')}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        {...form.getInputProps('words')}
      />
    </FormDialog>
  )
}

/** Notes what was done about a deficiency: a choice and words are both needed. */
export const ReviewButton = ({ product }: { product: Deficiency['product'] }) => {
  const t = useSay()
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={open}
        aria-label={t('demand.reviewNamed', { name: product.name })}
      >
        {t('demand.review')}
      </Button>
      {opened && <ReviewForm product={product} close={close} />}
    </>
  )
}
