import { signedOut } from './session.ts'

export type FieldError = { field: string; message: string }

/** What the server refused, in words a person may read, with the fields it concerns. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: FieldError[]
  readonly extra: Record<string, unknown>
  readonly retryAfterSeconds: number | null
  constructor(status: number, body: Record<string, unknown>, retryAfterSeconds: number | null = null) {
    super(typeof body.detail === 'string' ? body.detail : '')
    this.name = 'Problem'
    this.status = status
    this.code = typeof body.code === 'string' ? body.code : 'fault'
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldError[]) : []
    this.extra = body
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Works without a secure context too: many first adopters open the program by a plain address in their own network. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const problemIn = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const after = Number(response.headers.get('retry-after'))
  return new Problem(response.status, body, Number.isFinite(after) && after > 0 ? after : null)
}

type Options = { signal?: AbortSignal; key?: string; keepalive?: boolean }

const initOf = (method: string, body: unknown, options: Options): RequestInit => ({
  method,
  credentials: 'same-origin',
  headers: {
    accept: 'application/json',
    ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    ...(options.key ? { 'idempotency-key': options.key } : {}),
  },
  ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  ...(options.signal ? { signal: options.signal } : {}),
  ...(options.keepalive ? { keepalive: true } : {}),
})

const mayRepeat = (method: string, options: Options) => method !== 'POST' || options.key !== undefined

/** One request, repeated up to twice while the server says it is not available just now. */
export const request = async (
  method: string,
  address: string,
  body: unknown,
  options: Options = {},
): Promise<unknown> => {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(address, initOf(method, body, options)).catch((error: unknown) => {
      if (options.signal?.aborted) throw error
      return null
    })
    if (response?.ok) return response.status === 204 ? null : await response.json()
    const problem = response ? await problemIn(response) : new Problem(0, { code: 'offline' })
    if (problem.status === 401) signedOut()
    const again = attempt < 2 && mayRepeat(method, options) && (problem.status === 503 || problem.status === 0)
    if (!again || !navigator.onLine) throw problem
    await wait(Math.min(problem.retryAfterSeconds ?? 1 + attempt, 5) * 1000)
  }
}

/** Uploads one file and answers with what the server made of it. */
export const upload = async <T>(address: string, file: File): Promise<T> => {
  const form = new FormData()
  form.append('file', file, file.name)
  return (await request('POST', address, form)) as T
}
