import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { ConditionValue } from './condition-value.tsx'
import { type FieldInfo, firstOperator, operatorsOf, type Row } from './conditions.ts'

type Props = { row: Row; fields: FieldInfo[]; joint: string; set: (row: Row) => void; remove: () => void }

/** One part of the sentence: "and status is one of …". */
export const ConditionRow = ({ row, fields, joint, set, remove }: Props) => {
  const t = useSay()
  const field = fields.find(item => item.key === row.field)
  const offered = operatorsOf(field)
  const operator = offered.find(([key]) => key === row.op)?.[1]
  const pickField = (key: string | null) => {
    const next = fields.find(item => item.key === key)
    if (next) set({ ...row, field: next.key, op: firstOperator(next), value: undefined })
  }
  return (
    <div className="rp-condition">
      <span className="rp-condition-joint">{joint}</span>
      <Select
        aria-label={t('view.field')}
        data={fields.map(item => ({ value: item.key, label: sayOr(`field.${item.key}`, item.label) }))}
        value={row.field}
        onChange={pickField}
        searchable
        allowDeselect={false}
      />
      <Select
        aria-label={t('view.operator')}
        data={offered.map(([key, item]) => ({ value: key, label: sayOr(`op.${key}`, item.label) }))}
        value={row.op || null}
        onChange={op => op && set({ ...row, op, value: undefined })}
        placeholder={t('view.operator')}
        allowDeselect={false}
      />
      <div className="rp-grow">
        {operator && field && (
          <ConditionValue field={field} kind={operator.value} value={row.value} set={value => set({ ...row, value })} />
        )}
      </div>
      <ActionIcon variant="subtle" color="gray" onClick={remove} aria-label={t('view.removeRow')}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
