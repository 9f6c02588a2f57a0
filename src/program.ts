import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { modulesOf } from './app.ts'
import { actorOf } from './modules/identity/index.ts'
import { type Config, cannotListen } from './platform/config.ts'
import { type Live, startLive } from './platform/events/live.ts'
import { fileStore } from './platform/files/store.ts'
import { serveHealth } from './platform/http/health.ts'
import { outgoing } from './platform/http/outgoing.ts'
import { serveOperations } from './platform/http/routes.ts'
import { makeServer } from './platform/http/server.ts'
import { type Errands, startErrands } from './platform/jobs/errands.ts'
import { startWorker, type Worker } from './platform/jobs/worker.ts'
import { type Kernel, startKernel } from './platform/kernel.ts'
import { installationKey, keyFor } from './platform/key.ts'
import type { Log } from './platform/log.ts'
import type { Module, Started } from './platform/module.ts'
import { Refusal } from './platform/refusal.ts'
import { version } from './platform/version.ts'

export type Program = {
  kernel: Kernel
  app: FastifyInstance
  address: string | null
  modules: Module[]
  started: Started[]
  stop(): Promise<void>
}
export type ProgramOptions = {
  config: Config
  databaseUrl: string
  log: Log
  clock?: () => Date
  loadSample(kernel: Kernel, config: Config): Promise<void>
}

const serveLive = (app: FastifyInstance, kernel: Kernel, live: Live): void => {
  app.get('/api/live', { schema: { hide: true } }, async (request, reply) => {
    const actor = await actorOf(kernel, request)
    if (actor.kind !== 'staff') throw new Refusal('unauthenticated', 'Sign in first, or send a valid token.')
    const stillValid = () =>
      actorOf(kernel, request).then(
        now => now.kind === 'staff',
        () => false,
      )
    live.listen(request, reply, actor, stillValid)
    return reply
  })
}

const uiFolder = join(fileURLToPath(new URL('..', import.meta.url)), 'dist', 'ui')

const listen = async (app: FastifyInstance, { host, port }: Config): Promise<string> => {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    throw cannotListen(taken ? 'PORT' : 'HOST', { host, port }, error)
  }
}

/** Puts the program together on a migrated database and starts the roles it was asked for. */
export const startProgram = async ({
  config,
  databaseUrl,
  log,
  clock,
  loadSample,
}: ProgramOptions): Promise<Program> => {
  let live: Live | null = null
  const key = installationKey(config.dataDir)
  const modules = modulesOf({
    loadSample: () => loadSample(kernel, config),
    dropLive: id => live?.drop(id),
    staffHere: () => live?.receivers() ?? 0,
  })
  const subscriptions = modules.flatMap(module => module.subscriptions ?? [])
  const kernel: Kernel = startKernel({
    url: databaseUrl,
    subscriptions,
    ...(clock ? { clock } : {}),
    onError: error => log.warn({ err: error }, 'database connection'),
  })
  const surroundings = {
    config,
    kernel,
    files: fileStore(join(config.dataDir, 'files')),
    log,
    outgoing: outgoing(config.outgoingAllow),
    keyFor: (purpose: string) => keyFor(key, purpose),
  }
  const started: Started[] = []
  for (const module of modules) started.push((await module.start?.(surroundings)) ?? {})
  for (const part of started) await part.prepare?.()
  const hearers = started.flatMap(part => part.hear ?? [])
  live = await startLive(kernel, Object.assign({}, ...started.map(part => part.gates ?? {})), log, hearers)
  const feed = live
  const kinds = started.flatMap(part => part.jobs ?? [])
  const worker: Worker | null = config.roles.includes('jobs') ? await startWorker(kernel, kinds, log) : null
  const errands: Errands | null = config.roles.includes('jobs') ? startErrands(kernel, kinds, log) : null
  const app = await makeServer({
    log,
    trustProxy: config.trustProxy,
    secure: config.baseUrl.startsWith('https:'),
    version,
    uiFolder,
  })
  const ready = async () => ({
    database: await kernel.database.owner.query('select 1').then(
      () => true,
      () => false,
    ),
    migrations: true,
    jobs: worker === null || worker.running(),
  })
  const watched = started.flatMap(part => part.gauges ?? [])
  serveHealth(app, { ready, kernel, liveReceivers: feed.receivers, watched })
  serveLive(app, kernel, feed)
  for (const part of started) part.routes?.(app)
  serveOperations(
    app,
    { kernel, actorOf: request => actorOf(kernel, request) },
    started.flatMap(part => part.api ?? []),
  )
  const stop = async () => {
    await feed.close()
    await app.close()
    for (const part of started.toReversed()) await part.stop?.()
    await errands?.stop()
    await worker?.stop()
    await kernel.close()
  }
  try {
    const address = config.roles.includes('http') ? await listen(app, config) : null
    if (config.roles.includes('jobs')) for (const part of started) await part.listen?.()
    return { kernel, app, address, modules, started, stop }
  } catch (error) {
    // What runs already would go on asking a database that is about to stop.
    await stop()
    throw error
  }
}
