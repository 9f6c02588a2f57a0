import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect } from 'react'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { ProductLine } from '../../catalogue/contract.ts'
import { priceOf } from '../../catalogue/ui/index.ts'
import { useCode, useFound } from './found-products.ts'
import type { Row } from './sale-form.ts'

type Props = {
  row: Row
  description: string
  error: ReactNode
  type: (name: string) => void
  /** `scanned`: by its whole number or barcode, so that nothing of the line need be looked at. */
  pick: (product: ProductLine, scanned: boolean) => void
  /** Enter where there is nothing to choose. */
  goOn: () => void
}

/** A product by name, number or barcode, or in one's own words. Enter takes the marked line; a number that is scanned is taken at once. */
export const WhatField = ({ row, description, error, type, pick, goOn }: Props) => {
  const t = useSay()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { typed, may, settled, items } = useFound(row)
  const ask = useCode(typed)
  const firstId = items[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks the first line anew whenever others are found
  useEffect(() => {
    if (combobox.dropdownOpened && typed !== '') combobox.selectFirstOption()
  }, [firstId, typed, combobox.dropdownOpened])
  const submit = (value: string) => {
    combobox.closeDropdown()
    const product = items.find(one => String(one.id) === value)
    if (product) pick(product, false)
    else goOn()
  }
  const scan = async () => {
    const found = await ask(typed)
    if (!found) return
    combobox.closeDropdown()
    if (found.product) pick(found.product, found.scanned)
    else goOn()
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const saves = isSendKey(event)
    // Neither what saves nor what came before the list takes the line that happens to be marked.
    if (saves || (may && typed !== '' && !settled)) combobox.resetSelectedOption()
    if (saves) combobox.closeDropdown()
    else if (typed === '' || (!combobox.dropdownOpened && settled)) goOn()
    else if (may && !settled) void scan()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit} shadow="md">
      <Combobox.Target>
        <TextInput
          label={t('purchaseForm.what')}
          placeholder={t('purchaseForm.whatHint')}
          description={description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={row.name}
          onChange={event => {
            type(event.currentTarget.value)
            if (event.currentTarget.value.trim() === '') combobox.closeDropdown()
            else combobox.openDropdown()
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={press}
          error={error}
          maxLength={300}
          autoComplete="off"
          data-stays
          data-what
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === ''}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={t('purchaseForm.what')}>
          {items.map(product => (
            <Combobox.Option key={product.id} value={String(product.id)}>
              {product.name} <span className="rp-dim rp-small">{[product.number, priceOf(product)].join(' · ')}</span>
            </Combobox.Option>
          ))}
          <Combobox.Option value="words">{t('purchaseForm.free', { text: typed })}</Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
