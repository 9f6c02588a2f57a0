import { type DestinationStream, type Logger, pino } from 'pino'
import { redactText } from './text/redact.ts'

export type Log = Logger

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*/gu

/** Without what could be a card number, and without addresses of people. */
const clean = (text: string): string => redactText(text).text.replace(address, '[address]')

/** Those that were cleaned already: the logger's serializer leaves them alone. */
const cleaned = new WeakSet<object>()

type Plain = { name?: string | undefined; code?: string | undefined; message: string; stack: string }

/** What the database could not read as a number or a date (class 22), it quotes at the end: somebody typed it. */
const withoutValue = (message: string, code: string | undefined): string =>
  /^22[0-9A-Z]{3}$/.test(code ?? '') ? message.replace(/"[\s\S]*"/, '"[value]"') : message

/** Error texts of the database and of mail servers can quote a value: they are cut, and what is a secret is taken out. */
const plainError = (error: unknown): Plain => {
  if (cleaned.has(error as object)) return error as Plain
  const e = error as { message?: string; stack?: string; code?: string; name?: string }
  return {
    name: e.name,
    code: e.code,
    message: clean(withoutValue(String(e.message ?? error), e.code).slice(0, 500)),
    // Only the places: a message of several lines stands in the stack as well.
    stack: clean(
      String(e.stack ?? '')
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 7)
        .join('\n'),
    ),
  }
}

const shortest = 3
const longestQuoted = 16

/** A text without the others, as whole words; of long ones no piece of 16 characters stays either. */
const without = (text: string, secrets: readonly string[]): string => {
  const gone = new Uint8Array(text.length)
  const lower = text.toLowerCase()
  for (const secret of secrets) {
    const sought = secret.trim().toLowerCase()
    if (sought.length < shortest) continue
    for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
      const whole = !/[\p{L}\p{N}]{2}/u.test(text.slice(Math.max(0, at - 1), at + 1))
      const ended = !/[\p{L}\p{N}]{2}/u.test(text.slice(at + sought.length - 1, at + sought.length + 1))
      if (whole && ended) gone.fill(1, at, at + sought.length)
    }
    if (sought.length <= longestQuoted) continue
    for (let at = 0; at + longestQuoted <= lower.length; at++)
      if (sought.includes(lower.slice(at, at + longestQuoted))) gone.fill(1, at, at + longestQuoted)
  }
  let kept = ''
  for (let at = 0; at < text.length; at++) kept += gone[at] ? (gone[at - 1] ? '' : '[personal]') : text[at]
  return kept
}

/**
 * An error as it may be logged while somebody's request is handled.
 * @param secrets what they sent in fields that are marked as personal
 */
export const errorWithout = (error: unknown, secrets: readonly string[]): Plain => {
  const plain = plainError(error)
  const kept = { ...plain, message: without(plain.message, secrets), stack: without(plain.stack, secrets) }
  cleaned.add(kept)
  return kept
}

/**
 * Logs are lines of JSON with request ids and without personal data: no bodies, no queries, no addresses of people.
 * @param to where the lines go; standard output where nothing is said
 */
export const makeLog = (level: string, to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError, error: plainError },
    },
    to ?? pino.destination(1),
  )
