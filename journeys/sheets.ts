/*
 * Makes a sheet of every screen anew in docs/pictures/screens: 1440, 1024 and 390 pixels wide, in light and dark colours,
 * with high contrast, and from right to left. `npm run rapport pictures`, or with ONLY=/queue,/day a part of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSample } from '../db/seed/sample.ts'
import { startApp, type TestApp } from '../test/app.ts'
import { openBrowser, openPage, signIn } from './browser.ts'
import { addresses, idsIn } from './screens.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'pictures', 'screens')
const widths = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const modes = [
  { name: 'light', preferences: { colourScheme: 'light', contrast: 'normal', direction: 'ltr' } },
  { name: 'dark', preferences: { colourScheme: 'dark', contrast: 'normal', direction: 'ltr' } },
  { name: 'high contrast', preferences: { colourScheme: 'light', contrast: 'high', direction: 'ltr' } },
  { name: 'right to left', preferences: { colourScheme: 'light', contrast: 'normal', direction: 'rtl' } },
]

const settled = async (page: Page): Promise<void> => {
  await page.locator('#main[aria-busy=false], .rp-wall, .rp-counter').first().waitFor()
  await page.locator('h1').first().waitFor({ state: 'attached' })
  for (let looks = 0; looks < 100; looks++) {
    if ((await page.locator('.rp-bone, .mantine-Loader-root').count()) === 0) break
    await page.waitForTimeout(100)
  }
}

type Row = { name: string; pictures: Buffer[] }

/** All pictures of one screen on one sheet: a row for each mode, a column for each width. */
const sheetOf = async (
  browser: Browser,
  title: string,
  rows: { name: string; pictures: Buffer[] }[],
): Promise<Buffer> => {
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } })
  const row = ({ name, pictures }: Row) =>
    `<h2>${name}</h2><div>${pictures.map(one => `<img alt="" src="data:image/jpeg;base64,${one.toString('base64')}">`).join('')}</div>`
  await page.setContent(
    `<style>body{margin:16px;font:14px system-ui;background:#777;color:#fff}h1{font-size:18px;margin:0}h2{font-size:14px;margin:10px 0 4px}
     div{display:flex;gap:12px;align-items:flex-start}img{height:430px;border:1px solid #444}</style><h1>${title}</h1>${rows.map(row).join('')}`,
  )
  const sheet = await page.screenshot({ fullPage: true, type: 'jpeg', quality: 62 })
  await page.close()
  return sheet
}

const nameOf = (address: string) =>
  address
    .replace(/^\//, '')
    .replace(/[/?=&]+/g, '-')
    .replace(/\d{3,}/g, 'n') || 'start'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  app = await startApp({ jobs: false })
  await loadSample(app.program.kernel, app.config)
  browser = await openBrowser()
  mkdirSync(folder, { recursive: true })
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

/** Every address in one mode, at each width. */
const takeAll = async (pages: Page[], wanted: string[], add: (address: string, pictures: Buffer[]) => void) => {
  for (const address of wanted) {
    const pictures: Buffer[] = []
    for (const page of pages) {
      await page.goto(`${app.url}${address}`)
      await settled(page)
      pictures.push(await page.screenshot({ type: 'jpeg', quality: 70, animations: 'disabled' }))
    }
    add(address, pictures)
  }
}

test('a sheet of every screen', async () => {
  const only = process.env.ONLY?.split(',') ?? []
  const all = addresses(await idsIn(app))
  const wanted = all.filter(address => only.length === 0 || only.some(part => address.includes(part)))
  const pages = await Promise.all(widths.map(size => openPage(browser, size)))
  for (const page of pages) await signIn(page, app, 'administrator')
  const taken = new Map<string, Row[]>()
  for (const { name, preferences } of modes) {
    await app.as('administrator')('PATCH', '/api/me', { preferences })
    await takeAll(pages, wanted, (address, pictures) =>
      taken.set(address, [...(taken.get(address) ?? []), { name, pictures }]),
    )
  }
  for (const [address, rows] of taken) {
    const sheet = await sheetOf(browser, address, rows)
    expect(sheet.length).toBeLessThan(1_500_000)
    writeFileSync(join(folder, `${nameOf(address)}.jpg`), sheet)
  }
})
