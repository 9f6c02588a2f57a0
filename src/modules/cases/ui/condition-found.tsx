import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { asText, asTexts, type ValueProps } from './values.ts'

type Found = { id: number; name: string; label: string }
type Props = Pick<ValueProps, 'kind' | 'value' | 'set'> & {
  text: string
  setText: (text: string) => void
  /** What the words found. */
  items: readonly Found[]
  /** The name of one that was chosen before this form was opened; undefined while it is read. */
  known: (id: string) => string | undefined
  hint: string
  /** Said where nothing is found. */
  none: string
}

/** One record or several, found by words. */
export const ConditionFound = ({ kind, value, set, text, setText, items, known, hint, none }: Props) => {
  const t = useSay()
  const [named, setNamed] = useState<Record<string, string>>({})
  const chosen = kind === 'ids' ? asTexts(value) : [asText(value)].filter(Boolean)
  const data = [
    ...chosen.map(id => ({ value: id, label: named[id] ?? known(id) ?? `#${id}` })),
    ...items.filter(one => !chosen.includes(String(one.id))).map(one => ({ value: String(one.id), label: one.label })),
  ]
  const pick = (ids: string[]) => {
    const added = items.filter(one => ids.includes(String(one.id)))
    setNamed({ ...named, ...Object.fromEntries(added.map(one => [String(one.id), one.name])) })
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
      placeholder={chosen.length === 0 ? hint : ''}
      nothingFoundMessage={none}
    />
  )
}
