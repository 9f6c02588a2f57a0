import { Group, NumberInput, Select, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { asText, type ValueProps } from './values.ts'

const asPart = (value: unknown, part: string): unknown =>
  typeof value === 'object' && value !== null && part in value ? (value as Record<string, unknown>)[part] : undefined

/** So many minutes, days or months. */
export const Span = ({ kind, value, set }: ValueProps) => {
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

/** From one value to another. */
export const Range = ({ kind, value, set }: ValueProps) => {
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
