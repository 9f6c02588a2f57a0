import { ActionIcon, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import type { Attribute, AttributeValue, Want } from '../contract.ts'

export type Wish = { id: number; key: string; op: Want['op']; value: AttributeValue; must: boolean }

let made = 0
const firstOp = (attribute: Attribute | undefined): Want['op'] =>
  attribute?.type === 'number' ? 'at_least' : attribute?.type === 'text' ? 'contains' : 'is'
const firstValue = (attribute: Attribute | undefined): Wish['value'] =>
  attribute?.type === 'flag' ? true : attribute?.type === 'choice' ? (attribute.choices[0] ?? '') : ''

export const newWish = (attributes: readonly Attribute[], key = attributes[0]?.key ?? ''): Wish => {
  const attribute = attributes.find(one => one.key === key)
  return { id: ++made, key, op: firstOp(attribute), value: firstValue(attribute), must: true }
}

const opsOf = (attribute: Attribute | undefined): Want['op'][] =>
  attribute?.type === 'number'
    ? ['at_least', 'at_most', 'is']
    : attribute?.type === 'text'
      ? ['contains', 'is']
      : ['is']

type Props = { wish: Wish; attributes: readonly Attribute[]; set: (wish: Wish) => void; remove: () => void }

const Value = ({ wish, attribute, set }: { wish: Wish; attribute: Attribute | undefined; set: Props['set'] }) => {
  const t = useSay()
  const label = t('match.value')
  if (attribute?.type === 'number')
    return (
      <NumberInput
        label={label}
        {...(attribute.unit ? { suffix: ` ${attribute.unit}` } : {})}
        value={typeof wish.value === 'number' ? wish.value : ''}
        onChange={value => set({ ...wish, value: typeof value === 'number' ? value : '' })}
      />
    )
  if (attribute?.type === 'flag')
    return (
      <NativeSelect
        label={label}
        data={[
          { value: 'yes', label: t('words.yes') },
          { value: 'no', label: t('words.no') },
        ]}
        value={wish.value === true ? 'yes' : 'no'}
        onChange={event => set({ ...wish, value: event.currentTarget.value === 'yes' })}
      />
    )
  if (attribute?.type === 'choice')
    return (
      <NativeSelect
        label={label}
        data={attribute.choices}
        value={String(wish.value)}
        onChange={event => set({ ...wish, value: event.currentTarget.value })}
      />
    )
  return (
    <TextInput
      label={label}
      value={String(wish.value)}
      onChange={event => set({ ...wish, value: event.currentTarget.value })}
    />
  )
}

/** One thing the customer needs: which feature, how, and whether it must be so. */
export const WishRow = ({ wish, attributes, set, remove }: Props) => {
  const t = useSay()
  const attribute = attributes.find(one => one.key === wish.key)
  return (
    <div className="rp-wish">
      <NativeSelect
        label={t('match.wish')}
        data={attributes.map(one => ({ value: one.key, label: one.label }))}
        value={wish.key}
        onChange={event => set({ ...newWish(attributes, event.currentTarget.value), id: wish.id, must: wish.must })}
      />
      <NativeSelect
        label={t('match.op')}
        data={opsOf(attribute).map(value => ({ value, label: t(`match.op.${value}`) }))}
        value={wish.op}
        onChange={event => set({ ...wish, op: event.currentTarget.value as Want['op'] })}
      />
      <Value wish={wish} attribute={attribute} set={set} />
      <NativeSelect
        label={t('match.must')}
        data={[
          { value: 'must', label: t('match.must') },
          { value: 'nice', label: t('match.nice') },
        ]}
        value={wish.must ? 'must' : 'nice'}
        onChange={event => set({ ...wish, must: event.currentTarget.value === 'must' })}
      />
      <ActionIcon variant="subtle" color="gray" mb={4} onClick={remove} aria-label={t('match.removeWish')}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
