import { cleanText } from '../text/clean.ts'
import { redactText } from '../text/redact.ts'

/**
 * Fields that hold secrets are taken as they are: they are never stored or logged in clear. Only those of the operation
 * itself and what stands in them: a field of one's own may have the same name further down.
 */
const secret = new Set(['password', 'token'])

/** The secrets among the fields of an input. */
export const secretsIn = (input: Record<string, unknown>): string[] =>
  Object.entries(input).flatMap(([key, value]) => (secret.has(key) && typeof value === 'string' ? [value] : []))

const cleanString = (value: string): string => redactText(cleanText(value)).text

/**
 * What every input goes through before anything sees it: text made well-formed, card and bank numbers removed.
 * Numbers that could be a card number are treated as text, so that 4242424242424242 in JSON is caught too.
 */
export const cleanInput = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return cleanString(value)
  if (typeof value === 'number') return Math.abs(value) < 1e11 ? value : numberOrNothing(value)
  if (depth > 20 || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(item => cleanInput(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      cleanString(key),
      depth === 0 && secret.has(key) ? item : cleanInput(item, depth + 1),
    ]),
  )
}

const numberOrNothing = (value: number): number | string => {
  const text = String(value)
  const redacted = redactText(text).text
  return redacted === text ? value : redacted
}
