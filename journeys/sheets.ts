/*
 * Makes a sheet of every screen anew in docs/pictures/screens: 1440, 1024 and 390 pixels wide, in light and dark colours,
 * with high contrast, and from right to left. `npm run pictures` makes them all; ONLY=queue,day makes those whose name
 * begins so, and SCREENS names a folder for the single pictures in full size.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../test/app.ts'
import { openBrowser, openPage, picture, signIn } from './browser.ts'
import { openDoors } from './doors.ts'
import { idsIn, screens } from './screens.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'pictures', 'screens')
const largestBytes = 500_000
const widths = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const modes = [
  { name: 'light', colourScheme: 'light', contrast: 'normal', direction: 'ltr' },
  { name: 'dark', colourScheme: 'dark', contrast: 'normal', direction: 'ltr' },
  { name: 'high contrast', colourScheme: 'light', contrast: 'high', direction: 'ltr' },
  { name: 'right to left', colourScheme: 'light', contrast: 'normal', direction: 'rtl' },
] as const
type Mode = (typeof modes)[number]

/** Addresses that only lead on to another screen. */
const leadingOn = new Set(['start', 'organisation'])

const only = process.env.ONLY?.split(',') ?? []
const isWanted = (name: string) => only.length === 0 || only.some(part => name.startsWith(part))

const settled = async (page: Page): Promise<void> => {
  await page.locator('#main[aria-busy=false], .rp-wall, .rp-counter').first().waitFor()
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect.poll(() => page.locator('.rp-bone, .mantine-Loader-root').count(), { timeout: 20_000 }).toBe(0)
}

type Row = { name: string; pictures: Buffer[] }
const taken = new Map<string, Row[]>()

const take = async (pages: Page[], name: string, mode: Mode): Promise<void> => {
  const pictures: Buffer[] = []
  for (const page of pages) {
    pictures.push(await page.screenshot({ type: 'jpeg', quality: 85, animations: 'disabled' }))
    await picture(page, `${name}_${page.viewportSize()?.width}_${mode.name.replaceAll(' ', '-')}`)
  }
  taken.set(name, [...(taken.get(name) ?? []), { name: mode.name, pictures }])
}

const sheetStyle = `body{margin:16px;font:14px system-ui;background:#777;color:#fff}h1{font-size:18px;margin:0}
  h2{font-size:14px;margin:10px 0 4px}div{display:flex;gap:12px;align-items:flex-start}img{height:450px;border:1px solid #444}`

/** All pictures of one screen on one sheet: a row for each mode, a column for each width. */
const sheetOf = async (page: Page, title: string, rows: Row[]): Promise<Buffer> => {
  const shown = (one: Buffer) => `<img alt="" src="data:image/jpeg;base64,${one.toString('base64')}">`
  const row = ({ name, pictures }: Row) => `<h2>${name}</h2><div>${pictures.map(shown).join('')}</div>`
  await page.setContent(`<style>${sheetStyle}</style><h1>${title}</h1>${rows.map(row).join('')}`)
  return page.screenshot({ fullPage: true, type: 'jpeg', quality: 65 })
}

let app: TestApp
let browser: Browser
let ids: Awaited<ReturnType<typeof idsIn>>

beforeAll(async () => {
  app = await startApp({ jobs: false, sample: true })
  ids = await idsIn(app)
  browser = await openBrowser()
  mkdirSync(folder, { recursive: true })
  // A screen that is no more leaves no sheet behind.
  if (only.length === 0) for (const name of readdirSync(folder)) rmSync(join(folder, name))
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const openPages = async () => {
  const pages = await Promise.all(widths.map(size => openPage(browser, size)))
  // A picture that comes late, on a busy machine, is better than none.
  for (const page of pages) page.setDefaultTimeout(60_000)
  return pages
}

test('every screen for those who are signed in', async () => {
  const pages = await openPages()
  for (const page of pages) await signIn(page, app, 'administrator')
  const wanted = screens(ids).filter(({ name }) => isWanted(name) && !leadingOn.has(name))
  for (const mode of modes) {
    const { name: _, ...preferences } = mode
    await app.as('administrator')('PATCH', '/api/me', { preferences })
    for (const { name, address } of wanted) {
      for (const page of pages) {
        await page.goto(`${app.url}${address}`)
        await settled(page)
      }
      await take(pages, name, mode)
    }
  }
  for (const page of pages) await page.context().close()
})

/** What the device asks for, where nobody has preferences. */
const wish = async (page: Page, { colourScheme, contrast, direction }: Mode): Promise<void> => {
  await page.emulateMedia({ colorScheme: colourScheme, contrast: contrast === 'high' ? 'more' : 'no-preference' })
  for (const frame of page.frames())
    await frame.evaluate(dir => document.documentElement.setAttribute('dir', dir), direction)
}

test('every page for those who are not signed in', async () => {
  const { doors, close } = await openDoors(app, ids)
  const pages = await openPages()
  for (const { name, open } of doors.filter(door => isWanted(door.name))) {
    for (const page of pages) await open(page)
    for (const mode of modes) {
      for (const page of pages) await wish(page, mode)
      await take(pages, name, mode)
    }
  }
  for (const page of pages) await page.context().close()
  await close()
})

test('the pictures are put on sheets', async () => {
  const page = await browser.newPage({ viewport: { width: 1580, height: 900 } })
  for (const [name, rows] of taken) {
    const sheet = await sheetOf(page, name, rows)
    expect(sheet.length, name).toBeLessThan(largestBytes)
    writeFileSync(join(folder, `${name}.jpg`), sheet)
  }
  await page.close()
})
