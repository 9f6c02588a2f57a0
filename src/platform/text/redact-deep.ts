import { redactEscaped, redactHtml } from './redact-html.ts'
import { type Removed, redactText } from './redact-text.ts'

const DEEPEST = 100
const TOO_DEEP = '[removed: nested too deeply]'
/** The shortest card has 12 digits. */
const SMALLEST_CARD = 1e11

/**
 * Removes card and bank numbers from a JSON value: from strings (markup and percent encoding read), from keys, and
 * from whole numbers, which become strings. Returns the same value if nothing was found. Errors become plain
 * objects; dates, bytes and other instances are left as they are; what lies deeper than 100 levels is removed.
 */
export function redactDeep(value: unknown): { value: unknown; found: Removed[] } {
  const found: Removed[] = []
  const redacted = redactValue(value, { found, seen: new Map(), depth: 0 })
  return { value: redacted, found }
}

interface Walk {
  found: Removed[]
  seen: Map<object, unknown>
  depth: number
}

function redactValue(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return redactString(value, walk.found)
  if (typeof value === 'number' || typeof value === 'bigint') return redactNumber(value, walk.found)
  if (typeof value !== 'object' || value === null) return value
  if (walk.seen.has(value)) return walk.seen.get(value)
  if (walk.depth >= DEEPEST) return TOO_DEEP
  const inner = { ...walk, depth: walk.depth + 1 }
  if (Array.isArray(value)) return redactArray(value, inner)
  if (value instanceof Error)
    return redactObject(
      Object.assign({}, value, { name: value.name, message: value.message, stack: value.stack, cause: value.cause }),
      inner,
    )
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? redactObject(value, inner) : value
}

function redactArray(values: unknown[], walk: Walk): unknown[] {
  const copy: unknown[] = []
  walk.seen.set(values, copy)
  for (const value of values) copy.push(redactValue(value, walk))
  return copy
}

function redactObject(value: object, walk: Walk): object {
  const copy: Record<string, unknown> = {}
  walk.seen.set(value, copy)
  for (const [key, inner] of Object.entries(value)) {
    // Not an assignment: a key named __proto__ must stay a key.
    Object.defineProperty(copy, freeKey(copy, redactString(key, walk.found)), {
      value: redactValue(inner, walk),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return copy
}

/** Two keys may be masked alike: neither value may be lost. */
function freeKey(taken: object, key: string): string {
  let free = key
  for (let count = 2; Object.hasOwn(taken, free); count++) free = `${key} (${count})`
  return free
}

function redactString(text: string, found: Removed[]): string {
  if (!/\p{N}/u.test(text)) return text
  const plain = redactText(text)
  for (const one of plain.found) found.push(one)
  if (!/[<&%]/.test(text)) return plain.text
  const markup = redactHtml(plain.text)
  const escaped = redactEscaped(markup.html)
  for (const one of [...markup.found, ...escaped.found]) found.push(one)
  return escaped.text
}

function redactNumber(value: number | bigint, found: Removed[]): unknown {
  if (typeof value === 'number' && (!Number.isInteger(value) || Math.abs(value) < SMALLEST_CARD)) return value
  const redacted = redactText(String(value))
  if (redacted.found.length === 0) return value
  for (const one of redacted.found) found.push(one)
  return redacted.text
}
