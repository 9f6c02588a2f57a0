import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { useStaffChoices, useTeamChoices, useTopicChoices, useTypeChoices } from './choices.tsx'
import { Person } from './condition-person.tsx'
import { Product } from './condition-product.tsx'
import { useChoiceWords } from './conditions.ts'
import { asText, asTexts, type ValueProps } from './values.ts'

const idOf = (value: string) => (value === 'me' ? 'me' : Number(value))

/** Records an id can point to, by name. */
const useIdChoices = (field: string) => {
  const t = useSay()
  const staff = useStaffChoices()
  const teams = useTeamChoices()
  const topics = useTopicChoices()
  const types = useTypeChoices()
  const plain = (items: { value: string; label: string }[]) => items.map(({ value, label }) => ({ value, label }))
  if (field === 'assignee') return [{ value: 'me', label: t('view.me') }, ...plain(staff)]
  if (field === 'team') return plain(teams)
  if (field === 'topic') return plain(topics)
  if (field === 'customerType') return types
  return null
}

/** One or several records, by name where they have one. */
export const Id = (props: ValueProps) => {
  const { field, kind, value, set } = props
  const t = useSay()
  const choices = useIdChoices(field.key)
  const label = t('view.value')
  if (field.key === 'requester') return <Person {...props} />
  if (field.key === 'product') return <Product {...props} />
  if (!choices)
    return <NumberInput aria-label={label} value={asText(value)} onChange={next => set(Number(next))} hideControls />
  if (kind === 'ids')
    return (
      <MultiSelect
        aria-label={label}
        data={choices}
        value={asTexts(value)}
        onChange={next => set(next.map(idOf))}
        searchable
      />
    )
  return (
    <Select
      aria-label={label}
      data={choices}
      value={asText(value) || null}
      onChange={next => next && set(idOf(next))}
      searchable
      allowDeselect={false}
    />
  )
}

/** One or several of the values a field can have. */
export const Choice = ({ field, kind, value, set }: ValueProps) => {
  const t = useSay()
  const words = useChoiceWords()
  const data = (field.choices ?? []).map(choice => ({ value: choice, label: words(field.key, choice) }))
  const label = t('view.value')
  if (kind === 'choices')
    return <MultiSelect aria-label={label} data={data} value={asTexts(value)} onChange={set} searchable />
  return (
    <Select
      aria-label={label}
      data={data}
      value={asText(value) || null}
      onChange={next => next && set(next)}
      searchable
      allowDeselect={false}
    />
  )
}
