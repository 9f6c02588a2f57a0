import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Person, people } from '../contract.ts'

/** The organisations, departments and households one belongs to. */
export const PersonGroups = ({ person }: { person: Person }) => {
  const t = useSay()
  const may = useMay()
  const client = useQueryClient()
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), 150)
  const found = useCall(people.groups, q ? { q, limit: 20 } : { limit: 50 }, { enabled: may('person.edit') })
  const act = useAct(people.change, {
    done: saved => client.setQueryData(keyOf(people.get, { id: person.id }), saved),
    refresh: [people.find, people.groups],
  })
  if (!may('person.edit'))
    return <p className="rp-dim">{person.groups.map(group => group.name).join(', ') || t('words.none')}</p>
  const known = new Map(
    [...person.groups, ...(found.data?.items ?? [])].map(group => [
      String(group.id),
      `${group.name} (${t(`group.${group.kind}`)})`,
    ]),
  )
  return (
    <MultiSelect
      aria-label={t('person.groups')}
      placeholder={t('person.groupsHint')}
      data={[...known].map(([value, label]) => ({ value, label }))}
      value={person.groups.map(group => String(group.id))}
      onChange={ids => act.mutate({ id: person.id, groupIds: ids.map(Number), version: person.version })}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={t('person.groupsNone')}
    />
  )
}
