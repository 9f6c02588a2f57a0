import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EmbeddedDatabase } from './embedded.ts'
import { bringUpToDate, openServer } from './opening.ts'
import { readBackupHeader } from './restore.ts'

let dataDir: string
let embedded: EmbeddedDatabase
let url: string
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-opening-'))
  const server = await openServer({ databaseUrl: null, dataDir })
  embedded = server.embedded as EmbeddedDatabase
  url = server.url
})
afterAll(async () => {
  await embedded.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('the first start migrates without a backup, because there is nothing to lose', async () => {
  expect((await bringUpToDate({ dataDir }, { url, embedded })).length).toBeGreaterThan(3)
  expect(existsSync(join(dataDir, 'backups'))).toBe(false)
  expect(await bringUpToDate({ dataDir }, { url, embedded })).toEqual([])
})

test('a database with data in it is backed up before a migration changes it', async () => {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('drop table auto_replies, outgoing_mail, mail_ids, received_mail, mailboxes cascade')
  await client.query("delete from migrations where name like '%_channels'")
  await client.end()
  expect(await bringUpToDate({ dataDir }, { url, embedded })).toEqual(['20261121T1040_channels'])
  const [backup, ...more] = readdirSync(join(dataDir, 'backups'))
  expect(more).toEqual([])
  const header = await readBackupHeader(join(dataDir, 'backups', backup ?? ''))
  expect(header.migrations).not.toContain('20261121T1040_channels')
})
