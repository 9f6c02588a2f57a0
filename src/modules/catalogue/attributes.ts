import { refuseField } from '../../platform/refusal.ts'
import type { Attribute, AttributeValue } from './contract-shapes.ts'

const named: Record<Attribute['type'], string> = {
  text: 'a text',
  number: 'a number',
  choice: 'one of the choices',
  flag: 'true or false',
}

/** What is wrong with a value, or null. */
export const problemWith = (attribute: Attribute, value: AttributeValue): string | null => {
  const { type, label, choices } = attribute
  if (type === 'choice')
    return typeof value === 'string' && choices.includes(value)
      ? null
      : `${label} must be one of: ${choices.join(', ')}`
  const fits =
    type === 'flag'
      ? typeof value === 'boolean'
      : type === 'number'
        ? typeof value === 'number' && Number.isFinite(value)
        : typeof value === 'string'
  return fits ? null : `${label} must be ${named[type]}`
}

/**
 * The features a product is to have: those given in place of what it had, `null` takes one away. What its family no
 * longer declares is kept, in case it does again.
 * @throws Refusal naming `attributes.<key>`
 */
export const nextAttributes = (
  declared: readonly Attribute[],
  now: Record<string, AttributeValue>,
  given: Record<string, AttributeValue | null> | undefined,
): Record<string, AttributeValue> => {
  const next = { ...now }
  for (const [key, value] of Object.entries(given ?? {})) {
    const attribute = declared.find(one => one.key === key)
    if (!attribute) refuseField(`attributes.${key}`, 'The family of this product declares no such feature')
    else if (value === null || value === '') delete next[key]
    else {
      const problem = problemWith(attribute, value)
      if (problem) refuseField(`attributes.${key}`, problem)
      next[key] = value
    }
  }
  return next
}

/** What is shown of the features: only what is declared, and only where it is still of the declared type. */
export const declaredOnly = (
  declared: readonly Attribute[],
  values: Record<string, AttributeValue>,
): Record<string, AttributeValue> =>
  Object.fromEntries(
    declared.flatMap(attribute => {
      const value = values[attribute.key]
      return value === undefined || problemWith(attribute, value) ? [] : [[attribute.key, value]]
    }),
  )

/** @throws Refusal naming `attributes[n].key` or `.choices` where a declaration makes no sense */
export const assertDeclarations = (attributes: readonly Attribute[]): void => {
  for (const [index, { key, type, choices }] of attributes.entries()) {
    if (attributes.findIndex(one => one.key === key) < index)
      refuseField(`attributes[${index}].key`, 'This key is declared already')
    if (type === 'choice' && choices.length === 0)
      refuseField(`attributes[${index}].choices`, 'Say what there is to choose from')
  }
}
