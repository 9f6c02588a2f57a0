import { NativeSelect, TextInput } from '@mantine/core'
import { Suspense } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { families } from '../../catalogue/contract.ts'
import { PersonField } from '../../people/ui/index.ts'
import { channels, tenders } from '../contract.ts'
import { MoneyField } from './money-field.tsx'
import type { Amount, SaleForm } from './sale-form.ts'

type Props = { form: SaleForm; currency: string }

/** How it was paid, and what is taken off or comes on top of the lines. */
export const SalePayment = ({ form, currency }: Props) => {
  const t = useSay()
  const amount = (name: 'discount' | 'carriage') => ({
    currency,
    value: form.values[name],
    set: (value: Amount) => {
      form.setFieldValue(name, value)
      form.clearFieldError(`${name}Minor`)
    },
    error: form.errors[`${name}Minor`],
  })
  return (
    <div className="rp-columns">
      <NativeSelect
        label={t('purchaseForm.tender')}
        data={[
          ...tenders.map(value => ({ value, label: t(`purchases.tender.${value}`) })),
          { value: '', label: t('purchaseForm.tenderUnknown') },
        ]}
        {...form.getInputProps('tender')}
        error={form.errors.payments}
        data-after-lines
      />
      <MoneyField label={t('purchaseForm.discount')} {...amount('discount')} />
      <MoneyField label={t('purchases.carriage')} {...amount('carriage')} />
    </div>
  )
}

const customerErrors = ['personId', 'customer', 'customer.name', 'customer.email', 'customer.phone', 'customer.card']

export const SaleCustomer = ({ form }: Pick<Props, 'form'>) => (
  <Suspense fallback={<Loading rows={1} />}>
    <PersonField
      value={form.values.whom}
      onChange={whom => form.setFieldValue('whom', whom)}
      error={customerErrors.map(name => form.errors[name]).find(Boolean)}
    />
  </Suspense>
)

export const SaleAbout = ({ form }: Pick<Props, 'form'>) => {
  const t = useSay()
  const enabled = useMay()('catalogue.read')
  const places = useCall(families.places, {}, { staleTime: 5 * 60_000, enabled }).data?.items ?? []
  return (
    <div className="rp-columns">
      <NativeSelect
        label={t('purchases.channel')}
        data={channels.map(value => ({ value, label: t(`purchases.channel.${value}`) }))}
        {...form.getInputProps('channel')}
      />
      {places.length > 0 && (
        <NativeSelect
          label={t('purchases.place')}
          data={[
            { value: '', label: t('purchaseForm.noPlace') },
            ...places.map(one => ({ value: String(one.id), label: one.name })),
          ]}
          {...form.getInputProps('placeId')}
        />
      )}
      <TextInput label={t('purchases.giftNumber')} maxLength={100} {...form.getInputProps('giftNumber')} />
      <TextInput
        type="datetime-local"
        label={t('purchaseForm.boughtAt')}
        description={t('purchaseForm.boughtAtText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('boughtAt')}
      />
    </div>
  )
}
