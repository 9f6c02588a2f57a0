/** What went wrong, in the words of HTTP's status groups; the http layer knows the number of each. */
export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'too_many'
  | 'unavailable'

export type FieldError = { field: string; message: string }

/** An answer that says no in a sentence a person may read. Everything that is not a Refusal is a fault of ours. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly errors: FieldError[]
  /** Facts the caller needs to go on, such as the messages that arrived meanwhile. */
  readonly extra: Record<string, unknown>
  constructor(code: RefusalCode, message: string, errors: FieldError[] = [], extra: Record<string, unknown> = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.errors = errors
    this.extra = extra
  }
}

/** Refuses one field of the input. */
export const refuseField = (field: string, message: string): never => {
  throw new Refusal('invalid', message, [{ field, message }])
}

/** The same sentence whether a record does not exist or may not be seen, so that nothing leaks. */
export const notFound = (what: string): never => {
  throw new Refusal('not_found', `There is no such ${what}, or you may not see it.`)
}

/**
 * Refuses a change made on an old version of a record.
 * @param seen the version the caller saw; undefined where they do not care
 */
export const assertFresh = (current: number, seen: number | undefined, what: string): void => {
  if (seen !== undefined && seen !== current)
    throw new Refusal('stale', `Somebody changed this ${what} meanwhile.`, [], { version: current })
}
