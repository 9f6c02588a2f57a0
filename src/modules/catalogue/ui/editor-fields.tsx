import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { type Attribute, type AttributeValue, type Family, productKinds } from '../contract.ts'
import type { Form } from './editor.tsx'

export const AboutFields = ({ form, families, isNew }: { form: Form; families: readonly Family[]; isNew: boolean }) => {
  const t = useSay()
  return (
    <div className="rp-stack">
      <TextInput
        label={t('product.name')}
        required
        withAsterisk={false}
        maxLength={150}
        {...form.getInputProps('name')}
      />
      <div className="rp-columns">
        <TextInput
          label={t('product.number')}
          required
          withAsterisk={false}
          maxLength={60}
          {...form.getInputProps('number')}
        />
        <TextInput label={t('product.barcode')} maxLength={40} {...form.getInputProps('barcode')} />
        <NativeSelect
          label={t('product.kind')}
          data={productKinds.map(value => ({ value, label: t(`product.kind.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <NativeSelect
          label={t('product.family')}
          data={[
            { value: '', label: t('productForm.noFamily') },
            ...families.map(one => ({ value: String(one.id), label: one.name })),
          ]}
          {...form.getInputProps('familyId')}
        />
        <NumberInput label={t('product.price')} decimalScale={2} {...form.getInputProps('price')} />
        <NativeSelect
          label={t('product.currency')}
          data={Intl.supportedValuesOf('currency')}
          {...form.getInputProps('currency')}
        />
      </div>
      <Textarea
        label={t('product.description')}
        autosize
        minRows={3}
        maxRows={14}
        {...form.getInputProps('description')}
      />
      {!isNew && (
        <Switch
          label={t('product.discontinued')}
          description={t('product.discontinuedText')}
          {...form.getInputProps('discontinued', { type: 'checkbox' })}
        />
      )}
    </div>
  )
}

const Feature = ({ attribute, form }: { attribute: Attribute; form: Form }) => {
  const t = useSay()
  const { key, label, type, unit, choices } = attribute
  const value = form.values.attributes[key] ?? null
  const set = (next: AttributeValue | null) =>
    form.setFieldValue('attributes', { ...form.values.attributes, [key]: next })
  const error = form.errors[`attributes.${key}`]
  if (type === 'number')
    return (
      <NumberInput
        label={label}
        error={error}
        {...(unit ? { suffix: ` ${unit}`, translate: 'no' as const } : {})}
        value={typeof value === 'number' ? value : ''}
        onChange={next => set(typeof next === 'number' ? next : null)}
      />
    )
  if (type === 'text')
    return (
      <TextInput
        label={label}
        error={error}
        maxLength={500}
        value={typeof value === 'string' ? value : ''}
        onChange={event => set(event.currentTarget.value || null)}
      />
    )
  const unsaid = { value: '', label: t('stock.unknown') }
  const options =
    type === 'choice'
      ? choices.map(choice => ({ value: choice, label: choice }))
      : [
          { value: 'true', label: t('words.yes') },
          { value: 'false', label: t('words.no') },
        ]
  return (
    <NativeSelect
      label={label}
      error={error}
      data={[unsaid, ...options]}
      value={value === null ? '' : String(value)}
      onChange={event => {
        const chosen = event.currentTarget.value
        set(chosen === '' ? null : type === 'flag' ? chosen === 'true' : chosen)
      }}
    />
  )
}

/** The features that the family declares, each by its type. */
export const FeatureFields = ({ form, attributes }: { form: Form; attributes: readonly Attribute[] }) => (
  <div className="rp-columns">
    {attributes.map(attribute => (
      <Feature key={attribute.key} attribute={attribute} form={form} />
    ))}
  </div>
)

export const KnowFields = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <div className="rp-stack">
      {(['warnings', 'safety', 'guarantee', 'packaging'] as const).map(key => (
        <Textarea
          key={key}
          label={t(`product.${key}`)}
          autosize
          minRows={2}
          maxRows={10}
          {...form.getInputProps(key)}
        />
      ))}
      <div className="rp-columns">
        <TextInput label={t('product.quality')} maxLength={100} {...form.getInputProps('quality')} />
        <TextInput label={t('product.url')} type="url" {...form.getInputProps('url')} />
      </div>
    </div>
  )
}
