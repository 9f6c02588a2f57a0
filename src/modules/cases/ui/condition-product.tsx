import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { catalogue } from '../../catalogue/contract.ts'
import { ConditionFound } from './condition-found.tsx'
import { asTexts, type ValueProps } from './values.ts'

/** One product or several, found by name, number or barcode. */
export const Product = ({ kind, value, set }: ValueProps) => {
  const t = useSay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useCall(catalogue.list, { q, limit: 8 }, { enabled: q !== '', placeholderData: keepPreviousData })
  const first = Number(asTexts([value].flat())[0] ?? 0)
  const stored = useCall(catalogue.get, { id: first }, { enabled: first > 0 })
  return (
    <ConditionFound
      kind={kind}
      value={value}
      set={set}
      text={text}
      setText={setText}
      items={
        q === ''
          ? []
          : (found.data?.items ?? []).map(({ id, name, number }) => ({ id, name, label: `${name} · ${number}` }))
      }
      known={id => (id === String(first) ? stored.data?.name : undefined)}
      hint={t('catalogue.find')}
      none={t(q === '' ? 'catalogue.find' : 'catalogue.none')}
    />
  )
}
