import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { catalogue, type ProductLine } from '../contract.ts'
import { priceOf } from './price.ts'

type Props = {
  label: string
  /** What is chosen, in words; empty where nothing is. */
  chosen?: string
  onPick: (product: ProductLine) => void
  description?: string
  size?: 'sm' | 'lg'
}

/** One product, found by name, number or barcode as one types. */
export const ProductField = ({ label, chosen = '', onPick, description, size = 'sm' }: Props) => {
  const t = useSay()
  const [text, setText] = useState<string | null>(null)
  const [q] = useDebouncedValue((text ?? '').trim(), 150)
  const found = useCall(catalogue.list, { q, limit: 8 }, { enabled: q.length > 0, placeholderData: keepPreviousData })
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const items = q === '' ? [] : (found.data?.items ?? [])
  const pick = (id: string) => {
    const product = items.find(one => String(one.id) === id)
    if (product) onPick(product)
    setText(null)
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          size={size}
          label={label}
          description={description}
          placeholder={t('catalogue.find')}
          value={text ?? chosen}
          onChange={event => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onBlur={() => {
            setText(null)
            combobox.closeDropdown()
          }}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={q === ''}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {items.map(product => (
            <Combobox.Option key={product.id} value={String(product.id)}>
              {product.name} <span className="rp-dim rp-small">{[product.number, priceOf(product)].join(' · ')}</span>
            </Combobox.Option>
          ))}
          {found.isSuccess && items.length === 0 && <Combobox.Empty>{t('catalogue.none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
