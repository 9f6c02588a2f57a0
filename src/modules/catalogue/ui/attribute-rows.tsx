import { ActionIcon, Button, NativeSelect, TagsInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import { type Attribute, attributeTypes } from '../contract.ts'

/** A key made from a label: what programs and tables call the feature. */
const keyOf = (label: string): string =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)

type RowProps = { attribute: Attribute; set: (attribute: Attribute) => void; remove: () => void }

const Row = ({ attribute, set, remove }: RowProps) => {
  const t = useSay()
  const { label, key, type, unit, choices } = attribute
  return (
    <div className="rp-form-row">
      <div className="rp-columns">
        <TextInput
          label={t('families.label')}
          value={label}
          required
          withAsterisk={false}
          onChange={event => {
            const next = event.currentTarget.value
            // A key that somebody chose stays what it is.
            set({ ...attribute, label: next, key: key !== keyOf(label) ? key : keyOf(next) })
          }}
        />
        <NativeSelect
          label={t('families.type')}
          data={attributeTypes.map(value => ({ value, label: t(`families.type.${value}`) }))}
          value={type}
          onChange={event => set({ ...attribute, type: event.currentTarget.value as Attribute['type'] })}
        />
        {type === 'number' && (
          <TextInput
            label={t('families.unit')}
            value={unit}
            maxLength={20}
            onChange={event => set({ ...attribute, unit: event.currentTarget.value })}
          />
        )}
        {type === 'choice' && (
          <TagsInput
            label={t('families.choices')}
            value={choices}
            onChange={next => set({ ...attribute, choices: next })}
            splitChars={[',', ';']}
          />
        )}
        <TextInput
          label={t('families.key')}
          value={key}
          onChange={event => set({ ...attribute, key: event.currentTarget.value })}
        />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        mt={26}
        onClick={remove}
        aria-label={t('families.removeAttribute', { label: label || key })}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}

const blank: Attribute = { key: '', label: '', type: 'text', unit: '', choices: [] }

/** The features a family declares. */
export const AttributeRows = ({ attributes, set }: { attributes: Attribute[]; set: (next: Attribute[]) => void }) => {
  const t = useSay()
  return (
    <fieldset className="rp-fieldset">
      <legend className="rp-legend">{t('families.attributes')}</legend>
      <p className="rp-dim rp-small">{t('families.attributesText')}</p>
      <div className="rp-stack">
        {attributes.map((attribute, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are typed
            key={index}
            attribute={attribute}
            set={next => set(attributes.with(index, next))}
            remove={() => set(attributes.toSpliced(index, 1))}
          />
        ))}
        <div>
          <Button variant="default" onClick={() => set([...attributes, blank])}>
            {t('families.more')}
          </Button>
        </div>
      </div>
    </fieldset>
  )
}
