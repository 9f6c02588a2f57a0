import './purchases.css'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useAct } from '../../../ui/call.ts'
import { onMac } from '../../../ui/kit/keys.ts'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { type Say, useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { people } from '../../people/contract.ts'
import { purchases } from '../contract.ts'
import { purchaseAnswers } from './answers.ts'
import { useFirstField } from './finding.ts'
import { SaleAbout, SaleCustomer, SalePayment } from './sale-about.tsx'
import { firstSale, inputOf, isBlank, type Sale, type SaleForm, totalOf } from './sale-form.ts'
import { SaleLines } from './sale-lines.tsx'
import { enter, stepOn } from './stepping.ts'

/** What is missing, by the names under which the server would complain of it. */
const missingIn = ({ number, lines }: Sale, t: Say): Record<string, string> => ({
  ...(number.trim() === '' ? { number: t('purchaseForm.missing.number') } : {}),
  ...Object.fromEntries(
    lines.flatMap(({ name, paid }, index) => [
      ...(name.trim() === '' ? [[`lines[${index}].name`, t('purchaseForm.missing.name')]] : []),
      ...(paid === '' ? [[`lines[${index}].paidMinor`, t('purchaseForm.missing.paid')]] : []),
    ]),
  ),
})

/** Fields that carry their own sentence. */
const shown =
  /^(number|giftNumber|placeId|boughtAt|channel|payments|discountMinor|carriageMinor|personId|customer.*|lines\[\d+\]\.\w+)$/

const useRecording = (form: SaleForm, currency: string) => {
  const t = useSay()
  const go = useNavigate()
  const act = useAct(purchases.record, {
    quiet: true,
    refresh: [...purchaseAnswers, people.find],
    done: ({ id, number }) => {
      told(t('purchaseForm.saved', { number }), 'purchase')
      void go(`/purchases/${id}`)
    },
  })
  const toFirstError = () => requestAnimationFrame(() => enter(document.querySelector<HTMLElement>('[data-error]')))
  const submit = () => {
    if (act.isPending) return
    // Lines that nothing was put into are left out, so that errors are counted as one sees them.
    const filled = form.values.lines.filter(line => !isBlank(line))
    const sale = { ...form.values, lines: filled.length > 0 ? filled : form.values.lines.slice(0, 1) }
    form.setFieldValue('lines', sale.lines)
    const missing = missingIn(sale, t)
    form.setErrors(missing)
    if (Object.keys(missing).length > 0) return void toFirstError()
    act.mutate(inputOf(sale, currency), {
      onError: problem => {
        showFieldErrors(form, problem)
        toFirstError()
      },
    })
  }
  const named = act.error?.errors.map(({ field }) => field).filter(field => shown.test(field)) ?? []
  return { submit, busy: act.isPending, problem: act.error, named }
}

/** A sale written down at the counter, by keyboard alone: number, what, paid, done. */
export const NewPurchase = () => {
  const t = useSay()
  const { currency } = useMe().organisation
  const form = useForm<Sale>({ initialValues: firstSale() })
  const number = useRef<HTMLInputElement>(null)
  useFirstField(number)
  const { submit, busy, problem, named } = useRecording(form, currency)
  return (
    <div className="rp-page">
      <PageHeader title={t('purchaseForm.title')} lead={t('purchaseForm.lead')} />
      <form
        className="rp-stack rp-sale"
        noValidate
        onKeyDown={stepOn}
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <ProblemNote problem={problem} shown={named} />
        <TextInput
          ref={number}
          label={t('purchaseForm.number')}
          maxLength={100}
          autoComplete="off"
          maw={360}
          {...form.getInputProps('number')}
        />
        <Section title={t('purchaseForm.lines')}>
          <SaleLines form={form} currency={currency} />
        </Section>
        <Section title={t('purchaseForm.payment')}>
          <SalePayment form={form} currency={currency} />
        </Section>
        <Section title={t('purchaseForm.customer')} lead={t('purchaseForm.customerText')}>
          <SaleCustomer form={form} />
        </Section>
        <Section title={t('purchaseForm.sale')}>
          <SaleAbout form={form} />
        </Section>
        <div className="rp-sale-foot">
          <p role="status">
            {t('purchaseForm.total')} <strong>{money(totalOf(form.values, currency), currency)}</strong>
          </p>
          <Button variant="default" component={Link} to="/purchases">
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} title={onMac ? '⌘ ↵' : 'Ctrl ↵'}>
            {t('purchaseForm.save')}
          </Button>
        </div>
      </form>
    </div>
  )
}
