import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Asked, type Outgoing, Unreached } from '../../../platform/http/outgoing.ts'
import { Unsent } from './adapter.ts'

export const hmac = (algorithm: 'sha1' | 'sha256', key: string, data: string | Buffer, as: 'base64' | 'hex'): string =>
  createHmac(algorithm, key).update(data).digest(as)

/** Compares without telling by its time where two texts differ. */
export const sameText = (a: string, b: string): boolean => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A part of an answer that should be an object. */
export const at = (value: unknown, key: string): Json => {
  const found = isJson(value) ? value[key] : undefined
  return isJson(found) ? found : {}
}
export const listAt = (value: unknown, key: string): Json[] => {
  const found = isJson(value) ? value[key] : undefined
  return Array.isArray(found) ? found.filter(isJson) : []
}
export const textAt = (value: unknown, key: string): string => {
  const found = isJson(value) ? value[key] : undefined
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
}
export const numberAt = (value: unknown, key: string): number | null => {
  const found = Number(isJson(value) ? (value[key] ?? Number.NaN) : Number.NaN)
  return Number.isFinite(found) ? found : null
}

/** Seconds since 1970, as most providers write a moment. */
export const momentAt = (value: unknown, key: string): Date | null => {
  const seconds = numberAt(value, key)
  return seconds === null || seconds <= 0 || seconds > 32_503_680_000 ? null : new Date(seconds * 1000)
}

const parsed = (body: Buffer): Json => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isJson(value) ? value : {}
  } catch {
    return {}
  }
}

export type Replied = { status: number; body: Json }

/** Asks a provider for JSON. A network that is down, a 429 and a 5xx pass; all else is for the adapter to judge. */
export const ask = async (outgoing: Outgoing, url: string, asked: Asked): Promise<Replied> => {
  const answer = await reached(() => outgoing.fetch(url, { maxBytes: 1_048_576, timeoutMs: 20_000, ...asked }))
  if (answer.status === 429 || answer.status >= 500) throw new Unsent(`The provider answered ${answer.status}.`)
  return { status: answer.status, body: parsed(answer.body) }
}

/** A failure of the network is tried again; an address that may not be reached stays so. */
export const reached = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Unreached)) throw error
    throw new Unsent(error.message, { forGood: error.reason === 'address' })
  }
}

export const jsonBody = (value: unknown) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

type Field = { name: string; value: string } | { name: string; file: { name: string; type: string; content: Buffer } }

const quoted = (text: string) => text.replace(/[\r\n"]/g, '_')

/** multipart/form-data as browsers write it (RFC 7578). */
export const formBody = (fields: readonly Field[]) => {
  const boundary = `rapport-${randomBytes(12).toString('hex')}`
  const parts = fields.flatMap(field =>
    'file' in field
      ? [
          `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"; filename="${quoted(field.file.name)}"\r\nContent-Type: ${quoted(field.file.type)}\r\n\r\n`,
          field.file.content,
          '\r\n',
        ]
      : [`--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n\r\n${field.value}\r\n`],
  )
  return {
    method: 'POST' as const,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...parts, `--${boundary}--\r\n`].map(part => Buffer.from(part as string))),
    timeoutMs: 60_000,
  }
}

/** The address of a provider without the slash at its end. */
export const baseOf = (settings: Readonly<Record<string, string>>, usual: string): string =>
  (settings.baseUrl || usual).replace(/\/+$/, '')
