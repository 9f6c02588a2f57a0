import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '../../platform/kernel.ts'
import type { Log } from '../../platform/log.ts'
import { anonymous, system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import { type Opened, openAccount } from './accounts.ts'
import { adapters, type Heard } from './adapters/index.ts'
import type { Keys } from './intake.ts'
import { store } from './storing.ts'

type Around = { kernel: Kernel; keys: Keys; log: Log }
type Request = FastifyRequest<{ Params: { hook: string }; Querystring: Record<string, string> }>

const bodyLimit = 1_048_576

/** An address nobody was given and a wrong signature are told apart only from our own log. */
const accountAt = async ({ kernel, keys }: Around, hook: string): Promise<Opened> =>
  (await kernel.read(anonymous, reading => openAccount(reading, keys, { hook }))) ?? notFound('account')

const headersOf = (request: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat()[0]]))

const heardFrom = (account: Opened, body: Buffer): Heard => {
  try {
    return adapters[account.kind].read(account, body)
  } catch {
    throw new Refusal('invalid', 'This is not what the provider sends.', [{ field: '', message: 'cannot be read' }])
  }
}

const greet = async (around: Around, request: Request, reply: FastifyReply) => {
  const account = await accountAt(around, request.params.hook)
  const answer = adapters[account.kind].handshake?.(account, request.query) ?? null
  if (answer === null) throw new Refusal('forbidden', 'The verify token is not that of this account.')
  return reply.type('text/plain').header('x-content-type-options', 'nosniff').send(answer)
}

const hear = async (around: Around, request: Request, reply: FastifyReply) => {
  const account = await accountAt(around, request.params.hook)
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  if (!adapters[account.kind].genuine(account, { body, headers: headersOf(request) })) {
    around.log.warn({ account: account.id }, 'a messenger call with a wrong signature was refused')
    throw new Refusal('forbidden', 'The signature is missing or wrong.')
  }
  const heard = heardFrom(account, body)
  await around.kernel.work(system, work => store(work, around.keys.stored, account.id, heard), request.id)
  // Twilio reads the answer as what to say next: nothing.
  return account.kind.startsWith('twilio')
    ? reply.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response></Response>')
    : reply.send({ ok: true })
}

/** Where providers call. What they sent is checked as the bytes it was, so nothing may read it before. */
export const serveHooks = (app: FastifyInstance, around: Around): void => {
  void app.register(async hooks => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, async (_request: unknown, body: Buffer) => body)
    const options = { config: { rateLimit: { max: 1200, timeWindow: '1 minute' } }, schema: { hide: true } as object }
    hooks.get('/api/messengers/hooks/:hook', options, (request, reply) => greet(around, request as Request, reply))
    hooks.post('/api/messengers/hooks/:hook', { ...options, bodyLimit }, (request, reply) =>
      hear(around, request as Request, reply),
    )
  })
}
