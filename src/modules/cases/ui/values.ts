import type { ValueKind } from '../../../shared/condition.ts'
import type { FieldInfo } from './conditions.ts'

/** What the control of a condition's value is given. */
export type ValueProps = { field: FieldInfo; kind: ValueKind; value: unknown; set: (value: unknown) => void }

export const asText = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
export const asTexts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
