import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { ticks } from '../clock.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { hearOut } from './draining.ts'
import { answerError, answerUnread } from './problem.ts'

export type ServerOptions = { log: Log; trustProxy: boolean; secure: boolean; version: string; uiFolder: string }

const contentSecurity = (secure: boolean) => ({
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    // Mantine writes style elements and attributes at run time.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: secure ? [] : null,
  },
})

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON that is really UTF-8; an empty body is no body; a key that would change an object's prototype is refused. */
const readJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    throw new Refusal('invalid', 'The body is not valid UTF-8.', [{ field: '', message: 'is not valid UTF-8' }])
  }
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw new SyntaxError('"__proto__" is not a field')
      return value as unknown
    })
  } catch (error) {
    throw new Refusal('invalid', `The body is not valid JSON${placeOf(error as Error)}.`, [
      { field: '', message: 'is not valid JSON' },
    ])
  }
}

/** Where the mistake is, without the words around it, which the engine would quote. */
const placeOf = ({ message }: Error): string => {
  if (message.includes('call stack')) return ': it is nested too deeply'
  if (message.includes('__proto__')) return ': "__proto__" is not a field'
  return /at position \d+/.exec(message)?.[0].replace(/^/, ' ') ?? ''
}

/** Ten times what a request may take. */
const slowMs = 2000

const logRequests = (app: FastifyInstance, log: Log): void => {
  app.addHook('onRequest', async request => {
    request.headers['x-began'] = String(ticks())
  })
  // Not called for live streams, which end when somebody leaves: nothing about them was slow.
  app.addHook('onSend', async request => {
    request.headers['x-answered'] = String(ticks())
  })
  app.addHook('onResponse', async (request, reply) => {
    const answeredMs = Number(request.headers['x-answered'] ?? 0) - Number(request.headers['x-began'])
    const ms = Math.round(ticks() - Number(request.headers['x-began']))
    // The pattern, not the address: an address may hold what somebody searched for.
    const line = { requestId: request.id, method: request.method, route: request.routeOptions.url }
    if (answeredMs > slowMs) log.warn({ ...line, status: reply.statusCode, ms }, 'slow request')
    else log.debug({ ...line, status: reply.statusCode, ms }, 'request')
  })
}

/** The web server with everything that is the same for every route. */
export const makeServer = async ({
  log,
  trustProxy,
  secure,
  version,
  uiFolder,
}: ServerOptions): Promise<FastifyInstance> => {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: 262_144,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 300 },
    exposeHeadRoutes: false,
    // Before any plug-in: an address that cannot be read gets the headers of every other answer by hand.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'")
      answerError(error, request, reply)
    },
    clientErrorHandler: answerUnread,
  }) as unknown as FastifyInstance
  logRequests(app, log)
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => data => JSON.stringify(data))
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer | string) => readJson(body as Buffer),
  )
  app.setErrorHandler(async (error, request, reply) => {
    await hearOut(error, request)
    return answerError(error, request, reply)
  })
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurity(secure),
    hsts: secure,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'sameorigin' },
  })
  await app.register(rateLimit, { global: false })
  await app.register(compress, { threshold: 2048 })
  await app.register(multipart, { limits: { fileSize: 26_214_400, files: 1, fields: 10, parts: 11 } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rapport',
        version,
        description: 'Everything the screens can do, a program can do too.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await serveUi(app, uiFolder)
  return app
}

/** The built browser program: its files by name, and its first page for every address that is a screen. */
const serveUi = async (app: FastifyInstance, folder: string): Promise<void> => {
  const built = existsSync(join(folder, 'index.html'))
  if (built)
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      immutable: true,
      maxAge: '1y',
      // Files of a build carry their content in their name; what stands beside them does not.
      setHeaders: (reply, path) => {
        if (!path.includes('/assets/')) void reply.header('cache-control', 'no-cache')
      },
    })
  app.setNotFoundHandler(async (request, reply) => {
    const asked = request.method === 'GET' || request.method === 'HEAD'
    const screen = asked && !request.url.startsWith('/api/') && !/\.\w{1,8}(\?|$)/.test(request.url)
    if (!screen) throw new Refusal('not_found', 'There is nothing at this address.')
    if (!built) return reply.type('text/plain').send('The screens are not built yet. Run `npm start`.')
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
  })
}
