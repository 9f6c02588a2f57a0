import { resolve } from 'node:path'
import { now } from './platform/clock.ts'
import { configOfProcess } from './platform/config.ts'
import { backUp } from './platform/database/backup.ts'
import { runningServer, startEmbedded } from './platform/database/embedded.ts'
import { lockFolder } from './platform/database/lock.ts'
import { restore } from './platform/database/restore.ts'
import { giveUp } from './running.ts'

const usage =
  'rapport backup <file>   copies database, files and keys of DATA_DIR into one file, while it runs or not\nrapport restore <file>  puts them into an empty DATA_DIR\n'

/** Backs up the server that runs, or starts it for as long as it takes. */
const save = async (dataDir: string, target: string): Promise<void> => {
  const running = runningServer(dataDir, 'rapport')
  if (running) return report(await backUp({ dataDir, url: running, target, now: now() }))
  const unlock = lockFolder(dataDir, 'rapport backup')
  const server = await startEmbedded(dataDir)
  try {
    report(await backUp({ dataDir, url: server.urlOf('rapport'), target, now: now() }))
  } finally {
    await server.stop()
    unlock()
  }
}

const report = ({ path, bytes, files }: { path: string; bytes: number; files: number }): void =>
  void process.stdout.write(`${path}: ${files} files, ${(bytes / 1_048_576).toFixed(1)} MB\n`)

const begin = async (): Promise<void> => {
  const [verb, file] = process.argv.slice(2)
  const { dataDir, databaseUrl } = configOfProcess()
  if (!file || (verb !== 'backup' && verb !== 'restore')) {
    process.stderr.write(usage)
    process.exitCode = 1
    return
  }
  if (databaseUrl)
    throw new Error('DATABASE_URL is set: back that PostgreSQL up with its own tools (see docs/operations.md).')
  if (verb === 'backup') return save(dataDir, resolve(file))
  const unlock = lockFolder(dataDir, 'rapport restore')
  try {
    await restore({ source: resolve(file), dataDir })
  } finally {
    unlock()
  }
  process.stdout.write(`${dataDir} holds what was in ${file}. Start Rapport as usual.\n`)
}

begin().catch(giveUp)
