import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { poolInSchema } from '../../platform/database/pool.ts'
import type { Surroundings } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { redactText } from '../../platform/text/redact.ts'
import { passkeys } from './passkeys.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { clearFailures, noteFailure, noteSignIn, tooManyFailures, windowMs } from './throttling.ts'

const clean = (text: string): string => redactText(cleanText(text, { singleLine: true })).text

/** The address somebody tried to sign in with, as it is counted: whatever else they typed there is not kept. */
const emailOf = (body: unknown): string => {
  const email = (body as { email?: unknown } | null)?.email
  return typeof email === 'string' ? clean(email.toLowerCase().slice(0, 254)) : ''
}

/** How staff sign in: password, second factor, passkey. The library keeps to its own tables and to this file. */
export const makeSignIn = ({ config, kernel, keyFor }: Surroundings) => {
  const pool = poolInSchema(kernel.database.url, 'auth', () => {})
  const addressOf = (headers: Headers | undefined) => headers?.get('x-rapport-address') ?? 'unknown'
  const auth = betterAuth({
    appName: 'Rapport',
    database: pool,
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    secret: keyFor('sign-in').toString('hex'),
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: async request => (request ? [new URL(request.url).origin] : []),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    // Its count starts anew only after a minute without a request: an office behind one address would be locked out of a
    // morning. Requests are limited by the route below, failures by throttling.ts, wrong codes by the account's lock.
    rateLimit: { enabled: false },
    advanced: {
      ipAddress: { ipAddressHeaders: ['x-rapport-address'] },
      useSecureCookies: config.baseUrl.startsWith('https:'),
    },
    plugins: [twoFactor({ issuer: 'Rapport' }), passkeys(config.baseUrl)],
    hooks: {
      before: createAuthMiddleware(async context => {
        if (context.path !== '/sign-in/email') return
        if (await tooManyFailures(kernel, emailOf(context.body), addressOf(context.headers)))
          throw new APIError(
            'TOO_MANY_REQUESTS',
            { message: 'Too many failed attempts. Wait 15 minutes, or ask an administrator.' },
            { 'retry-after': String(windowMs / 1000) },
          )
      }),
      after: createAuthMiddleware(async context => {
        if (context.path === '/sign-in/email' && context.context.returned instanceof APIError)
          await noteFailure(kernel, emailOf(context.body), addressOf(context.headers))
        const user = context.context.newSession?.user
        if (user) {
          await clearFailures(kernel, user.email)
          const welcome = await kernel.work(system, work => noteSignIn(work, user.id, context.path))
          if (!welcome) throw new APIError('FORBIDDEN', { message: 'Your access has ended. Ask an administrator.' })
        }
      }),
    },
  })
  return { auth, close: () => pool.end() }
}

const toRequest = (request: FastifyRequest, baseUrl: string): Request => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  // Both are kept with the session.
  headers.set('user-agent', clean((request.headers['user-agent'] ?? '').slice(0, 500)))
  headers.set('x-rapport-address', request.ip)
  const sent = request.body as Record<string, unknown> | undefined
  const named = typeof sent?.name === 'string' ? { ...sent, name: clean(sent.name) } : sent
  const body = request.method === 'GET' || named === undefined ? null : JSON.stringify(named)
  // Behind whatever name the installation was reached: the origin check compares with the host that was asked.
  const protocol = baseUrl.startsWith('https:') ? 'https' : 'http'
  return new Request(`${protocol}://${request.host}${request.url}`, { method: request.method, headers, body })
}

const answer = async (response: Response, reply: FastifyReply): Promise<FastifyReply> => {
  reply.status(response.status)
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value)
  })
  // The library has a name of its own for what every client knows as Retry-After.
  const wait = response.headers.get('x-retry-after')
  if (wait && !response.headers.has('retry-after')) reply.header('retry-after', wait)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return reply.send(await response.text())
}

/** Hands /api/auth to the library. What it offers beyond signing in is not reachable. */
export const serveSignIn = (
  app: FastifyInstance,
  auth: { handler(request: Request): Promise<Response> },
  baseUrl: string,
): void => {
  const open = /^\/api\/auth\/(sign-in\/(email|passkey)|sign-out|get-session|two-factor\/|passkey\/|change-password)/
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    config: { rateLimit: { max: 600, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      if (!open.test(request.url)) return reply.status(404).send({ message: 'There is nothing at this address.' })
      return answer(await auth.handler(toRequest(request, baseUrl)), reply)
    },
  })
}
