import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type AnyOperation, pathNames } from '../../shared/contract.ts'
import type { Kernel } from '../kernel.ts'
import { type Actor, mayDo } from '../permissions/actor.ts'
import { personalTexts } from '../permissions/personal.ts'
import { Refusal } from '../refusal.ts'
import type { Api, Handler } from './api.ts'
import { cleanInput, secretsIn } from './clean.ts'
import { type Keyed, once } from './idempotency.ts'
import { describeRoute } from './openapi.ts'
import { fromAnotherSite } from './origin.ts'
import { keepSecret, refuseInput } from './problem.ts'

export type Serving = { kernel: Kernel; actorOf: (request: FastifyRequest) => Promise<Actor> }

const inputOf = (operation: AnyOperation, request: FastifyRequest): unknown => {
  const fromBody = operation.method !== 'GET' && operation.method !== 'DELETE'
  const body = request.body
  if (fromBody && body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new Refusal('invalid', 'The body must be a JSON object.', [{ field: '', message: 'must be an object' }])
  const given: Record<string, unknown> = {
    ...(fromBody ? (body as object) : (request.query as object)),
    ...(request.params as object),
  }
  if ('version' in operation.input.shape && given.version === undefined) {
    const seen = versionSeen(request.headers['if-match'])
    if (seen !== undefined) given.version = seen
  }
  return cleanInput(given)
}

/**
 * Which version of the record the caller has seen, as If-Match says it; `*` is any. What is no version of ours, such as
 * a list or another program's tag, matches nothing: the change is stopped rather than made unseen (RFC 9110, 13.1.1).
 */
const versionSeen = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined
  const seen = /^(?:W\/)?"v?(\d{1,15})"$/.exec(header.trim())?.[1]
  return seen === undefined ? noVersion : Number(seen)
}
const noVersion = 0

const assertAllowed = (actor: Actor, operation: AnyOperation): void => {
  if (mayDo(actor, operation.permission)) return
  if (actor.kind === 'anonymous') throw new Refusal('unauthenticated', 'Sign in first, or send a valid token.')
  throw new Refusal('forbidden', `This needs the permission "${operation.permission}", which your role does not have.`)
}

/** A page of another site must not act in the name of whoever is signed in here. Tokens are not sent by browsers. */
const assertSameOrigin = (request: FastifyRequest, actor: Actor): void => {
  if (request.method === 'GET' || request.method === 'HEAD' || actor.tokenId) return
  if (fromAnotherSite(request))
    throw new Refusal('forbidden', 'This request came from another site and was not carried out.')
}

const carryOut = (
  serving: Serving,
  handler: Handler<never, unknown>,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
  input: unknown,
  keyed: Keyed | null,
) => {
  const { kernel } = serving
  if (handler.mode === 'edge') return handler.run({ kernel, actor, request, reply, keyed }, input as never)
  if (handler.mode === 'read') return kernel.read(actor, reading => handler.run(reading, input as never))
  return null
}

const send = (operation: AnyOperation, request: FastifyRequest, reply: FastifyReply, output: unknown): FastifyReply => {
  const checked = (operation.output as z.ZodType).safeParse(output)
  if (!checked.success) {
    keepSecret(request, personalTexts(operation.output, output))
    throw checked.error
  }
  const body = checked.data
  const version = (body as { version?: unknown } | null)?.version
  if (typeof version === 'number') reply.header('etag', `"v${version}"`)
  reply
    .status(operation.status ?? 200)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
  return reply.send(JSON.stringify(body))
}

const keyOf = (request: FastifyRequest, actor: Actor, name: string, input: unknown): Keyed | null => {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string') return null
  if (key.length < 1 || key.length > 200)
    throw new Refusal('invalid', 'Idempotency-Key must have 1 to 200 characters.', [
      { field: 'Idempotency-Key', message: '1 to 200 characters' },
    ])
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const request_sha256 = sha256(JSON.stringify(input))
  // Whatever a caller made its key of is not kept.
  return {
    key: sha256(key),
    actor: `${actor.kind}:${actor.id ?? ''}:${actor.tokenId ?? ''}`,
    operation: name,
    request_sha256,
  }
}

/** Turns every operation of the contracts into a route: permission, input, transaction, output, in this order. */
export const serveOperations = (app: FastifyInstance, serving: Serving, operations: Api): void => {
  for (const { name, operation, handler } of operations) {
    const input = operation.input.strict()
    app.route({
      method: operation.method,
      url: operation.path,
      bodyLimit: operation.bodyLimit ?? 262_144,
      schema: describeRoute(name, operation, pathNames(operation.path)),
      ...(operation.permission === 'public'
        ? { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } }
        : { config: { rateLimit: false } }),
      handler: async (request, reply) => {
        const actor = await serving.actorOf(request)
        assertSameOrigin(request, actor)
        assertAllowed(actor, operation)
        const parsed = input.safeParse(inputOf(operation, request))
        if (!parsed.success) return refuseInput(parsed.error)
        try {
          const keyed = keyOf(request, actor, name, parsed.data)
          const output =
            handler.mode === 'work'
              ? await serving.kernel.work(
                  actor,
                  w => once(w, keyed, operation.status ?? 200, () => handler.run(w, parsed.data as never)),
                  request.id,
                )
              : await carryOut(serving, handler, actor, request, reply, parsed.data, keyed)
          return reply.sent ? reply : output === reply ? reply : send(operation, request, reply, output)
        } catch (error) {
          keepSecret(request, [...personalTexts(input, parsed.data), ...secretsIn(parsed.data)])
          throw error
        }
      },
    })
  }
}
