import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { makeLog } from '../src/platform/log.ts'
import { startProgram } from '../src/program.ts'
import { sqlAt } from './database.ts'
import { type Staffed, staffUp, testConfig } from './staffed.ts'

const memory = '/dev/shm'
/** As much as all clones of a run together may need. */
const enoughBytes = 4 * 1024 ** 3

/** In memory where there is room: copying the template's thousand files takes 0.03 s there, and 0.8 s on a disk. */
const roomyFolder = (): string => {
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= enoughBytes ? memory : tmpdir()
}

/** A second template that has an organisation and one member of staff per role: eleven passwords are hashed once. */
const staffedTemplate = async (
  server: { url: string; urlOf(name: string): string },
  folder: string,
): Promise<Staffed> => {
  await sqlAt(server.url, 'create database staffed template template strategy file_copy')
  const config = testConfig({ DATA_DIR: join(folder, 'staffed') }, ['--roles=http'])
  // Before anything that a test with a clock of its own does.
  const clock = () => new Date('2026-01-01T09:00:00Z')
  const program = await startProgram({
    config,
    databaseUrl: server.urlOf('staffed'),
    log: makeLog('silent'),
    clock,
    loadSample: async () => {},
  })
  const staffed = await staffUp(program)
  await program.stop()
  return staffed
}

/** One PostgreSQL for the whole run, with a migrated template that each test file clones. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(roomyFolder(), 'rapport-test-'))
  const server = await startEmbedded(folder, false)
  await sqlAt(server.url, 'create database template')
  const template = openDatabase(server.urlOf('template'))
  await migrate(template.owner)
  await template.owner.query("select ensure_event_partitions('2026-01-01', 24)")
  await template.close()
  project.provide('serverUrl', server.urlOf('{database}'))
  project.provide('staffed', await staffedTemplate(server, folder))
  project.provide('sampleFolder', join(folder, 'sample'))
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
