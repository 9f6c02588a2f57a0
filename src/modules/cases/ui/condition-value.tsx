import { Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { ValueKind } from '../../../shared/condition.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useStaffChoices, useTeamChoices, useTopicChoices } from './choices.tsx'
import { type FieldInfo, useChoiceWords } from './conditions.ts'

type Props = { field: FieldInfo; kind: ValueKind; value: unknown; set: (value: unknown) => void }

const asText = (value: unknown) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const asTexts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
const asPart = (value: unknown, part: string): unknown =>
  typeof value === 'object' && value !== null && part in value ? (value as Record<string, unknown>)[part] : undefined
const idOf = (value: string) => (value === 'me' ? 'me' : Number(value))

/** Records an id can point to, by name. */
const useIdChoices = (field: string) => {
  const t = useSay()
  const staff = useStaffChoices()
  const teams = useTeamChoices()
  const topics = useTopicChoices()
  const plain = (items: { value: string; label: string }[]) => items.map(({ value, label }) => ({ value, label }))
  if (field === 'assignee') return [{ value: 'me', label: t('view.me') }, ...plain(staff)]
  if (field === 'team') return plain(teams)
  if (field === 'topic') return plain(topics)
  return null
}

const Id = ({ field, kind, value, set }: Props) => {
  const t = useSay()
  const choices = useIdChoices(field.key)
  const label = t('view.value')
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

const Choice = ({ field, kind, value, set }: Props) => {
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

const Span = ({ kind, value, set }: Props) => {
  const t = useSay()
  const units = (
    kind === 'timeSpan'
      ? (['minutes', 'hours', 'days', 'weeks', 'months'] as const)
      : (['days', 'weeks', 'months'] as const)
  ).map(unit => ({ value: unit, label: t(`unit.${unit}`) }))
  const n = Number(asPart(value, 'n') ?? 1)
  const unit = asText(asPart(value, 'unit')) || 'days'
  return (
    <Group gap={6} wrap="nowrap">
      <NumberInput
        aria-label={t('view.value')}
        min={1}
        max={10_000}
        w={90}
        value={value === undefined ? '' : n}
        onChange={next => set({ n: Number(next) || 1, unit })}
      />
      <Select
        aria-label={t('view.unit')}
        data={units}
        value={unit}
        onChange={next => next && set({ n, unit: next })}
        allowDeselect={false}
      />
    </Group>
  )
}

const Range = ({ kind, value, set }: Props) => {
  const t = useSay()
  const type = kind === 'dateRange' || kind === 'timeRange' ? 'date' : 'number'
  const read = (text: string) => (type === 'number' ? Number(text) : kind === 'timeRange' ? `${text}T00:00:00Z` : text)
  const part = (name: 'from' | 'to') => (
    <TextInput
      type={type}
      aria-label={t(name === 'from' ? 'view.from' : 'view.to')}
      value={asText(asPart(value, name)).slice(0, 10)}
      onChange={event => set({ ...(typeof value === 'object' ? value : {}), [name]: read(event.currentTarget.value) })}
    />
  )
  return (
    <Group gap={6} wrap="nowrap">
      {part('from')} {part('to')}
    </Group>
  )
}

/** The control that fits what the operator takes. */
export const ConditionValue = (props: Props) => {
  const t = useSay()
  const { kind, value, set } = props
  const label = t('view.value')
  if (kind === 'nothing') return null
  if (kind === 'choice' || kind === 'choices') return <Choice {...props} />
  if (kind === 'id' || kind === 'ids') return <Id {...props} />
  if (kind === 'timeSpan' || kind === 'daySpan') return <Span {...props} />
  if (kind.endsWith('Range')) return <Range {...props} />
  if (kind === 'texts' || kind === 'numbers' || kind === 'amounts')
    return (
      <TagsInput
        aria-label={label}
        value={asTexts(value)}
        onChange={next => set(kind === 'texts' ? next : next.map(Number))}
      />
    )
  if (kind === 'number' || kind === 'amount')
    return <NumberInput aria-label={label} value={asText(value)} onChange={next => set(Number(next))} />
  if (kind === 'date')
    return (
      <TextInput
        type="date"
        aria-label={label}
        value={asText(value)}
        onChange={event => set(event.currentTarget.value)}
      />
    )
  if (kind === 'time')
    return (
      <TextInput
        type="datetime-local"
        aria-label={label}
        onChange={event => event.currentTarget.value && set(new Date(event.currentTarget.value).toISOString())}
      />
    )
  if (kind === 'flag')
    return (
      <Select
        aria-label={label}
        data={[
          { value: 'yes', label: t('words.yes') },
          { value: 'no', label: t('words.no') },
        ]}
        value={value === undefined ? null : value ? 'yes' : 'no'}
        onChange={next => set(next === 'yes')}
        allowDeselect={false}
      />
    )
  return <TextInput aria-label={label} value={asText(value)} onChange={event => set(event.currentTarget.value)} />
}
