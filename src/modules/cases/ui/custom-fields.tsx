import { Button, NumberInput, Popover, Select, Switch, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconListDetails } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, type CustomField, cases } from '../contract.ts'

export type Value = string | number | boolean | null
type Values = Record<string, Value>

/** What a field of one's own is filled in with. */
export const Control = ({
  field,
  value,
  set,
}: {
  field: CustomField
  value: Value | undefined
  set: (value: Value) => void
}) => {
  const label = field.label
  if (field.type === 'flag')
    return <Switch label={label} checked={value === true} onChange={event => set(event.currentTarget.checked)} />
  if (field.type === 'number')
    return (
      <NumberInput
        label={label}
        value={typeof value === 'number' ? value : ''}
        onChange={next => set(typeof next === 'number' ? next : null)}
      />
    )
  if (field.type === 'choice')
    return (
      <Select
        label={label}
        data={field.choices}
        value={typeof value === 'string' ? value : null}
        onChange={set}
        clearable
        comboboxProps={{ withinPortal: false }}
      />
    )
  return (
    <TextInput
      label={label}
      type={field.type === 'date' ? 'date' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={event => set(event.currentTarget.value || null)}
    />
  )
}

/** The organisation's own fields for this kind of case, filled in together. */
export const CustomFields = ({ kase, set }: { kase: Case; set: (values: Values) => void }) => {
  const t = useSay()
  const [opened, { close, toggle }] = useDisclosure()
  const [edited, setEdited] = useState<Values>({})
  const all = useCall(cases.customFields, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  const fields = all.filter(field => field.kinds.length === 0 || field.kinds.includes(kase.kind))
  if (fields.length === 0) return null
  const values = { ...(kase.custom as Values), ...edited }
  const filled = fields.filter(field => kase.custom[field.key] !== undefined && kase.custom[field.key] !== null)
  const save = () => {
    close()
    if (Object.keys(edited).length > 0) set(edited)
    setEdited({})
  }
  return (
    <Popover opened={opened} onChange={open => !open && save()} width={280} trapFocus position="bottom-start">
      <Popover.Target>
        <button
          type="button"
          className="rp-pick"
          data-empty={filled.length === 0 || undefined}
          onClick={toggle}
          disabled={!kase.can.includes('change')}
        >
          <IconListDetails size={15} aria-hidden />
          <span className="rp-truncate">
            {filled.length === 0
              ? t('case.details')
              : filled.map(field => `${field.label}: ${String(kase.custom[field.key])}`).join(', ')}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="rp-stack">
          {fields.map(field => (
            <Control
              key={field.key}
              field={field}
              value={values[field.key]}
              set={value => setEdited({ ...edited, [field.key]: value })}
            />
          ))}
          <Button onClick={save}>{t('action.save')}</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
