/* Makes the pictures of the README anew in docs/pictures, from the sample organisation: `npm run pictures`. */
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
const largestBytes = 340_000
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

/** A view of one's own, drawn as a board. */
const boardIn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const wanted = { name: 'Where things stand', condition: { all: [] }, layout: 'board', sort: 'recent' }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/views', { method: 'POST', headers, body: JSON.stringify(wanted) })
    return (await answer.json()).id
  })

const take = async (page: Page, name: string, there: string) => {
  await page.locator(there).first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  const { size } = statSync(path)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > largestBytes) throw new Error(`${name}.png is larger than ${largestBytes / 1000} kB`)
}

const queueWithCase = async (page: Page) => `/queue?case=${await caseIn(page)}`
type Shot = { name: string; device: Device; address: (page: Page) => Promise<string>; there: string }
const shots: Shot[] = [
  { name: 'queue-light', device: desk, address: queueWithCase, there: '.rp-entries > *' },
  { name: 'queue-dark', device: { ...desk, dark: true }, address: queueWithCase, there: '.rp-entries > *' },
  {
    name: 'case-phone',
    device: phone,
    address: async page => `/cases/${await caseIn(page)}`,
    there: '.rp-entries > *',
  },
  { name: 'board', device: desk, address: async page => `/queue/${await boardIn(page)}`, there: '.rp-card' },
  { name: 'day-phone', device: phone, address: async () => '/day', there: '.rp-figures' },
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
for (const { name, device, address, there } of shots) {
  const page = await openPage(browser, device)
  await signIn(page, fresh.url)
  await page.goto(`${fresh.url}${await address(page)}`)
  await take(page, name, there)
  await page.context().close()
}
await browser.close()
await fresh.close()
await server.stop()
rmSync(dataDir, { recursive: true, force: true })
