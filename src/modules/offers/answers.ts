import { refuseField } from '../../platform/refusal.ts'
import type { OfferField } from './contract.ts'

export type Answer = { label: string; value: string }
type Given = string | number | boolean | null | undefined

const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value

const wrong: Record<OfferField['type'], (value: Given, field: OfferField) => string | null> = {
  text: value => (typeof value === 'string' ? null : 'This must be text'),
  number: value => (typeof value === 'number' && Number.isFinite(value) ? null : 'This must be a number'),
  flag: value => (typeof value === 'boolean' ? null : 'This must be true or false'),
  choice: (value, { choices }) =>
    typeof value === 'string' && choices.includes(value) ? null : `Choose one of: ${choices.join(', ')}`,
  date: value => (typeof value === 'string' && isDay(value) ? null : 'This must be a day, such as 2026-11-30'),
}

const shown = (value: Given): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))

const isEmpty = (value: Given): boolean => value === undefined || value === null || value === ''

/**
 * What was filled in, by the form as it is now.
 * @throws Refusal naming `answers.<key>`
 */
export const answersOf = (fields: readonly OfferField[], given: Record<string, Given>): Answer[] => {
  const unknown = Object.keys(given).find(key => !fields.some(field => field.key === key))
  if (unknown !== undefined) refuseField(`answers.${unknown}`, 'The form has no such field')
  return fields.flatMap(field => {
    const value = given[field.key]
    if (isEmpty(value)) return field.required ? refuseField(`answers.${field.key}`, `Fill in: ${field.label}`) : []
    const problem = wrong[field.type](value, field)
    if (problem) refuseField(`answers.${field.key}`, problem)
    return [{ label: field.label, value: shown(value) }]
  })
}

/** @throws Refusal naming the field of the form that makes no sense */
export const assertForm = (fields: readonly OfferField[]): void => {
  for (const [i, field] of fields.entries()) {
    if (fields.findIndex(other => other.key === field.key) !== i)
      refuseField(`fields[${i}].key`, 'Two fields have this key')
    if (field.type === 'choice' && field.choices.length === 0)
      refuseField(`fields[${i}].choices`, 'A choice needs at least one value')
  }
}
