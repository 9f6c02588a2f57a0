import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { catalogue } from '../../catalogue/contract.ts'
import { asText, asTexts, type ValueProps } from './values.ts'

/** One product or several, found by name, number or barcode. */
export const Product = ({ kind, value, set }: ValueProps) => {
  const t = useSay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useCall(catalogue.list, { q, limit: 8 }, { enabled: q !== '', placeholderData: keepPreviousData })
  const [named, setNamed] = useState<Record<string, string>>({})
  const chosen = kind === 'ids' ? asTexts(value) : [asText(value)].filter(Boolean)
  const first = useCall(catalogue.get, { id: Number(chosen[0] ?? 0) }, { enabled: chosen.length > 0 })
  const labelOf = (id: string) => named[id] ?? (first.data && String(first.data.id) === id ? first.data.name : `#${id}`)
  const items = q === '' ? [] : (found.data?.items ?? [])
  const data = [
    ...chosen.map(id => ({ value: id, label: labelOf(id) })),
    ...items
      .filter(product => !chosen.includes(String(product.id)))
      .map(product => ({ value: String(product.id), label: `${product.name} · ${product.number}` })),
  ]
  const pick = (ids: string[]) => {
    const added = items.filter(product => ids.includes(String(product.id)))
    setNamed({ ...named, ...Object.fromEntries(added.map(product => [String(product.id), product.name])) })
    const last = ids.at(-1)
    if (kind === 'ids') set(ids.map(Number))
    else set(last === undefined ? undefined : Number(last))
    setText('')
  }
  return (
    <MultiSelect
      aria-label={t('view.value')}
      data={data}
      value={chosen}
      onChange={pick}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      placeholder={chosen.length === 0 ? t('catalogue.find') : ''}
      nothingFoundMessage={q === '' ? t('catalogue.find') : t('catalogue.none')}
    />
  )
}
