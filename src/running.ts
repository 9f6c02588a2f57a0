import { loadSample } from '../db/seed/sample.ts'
import { pause } from './platform/clock.ts'
import { type Config, ConfigError } from './platform/config.ts'
import { startEmbedded } from './platform/database/embedded.ts'
import { FolderInUse, FolderUnusable, lockFolder } from './platform/database/lock.ts'
import { WrongDatabase } from './platform/database/migrate.ts'
import { bringUpToDate, type OpenedServer, openServer } from './platform/database/opening.ts'
import { isUnreachable } from './platform/database/pool.ts'
import { type Log, makeLog } from './platform/log.ts'
import { giveBackMemory } from './platform/memory.ts'
import { Refusal } from './platform/refusal.ts'
import { type Program, startProgram } from './program.ts'

const longestStopMs = 25_000

const whenAsked = (stop: () => Promise<void>): void => {
  let begun = false
  const once = () => {
    if (begun) return
    begun = true
    setTimeout(() => process.exit(1), longestStopMs).unref()
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
}

/** Starts an embedded database again that ended without being asked to. */
const watch = (server: OpenedServer, dataDir: string, log: Log, stopping: () => boolean): void => {
  void server.embedded?.ended.then(async () => {
    while (!stopping()) {
      log.error('the database ended; starting it again')
      await pause(500)
      try {
        server.embedded = await startEmbedded(dataDir)
        return watch(server, dataDir, log, stopping)
      } catch (error) {
        log.error({ err: error }, 'the database does not start')
        await pause(5_000)
      }
    }
  })
}

/** A library may lose its connection where nobody waits for the answer: noted, and tried again by its own means. */
const outliveOutages = (log: Log): void => {
  process.on('unhandledRejection', error => {
    if (!isUnreachable(error)) throw error
    log.warn({ err: error }, 'lost the database')
  })
}

/**
 * Runs the program until it is asked to stop: requests under way finish, jobs are given back, then the database stops.
 * @param begun called when everything answers
 * @param ended called after everything has stopped
 */
export const runProgram = async (
  config: Config,
  begun: (program: Program) => Promise<void>,
  ended: () => void = () => {},
): Promise<void> => {
  const unlock = config.databaseUrl ? () => {} : lockFolder(config.dataDir, config.baseUrl)
  let server: OpenedServer | null = null
  let program: Program | null = null
  const log = makeLog(config.logLevel)
  let stopping = false
  const stop = async (): Promise<void> => {
    stopping = true
    await program?.stop()
    await server?.embedded?.stop()
    unlock()
    ended()
  }
  try {
    outliveOutages(log)
    server = await openServer(config)
    watch(server, config.dataDir, log, () => stopping)
    await bringUpToDate(config, server)
    program = await startProgram({ config, databaseUrl: server.url, log, loadSample })
    await begun(program)
    whenAsked(stop)
    giveBackMemory()
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

const isPlain = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof FolderInUse ||
  error instanceof FolderUnusable ||
  error instanceof Refusal ||
  error instanceof WrongDatabase

/** A mistake of the operator is a sentence; only a fault of ours shows where it happened. */
export const giveUp = (error: unknown): never => {
  process.stderr.write(`${isPlain(error) ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exit(1)
}
