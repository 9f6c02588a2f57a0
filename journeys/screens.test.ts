import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSample } from '../db/seed/sample.ts'
import { startApp, type TestApp } from '../test/app.ts'
import { type Device, desk, expectAccessible, openBrowser, openPage, phone, picture, settled, signIn } from './browser.ts'
import { addresses, idsIn } from './screens.ts'

let app: TestApp
let browser: Browser
let walk: string[]

beforeAll(async () => {
  app = await startApp({ jobs: false })
  await loadSample(app.program.kernel, app.config)
  walk = addresses(await idsIn(app))
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const narrowest = 320

/** How far a page is wider than its window, in pixels. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const walkThrough = async (name: string, device: Device) => {
  const page = await openPage(browser, device)
  const complaints: string[] = []
  let at = '/sign-in'
  page.on('console', message => {
    // A record that is not there is an answer, which the browser notes as an error all the same.
    const expected = message.text().includes('404') && /999999/.test(at)
    if (message.type() === 'error' && !expected) complaints.push(`${at}: ${message.text()}`)
  })
  await signIn(page, app, 'administrator')
  const problems: string[] = []
  for (at of walk) {
    await page.goto(`${app.url}${at}`)
    await settled(page)
    await picture(page, `${name}${at.replace(/[/?=]/g, '_')}`)
    const headings = await page.locator('h1').count()
    if (headings !== 1) problems.push(`${at} has ${headings} headings of the first rank`)
    await expectAccessible(page, `${name}: ${at}`).catch((error: Error) => problems.push(error.message))
    if (device.width > 400) continue
    for (const width of [device.width, narrowest]) {
      await page.setViewportSize({ width, height: device.height })
      const over = await overflow(page)
      if (over > 0) problems.push(`${at} is ${over} pixels wider than ${width}`)
    }
    await page.setViewportSize(device)
  }
  await page.context().close()
  expect([...problems, ...complaints]).toEqual([])
}

test('every screen is sound on a desk in light colours', () => walkThrough('light', desk))
test('every screen is sound on a desk in dark colours', () => walkThrough('dark', { ...desk, dark: true }))
test('every screen is sound on a telephone', () => walkThrough('phone', phone))
