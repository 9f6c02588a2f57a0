import { refuseField } from '../refusal.ts'

/**
 * A cursor says after which row a list goes on, and of which list it is.
 * @param list name of list and order; a cursor of another list is refused
 * @param key the values of the order's columns in the last row
 */
export const writeCursor = (list: string, key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([list, ...key])).toString('base64url')

/** @returns the key, or null without a cursor; @throws Refusal naming `cursor` */
export const readCursor = (list: string, cursor: string | undefined, length: number): (string | number)[] | null => {
  if (cursor === undefined || cursor === '') return null
  const bad = () => refuseField('cursor', 'This cursor does not belong to this list. Start again without it.')
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return bad()
  }
  if (!Array.isArray(parts) || parts[0] !== list || parts.length !== length + 1) return bad()
  const key = parts.slice(1)
  if (!key.every(part => typeof part === 'number' || (typeof part === 'string' && part.length < 200))) return bad()
  return key as (string | number)[]
}

/** Cuts the one row too many that tells whether there is a next page. */
export const pageOf = <T>(
  rows: T[],
  limit: number,
  cursorOf: (last: T) => string,
): { items: T[]; next: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursorOf(last) : null }
}
