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
  // Both days belong to the span: from the first moment of one to the last of the other, by the clock of whoever looks.
  const moment = (text: string, name: 'from' | 'to') =>
    new Date(`${text}T${name === 'from' ? '00:00:00.000' : '23:59:59.999'}`).toISOString()
  const read = (text: string, name: 'from' | 'to') => {
    if (type === 'number') return Number(text)
    return kind === 'timeRange' && text !== '' ? moment(text, name) : text || undefined
  }
  const shown = (name: 'from' | 'to') => {
    const text = asText(asPart(value, name))
    if (kind !== 'timeRange' || text === '') return text
    const at = new Date(text)
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  }
  const part = (name: 'from' | 'to') => (
    <TextInput
      type={type}
      aria-label={t(name === 'from' ? 'view.from' : 'view.to')}
      value={shown(name)}
      onChange={event =>
        set({ ...(typeof value === 'object' ? value : {}), [name]: read(event.currentTarget.value, name) })
      }
    />
  )
  return (
    <Group gap={6} wrap="nowrap">
      {part('from')} {part('to')}
    </Group>
  )
}
