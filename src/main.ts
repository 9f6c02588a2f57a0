import { loadSample } from '../db/seed/sample.ts'
import { ConfigError, configOfProcess } from './platform/config.ts'
import { FolderInUse, lockFolder } from './platform/database/lock.ts'
import { WrongDatabase } from './platform/database/migrate.ts'
import { bringUpToDate, type OpenedServer, openServer } from './platform/database/opening.ts'
import { makeLog } from './platform/log.ts'
import { startProgram } from './program.ts'

const begin = async (): Promise<void> => {
  const config = configOfProcess()
  const log = makeLog(config.logLevel)
  const unlock = config.databaseUrl ? () => {} : lockFolder(config.dataDir, config.baseUrl)
  let server: OpenedServer | null = null
  try {
    server = await openServer(config)
    await bringUpToDate(config, server)
    const program = await startProgram({ config, databaseUrl: server.url, log, loadSample })
    process.stdout.write(`Rapport is ready: ${program.address ? config.baseUrl : 'jobs only'}\n`)
    const stop = once(async () => {
      // Requests under way finish, jobs are given back, then the database stops.
      setTimeout(() => process.exit(1), 25_000).unref()
      await program.stop()
      await server?.embedded?.stop()
      unlock()
      process.exit(0)
    })
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  } catch (error) {
    await server?.embedded?.stop()
    unlock()
    throw error
  }
}

const once = (act: () => Promise<void>) => {
  let begun = false
  return () => {
    if (begun) return
    begun = true
    void act()
  }
}

const isPlain = (error: unknown): error is Error =>
  error instanceof ConfigError || error instanceof FolderInUse || error instanceof WrongDatabase || (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

begin().catch((error: unknown) => {
  // A mistake of the operator is a sentence; only a fault of ours shows where it happened.
  process.stderr.write(`${isPlain(error) ? error.message : ((error as Error).stack ?? String(error))}\n`)
  process.exit(1)
})
