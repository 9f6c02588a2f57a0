import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { isUnreachable } from '../database/pool.ts'
import { errorWithout } from '../log.ts'
import { type FieldError, Refusal, type RefusalCode } from '../refusal.ts'
import { redactText } from '../text/redact.ts'
import { issuesOf } from '../wording.ts'

/** RFC 9457. `errors` names the fields, `requestId` finds the log line. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors?: FieldError[]
  requestId: string
  [extra: string]: unknown
}

const statusOf: Record<RefusalCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  too_many: 429,
  unavailable: 503,
}

const titles: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not within your role',
  404: 'Not found',
  408: 'Too slow',
  409: 'Something changed meanwhile',
  412: 'Somebody changed this meanwhile',
  413: 'Too large',
  415: 'This kind of content is not accepted',
  422: 'Some of it is not right',
  429: 'Too many requests',
  431: 'Too large',
  500: 'Something went wrong on our side',
  503: 'Not available just now',
}

/** What zod found, one line per field, in the path notation of the input (`message.text`, `tags[2]`). */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  issuesOf(error).flatMap(issue => {
    const field = issue.path.reduce<string>(
      (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
      '',
    )
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(key => ({ field: field ? `${field}.${key}` : key, message: 'There is no such field' }))
    return [{ field, message: issue.message }]
  })

export const refuseInput = (error: z.ZodError): never => {
  const errors = fieldErrors(error)
  const first = errors[0]
  throw new Refusal(
    'invalid',
    first ? `${first.field || 'The input'}: ${first.message}` : 'The input is not right',
    errors,
  )
}

const problem = (status: number, code: string, detail: string, requestId: string, more: object = {}): Problem => ({
  type: `https://rapport.example/problems/${code.replaceAll('_', '-')}`,
  title: titles[status] ?? 'Refused',
  status,
  code,
  detail,
  ...more,
  requestId,
})

const ofFramework = (error: FastifyError, requestId: string): Problem | null => {
  const status = error.statusCode ?? 500
  if (status >= 500) return null
  const code = { 413: 'too_large', 415: 'unsupported', 429: 'too_many', 404: 'not_found' }[status] ?? 'unreadable'
  // It may quote the address that was asked, and with it whatever somebody put there.
  return problem(status, code, redactText(error.message).text, requestId)
}

/** No room for the database's files (53100), or for one of ours. */
const isDiskFull = (error: unknown): boolean =>
  ['53100', 'ENOSPC', 'EDQUOT'].includes((error as { code?: string } | null)?.code ?? '')

const diskFull =
  'The disk of this installation is full: nothing can be saved just now, and this was not. What was saved before is safe, and reading goes on. Tell whoever looks after the server, and try again when there is room.'

/** Turns whatever was thrown into a problem, telling faults of ours from refusals. */
export const problemOf = (error: unknown, requestId: string): { problem: Problem; fault: boolean } => {
  if (error instanceof Refusal) {
    const more = { ...(error.errors.length > 0 ? { errors: error.errors } : {}), ...error.extra }
    return { problem: problem(statusOf[error.code], error.code, error.message, requestId, more), fault: false }
  }
  if (isDiskFull(error)) return { problem: problem(503, 'unavailable', diskFull, requestId), fault: true }
  if (isUnreachable(error))
    return {
      problem: problem(
        503,
        'unavailable',
        'The database cannot be reached just now. Try again in a moment; nothing was lost.',
        requestId,
      ),
      fault: true,
    }
  const known = ofFramework(error as FastifyError, requestId)
  if (known) return { problem: known, fault: false }
  return {
    problem: problem(500, 'fault', `Something went wrong. Quote ${requestId} when you report it.`, requestId),
    fault: true,
  }
}

const secrets = new WeakMap<FastifyRequest, readonly string[]>()

/** Remembers what a request says of people, so that no error of ours quotes it in the log. */
export const keepSecret = (request: FastifyRequest, texts: readonly string[]): void => {
  secrets.set(request, [...(secrets.get(request) ?? []), ...texts])
}

/** Refusals for too much say when to come again; the limits on how often one may ask say it themselves. */
const retryAfterSeconds: Record<number, string | undefined> = { 429: '3600', 503: '5' }

/** What is wrong, with a fault of ours logged and the headers of every such answer set. */
export const judge = (error: unknown, request: FastifyRequest, reply: FastifyReply): Problem => {
  const { problem: body, fault } = problemOf(error, request.id)
  if (fault) {
    const err = errorWithout(error, secrets.get(request) ?? [])
    request.log.error({ err, route: request.routeOptions.url }, 'request failed')
  }
  const wait = retryAfterSeconds[body.status]
  if (wait && !reply.hasHeader('retry-after')) reply.header('retry-after', wait)
  reply.header('cache-control', 'no-store')
  return body
}

/** The one place where an error becomes an answer. */
export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const body = judge(error, request, reply)
  return reply.status(body.status).type('application/problem+json').send(JSON.stringify(body))
}

const beforeRequests: Record<string, [status: number, code: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'too_large', 'The address or the headers of this request are larger than 16 kB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'unreadable', 'The request did not arrive in time.'],
}

/** Answers what is no request yet, on the bare connection: HTTP that cannot be read, headers without end. */
export const answerUnread = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const [status, code, detail] = beforeRequests[error.code ?? ''] ?? [400, 'unreadable', 'This is not readable HTTP.']
  const body = JSON.stringify(problem(status, code, detail, crypto.randomUUID()))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
