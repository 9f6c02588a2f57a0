import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { people } from '../../people/contract.ts'
import { usePersonName } from './condition-words.ts'
import { asText, asTexts, type ValueProps } from './values.ts'

/** One customer or several, found by name, address or number. */
export const Person = ({ kind, value, set }: ValueProps) => {
  const t = useSay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useCall(people.find, { q, limit: 8 }, { enabled: q.length > 1, placeholderData: keepPreviousData })
  const [named, setNamed] = useState<Record<string, string>>({})
  const chosen = kind === 'ids' ? asTexts(value) : [asText(value)].filter(Boolean)
  const first = usePersonName(chosen[0] && !named[chosen[0]] ? chosen[0] : undefined)
  const labelOf = (id: string) => named[id] ?? (id === chosen[0] && first ? first : `#${id}`)
  const items = found.data?.items ?? []
  const data = [
    ...chosen.map(id => ({ value: id, label: labelOf(id) })),
    ...items
      .filter(person => !chosen.includes(String(person.id)))
      .map(person => ({
        value: String(person.id),
        label: person.contact ? `${person.name} · ${person.contact}` : person.name,
      })),
  ]
  const pick = (ids: string[]) => {
    const added = items.filter(person => ids.includes(String(person.id)))
    setNamed({ ...named, ...Object.fromEntries(added.map(person => [String(person.id), person.name])) })
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
      placeholder={chosen.length === 0 ? t('view.person') : ''}
      nothingFoundMessage={q.length > 1 ? t('search.nothing') : t('view.person')}
    />
  )
}
