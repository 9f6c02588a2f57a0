import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { Choice, Id } from './condition-choices.tsx'
import { Range, Span } from './condition-spans.tsx'
import { asText, asTexts, type ValueProps } from './values.ts'

/** A moment as the control for one wants it: by the clock of whoever looks. */
const localTime = (moment: string): string => {
  const at = new Date(moment)
  if (moment === '' || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The control that fits what the operator takes. */
export const ConditionValue = (props: ValueProps) => {
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
        defaultValue={localTime(asText(value))}
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
