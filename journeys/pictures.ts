/*
 * Makes the pictures of the README anew in docs/pictures, from the sample organisation. By hand, after a build:
 *
 *   node_modules/.bin/node node_modules/vite/bin/vite.js build
 *   node_modules/.bin/node journeys/pictures.ts
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { loadSample, sampleSignIns } from '../db/seed/sample.ts'
import { readConfig } from '../src/platform/config.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { type Device, desk, openBrowser, openPage, phone } from './chromium.ts'
import { startFresh } from './fresh.ts'

const port = 20_431
const largestBytes = 300_000
const folder = join(import.meta.dirname, '..', 'docs', 'pictures')

/** An adviser of the counter with a rich case open: somebody who needs care, with a conversation. */
const signIn = async (page: Page, url: string) => {
  const adviser = sampleSignIns.find(one => one.role === 'Adviser')
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(adviser?.email ?? '')
  await page.getByLabel('Password', { exact: true }).fill(adviser?.password ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('[data-row]').first().waitFor()
}

const caseIn = async (page: Page): Promise<string> => {
  const cared = page.locator('[data-row]:has(.rp-care)')
  const row = (await cared.count()) > 0 ? cared.first() : page.locator('[data-row]').first()
  return (await row.getAttribute('data-row')) ?? ''
}

const take = async (page: Page, name: string) => {
  await page.locator('.rp-entries > *').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  const { size } = statSync(path)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > largestBytes) throw new Error(`${name}.png is larger than ${largestBytes / 1000} kB`)
}

const shots: { name: string; device: Device; address: (id: string) => string }[] = [
  { name: 'queue-light', device: desk, address: id => `/queue?case=${id}` },
  { name: 'queue-dark', device: { ...desk, dark: true }, address: id => `/queue?case=${id}` },
  { name: 'case-phone', device: phone, address: id => `/cases/${id}` },
]

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-pictures-'))
mkdirSync(folder, { recursive: true })
const server = await startEmbedded(dataDir, false)
const database = openDatabase(server.url)
await migrate(database.owner)
await database.owner.query("select ensure_event_partitions('2026-01-01', 24)")
await database.close()
const fresh = await startFresh(server.url, port, false)
await loadSample(fresh.program.kernel, readConfig({ LOG_LEVEL: 'silent' }))
const browser = await openBrowser()
for (const { name, device, address } of shots) {
  const page = await openPage(browser, device)
  await signIn(page, fresh.url)
  await page.goto(`${fresh.url}${address(await caseIn(page))}`)
  await take(page, name)
  await page.context().close()
}
await browser.close()
await fresh.close()
await server.stop()
rmSync(dataDir, { recursive: true, force: true })
