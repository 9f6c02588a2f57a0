import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { fieldTypes, type OfferField } from '../contract.ts'

const keyFrom = (label: string, taken: readonly string[]): string => {
  const plain =
    label
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+|_+$/g, '')
      .slice(0, 30) || 'field'
  return taken.includes(plain) ? keyFrom(`${plain}_${taken.length}`, taken) : plain
}

/** Keys follow the labels of new questions; those that were saved keep theirs. */
export const withKeys = (fields: readonly OfferField[]): OfferField[] => {
  const taken = fields.map(field => field.key).filter(Boolean)
  return fields.map(field => {
    const key = field.key || keyFrom(field.label, taken)
    taken.push(key)
    return { ...field, key, choices: field.choices.map(one => one.trim()).filter(Boolean) }
  })
}

type Props = { fields: OfferField[]; set: (fields: OfferField[]) => void }

const One = ({
  field,
  n,
  set,
  remove,
}: {
  field: OfferField
  n: number
  set: (more: Partial<OfferField>) => void
  remove: () => void
}) => {
  const t = useSay()
  return (
    <fieldset className="rp-stack" style={{ border: '1px solid var(--rp-line)', borderRadius: 8, padding: 10 }}>
      <legend className="rp-small rp-dim">{t('offers.field', { n })}</legend>
      <div className="rp-columns">
        <TextInput
          label={t('offers.fieldLabel', { n })}
          value={field.label}
          maxLength={100}
          onChange={event => set({ label: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('offers.fieldType', { n })}
          data={fieldTypes.map(value => ({ value, label: t(`offers.type.${value}`) }))}
          value={field.type}
          onChange={event => set({ type: event.currentTarget.value as OfferField['type'] })}
        />
      </div>
      {field.type === 'choice' && (
        <Textarea
          label={t('offers.choices')}
          autosize
          minRows={2}
          value={field.choices.join('\n')}
          onChange={event => set({ choices: event.currentTarget.value.split('\n') })}
        />
      )}
      <div className="rp-actions">
        <Checkbox
          label={t('offers.fieldRequired')}
          checked={field.required}
          onChange={event => set({ required: event.currentTarget.checked })}
        />
        <Button size="compact-sm" variant="default" onClick={remove} aria-label={t('offers.fieldRemove', { n })}>
          {t('action.remove')}
        </Button>
      </div>
    </fieldset>
  )
}

/** The form of an offer, question by question. */
export const OfferFields = ({ fields, set }: Props) => {
  const t = useSay()
  return (
    <>
      {fields.map((field, i) => (
        <One
          // biome-ignore lint/suspicious/noArrayIndexKey: new questions have no name of their own yet
          key={i}
          field={field}
          n={i + 1}
          set={more => set(fields.map((one, j) => (j === i ? { ...one, ...more } : one)))}
          remove={() => set(fields.filter((_, j) => j !== i))}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={fields.length >= 20}
          onClick={() => set([...fields, { key: '', label: '', type: 'text', choices: [], required: false }])}
        >
          {t('offers.fieldAdd')}
        </Button>
      </div>
    </>
  )
}
