import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { people } from '../../people/contract.ts'

/** Somebody outside who supplies us, found while one types. */
export const SupplierField = ({ value, set }: { value: string; set: (id: string) => void }) => {
  const t = useSay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useCall(people.find, { q, limit: 20 }, { placeholderData: keepPreviousData }).data?.items ?? []
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null)
  const options = found
    .filter(one => !one.internal)
    .map(one => ({
      value: String(one.id),
      label: [one.name, ...one.groups, one.contact].filter(Boolean).join(' · '),
    }))
  const data = chosen && !options.some(one => one.value === chosen.value) ? [chosen, ...options] : options
  return (
    <Select
      label={t('refer.supplier')}
      description={t('refer.supplierText')}
      data={data}
      value={value || null}
      onChange={(id, option) => {
        set(id ?? '')
        setChosen(id ? option : null)
      }}
      searchable
      onSearchChange={setText}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('refer.supplierNone')}
      required
      withAsterisk={false}
    />
  )
}
