import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cleanInput } from '../../platform/http/clean.ts'
import { refuseInput } from '../../platform/http/problem.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous, system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import { hmac, sameText, signedByTwilio } from '../messengers/index.ts'
import { Report } from './contract.ts'
import { reportCall } from './reporting.ts'
import { type Keys, secretAt } from './settings.ts'

type Around = { kernel: Kernel; keys: Keys }
type Request = FastifyRequest<{ Params: { hook: string } }>

/** Source: Twilio, "Call resource: call status values". A completed call was answered. */
const twilioEvents: Record<string, readonly Report['event'][] | undefined> = {
  ringing: ['ringing'],
  initiated: ['ringing'],
  queued: ['ringing'],
  'in-progress': ['answered'],
  completed: ['answered', 'ended'],
  busy: ['missed'],
  failed: ['missed'],
  'no-answer': ['missed'],
  canceled: ['missed'],
}

const fromForm = (body: Buffer): unknown[] => {
  const form = new URLSearchParams(body.toString('utf8'))
  const events = twilioEvents[form.get('CallStatus') ?? ''] ?? []
  return events.map(event => ({ call: form.get('CallSid'), event, from: form.get('From'), to: form.get('To') }))
}

const fromJson = (body: Buffer): unknown[] => {
  try {
    return [JSON.parse(body.toString('utf8'))]
  } catch {
    return [{}]
  }
}

/** What a signed call says: our own JSON, or the form of Twilio. @throws Refusal where the signature is not right */
const reportsIn = (request: Request, secret: string, url: string): Report[] => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const header = (name: string) => [request.headers[name] ?? ''].flat()[0] ?? ''
  const twilio = header('x-twilio-signature')
  const genuine = twilio
    ? signedByTwilio(secret, url, body, twilio)
    : sameText(`sha256=${hmac('sha256', secret, body, 'hex')}`, header('x-rapport-signature'))
  if (!genuine) throw new Refusal('forbidden', 'The signature is missing or wrong.')
  return (twilio ? fromForm(body) : fromJson(body)).map(given => {
    const parsed = Report.strict().safeParse(cleanInput(given))
    return parsed.success ? parsed.data : refuseInput(parsed.error)
  })
}

const hear = async ({ kernel, keys }: Around, request: Request, reply: FastifyReply) => {
  const { hook } = request.params
  const secret = (await kernel.read(anonymous, reading => secretAt(reading, keys, hook))) ?? notFound('telephone')
  const reports = reportsIn(request, secret, `${keys.baseUrl}/api/telephone/hooks/${hook}`)
  await kernel.work(
    system,
    async work => {
      for (const report of reports) await reportCall(work, report)
    },
    request.id,
  )
  return request.headers['x-twilio-signature']
    ? reply.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response></Response>')
    : reply.status(202).send({ ok: true })
}

/** Where a telephone system calls that signs what it says. */
export const serveHooks = (app: FastifyInstance, around: Around): void => {
  void app.register(async hooks => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 65_536 }, async (_: unknown, body: Buffer) => body)
    const options = { config: { rateLimit: { max: 600, timeWindow: '1 minute' } }, schema: { hide: true } as object }
    hooks.post('/api/telephone/hooks/:hook', options, (request, reply) => hear(around, request as Request, reply))
  })
}
