import { loadSample } from '../db/seed/sample.ts'
import { type Config, ConfigError } from './platform/config.ts'
import { FolderInUse, lockFolder } from './platform/database/lock.ts'
import { WrongDatabase } from './platform/database/migrate.ts'
import { bringUpToDate, type OpenedServer, openServer } from './platform/database/opening.ts'
import { makeLog } from './platform/log.ts'
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

/**
 * Runs the program until it is asked to stop: requests under way finish, jobs are given back, then the database stops.
 * @param begun called when everything answers
 * @param ended called after everything has stopped
 */
export const runProgram = async (config: Config, begun: (program: Program) => Promise<void>, ended: () => void = () => {}): Promise<void> => {
  const unlock = config.databaseUrl ? () => {} : lockFolder(config.dataDir, config.baseUrl)
  let server: OpenedServer | null = null
  let program: Program | null = null
  const stop = async (): Promise<void> => {
    await program?.stop()
    await server?.embedded?.stop()
    unlock()
    ended()
  }
  try {
    server = await openServer(config)
    await bringUpToDate(config, server)
    program = await startProgram({ config, databaseUrl: server.url, log: makeLog(config.logLevel), loadSample })
    await begun(program)
    whenAsked(stop)
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

const isPlain = (error: unknown): error is Error =>
  error instanceof ConfigError || error instanceof FolderInUse || error instanceof WrongDatabase || (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

/** A mistake of the operator is a sentence; only a fault of ours shows where it happened. */
export const giveUp = (error: unknown): never => {
  process.stderr.write(`${isPlain(error) ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exit(1)
}
