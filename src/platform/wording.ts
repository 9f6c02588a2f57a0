import * as z from 'zod'

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  date: 'a date',
}

const formats: Record<string, string> = {
  email: 'an e-mail address',
  url: 'an address such as https://example.org',
  datetime: 'a date with a time and zone, such as 2026-11-22T09:30:00Z',
  date: 'a date, such as 2026-11-22',
  time: 'a time, such as 09:30',
}

const units: Record<string, [one: string, many: string]> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  file: ['byte', 'bytes'],
}

const plural = (origin: string, count: number | bigint): string => {
  const unit = units[origin]
  return unit ? ` ${Number(count) === 1 ? unit[0] : unit[1]}` : ''
}

const tooSmall = ({ origin, minimum, inclusive }: z.core.$ZodRawIssue & { code: 'too_small' }): string => {
  if (origin === 'string' && Number(minimum) === 1) return 'must not be empty'
  if (units[origin]) return `must have at least ${minimum}${plural(origin, minimum)}`
  return inclusive ? `must be ${minimum} or more` : `must be more than ${minimum}`
}

const tooBig = ({ origin, maximum, inclusive }: z.core.$ZodRawIssue & { code: 'too_big' }): string => {
  if (units[origin]) return `must have at most ${maximum}${plural(origin, maximum)}`
  return inclusive ? `must be ${maximum} or less` : `must be less than ${maximum}`
}

const oneOf = (values: readonly unknown[]): string =>
  `must be one of ${values.map(value => JSON.stringify(value)).join(', ')}`

const missing = 'is missing'

/**
 * What is wrong with one field, as the end of a sentence that begins with its name; undefined where the shape says it
 * in words of its own. It never quotes what was sent.
 */
const wordingOf = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return missing
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'invalid_value') return oneOf(issue.values)
  if (issue.code === 'invalid_format')
    return formats[issue.format] ? `must be ${formats[issue.format]}` : 'is not written as it has to be'
  if (issue.code === 'unrecognized_keys') return 'There is no such field'
  return 'is not one of the shapes that are possible here'
}

z.config({ customError: wordingOf })

/** Of a union only the alternative that fits best is worth telling: the one with the fewest faults. */
const innermost = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union' || issue.message === missing || issue.errors.length === 0) return [issue]
  const [best] = issue.errors.toSorted((a, b) => a.length - b.length)
  return (best ?? []).flatMap(innermost).map(inner => ({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Everything that is wrong with an input, each fault at the field it concerns. */
export const issuesOf = (error: z.ZodError): z.core.$ZodIssue[] => error.issues.flatMap(innermost)
