import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { people } from '../../people/contract.ts'
import { ConditionFound } from './condition-found.tsx'
import { usePersonName } from './condition-words.ts'
import { asTexts, type ValueProps } from './values.ts'

/** One customer or several, found by name, address or number. */
export const Person = ({ kind, value, set }: ValueProps) => {
  const t = useSay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useCall(people.find, { q, limit: 8 }, { enabled: q.length > 1, placeholderData: keepPreviousData })
  const first = asTexts([value].flat())[0]
  const stored = usePersonName(first)
  return (
    <ConditionFound
      kind={kind}
      value={value}
      set={set}
      text={text}
      setText={setText}
      items={(found.data?.items ?? []).map(({ id, name, contact }) => ({
        id,
        name,
        label: contact ? `${name} · ${contact}` : name,
      }))}
      known={id => (id === first ? (stored ?? undefined) : undefined)}
      hint={t('view.person')}
      none={t(q.length > 1 ? 'search.nothing' : 'view.person')}
    />
  )
}
