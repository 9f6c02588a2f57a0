import { ActionIcon, NumberInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { minorOf, money } from '../../../shared/money.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { ProductLine } from '../../catalogue/contract.ts'
import { MoneyField } from './money-field.tsx'
import { type Amount, inFull, isBlank, type Row, type SaleForm } from './sale-form.ts'
import { WhatField } from './what-field.tsx'

export type Step = 'what' | 'quantity' | 'next'
type LineProps = {
  form: SaleForm
  index: number
  row: Row
  currency: string
  set: (part: Partial<Row>) => void
  step: (to: Step) => void
  remove: () => void
}

const priced = (each: number, quantity: number | '', currency: string): Amount =>
  inFull(each * Number(quantity), currency)

/** The price follows the quantity as long as nobody typed another. */
const counted = (row: Row, quantity: number | '', currency: string): Partial<Row> => {
  const { each, paid } = row
  const follows = each !== null && Number(paid) === Number(priced(each, row.quantity, currency))
  return follows ? { quantity, paid: priced(each, quantity, currency) } : { quantity }
}

/** What is known of a line once its product is; a price in another money says nothing about what was paid here. */
const taken = (row: Row, { id, number, name, priceMinor, currency: of }: ProductLine, currency: string) => {
  const each = priceMinor === null || of !== currency ? null : priceMinor / minorOf(1, currency)
  return {
    productId: id,
    sku: number,
    name,
    each,
    paid: each === null ? row.paid : priced(each, row.quantity, currency),
  }
}

const useErrors = (form: SaleForm, index: number) => {
  const of = (...names: string[]) => names.map(name => form.errors[`lines[${index}].${name}`]).find(Boolean)
  return {
    name: of('name', 'productId', 'sku', 'kind', 'delivered', 'deliveredAt'),
    quantity: of('quantity'),
    paid: of('paidMinor'),
    serial: of('serial'),
  }
}

const useAbout = ({ sku, productId, each }: Row, currency: string) => {
  const t = useSay()
  if (productId === null) return ''
  if (each === null) return t('purchaseForm.known', { number: sku })
  return t('purchaseForm.each', { number: sku, price: money(minorOf(each, currency), currency) })
}

/** One line: what, how many, what was paid for all of them, and which one exactly. */
export const SaleLine = ({ form, index, row, currency, set, step, remove }: LineProps) => {
  const t = useSay()
  const errors = useErrors(form, index)
  const n = index + 1
  const pick = (product: ProductLine, scanned: boolean) => {
    const now = taken(row, product, currency)
    set(now)
    step(scanned && now.each !== null ? 'next' : 'quantity')
  }
  const onEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) step('next')
  }
  return (
    <fieldset className="rp-sale-line" data-line={row.key}>
      <legend className="rp-hidden">{t('purchaseForm.line', { n })}</legend>
      <WhatField
        row={row}
        description={useAbout(row, currency)}
        error={errors.name}
        type={name => set({ name, productId: null, sku: '', each: null })}
        pick={pick}
        goOn={() => step(isBlank(row) ? 'next' : 'quantity')}
      />
      <NumberInput
        label={t('purchases.quantity')}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        hideControls
        value={row.quantity}
        onChange={value => set(counted(row, typeof value === 'number' ? value : '', currency))}
        error={errors.quantity}
        data-quantity
      />
      <MoneyField
        label={t('purchaseForm.paid')}
        currency={currency}
        value={row.paid}
        set={paid => set({ paid })}
        onKeyDown={onEnter}
        error={errors.paid}
        data-stays
      />
      <TextInput
        label={t('purchases.serial')}
        value={row.serial}
        maxLength={100}
        onChange={event => set({ serial: event.currentTarget.value })}
        error={errors.serial}
      />
      <ActionIcon variant="subtle" color="gray" onClick={remove} aria-label={t('purchaseForm.remove', { n })}>
        <IconX size={16} />
      </ActionIcon>
    </fieldset>
  )
}
