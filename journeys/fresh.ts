import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSample } from '../db/seed/sample.ts'
import { readConfig } from '../src/platform/config.ts'
import { makeLog } from '../src/platform/log.ts'
import { type Program, startProgram } from '../src/program.ts'

export type Fresh = { url: string; program: Program; close(): Promise<void> }

/** The program on a migrated database that nobody has set up; the sample organisation can be chosen there. */
export const startFresh = async (databaseUrl: string, port: number, jobs = true): Promise<Fresh> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-fresh-'))
  const settings = {
    PORT: String(port),
    DATA_DIR: dataDir,
    SMTP_LISTEN: 'off',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgres://unused',
  }
  const config = readConfig(settings, jobs ? [] : ['--roles=http'])
  const program = await startProgram({ config, databaseUrl, log: makeLog(config.logLevel), loadSample })
  const close = async () => {
    await program.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: `http://127.0.0.1:${port}`, program, close }
}
