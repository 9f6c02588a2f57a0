import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { loadSample } from '../db/seed/sample.ts'
import {
  barriersOn,
  type Device,
  desk,
  follow,
  openPage,
  overflow,
  phone,
  picture,
  signIn,
  startJourney,
} from './browser.ts'
import { addresses, idsIn } from './screens.ts'

const { app, browser } = await startJourney({ jobs: false })
await loadSample(app.program.kernel, app.config)
const walk = addresses(await idsIn(app))

const narrowest = 320
/** Some sixty screens, each looked at twice: on a busy machine that is more than one journey may take. */
const longMs = 300_000

/** Walks every address; `look` answers with what is wrong there. */
const walkThrough = async (device: Device, look: (page: Page, at: string) => Promise<string[]>) => {
  const page = await openPage(browser, device)
  const wrong: string[] = []
  let at = '/sign-in'
  page.on('console', message => {
    // A record that is not there is an answer, which the browser notes as an error all the same.
    const expected = message.text().includes('404') && at.includes('999999')
    if (message.type() === 'error' && !expected) wrong.push(`${at}: ${message.text()}`)
  })
  await signIn(page, app, 'administrator')
  for (at of walk) {
    await follow(page, at)
    const headings = await page.locator('h1').count()
    if (headings !== 1) wrong.push(`${at}: ${headings} headings of the first rank`)
    for (const one of await look(page, at)) wrong.push(`${at}: ${one}`)
  }
  await page.context().close()
  expect(wrong).toEqual([])
}

const nameOf = (at: string) => at.replace(/[/?=]/g, '_')

test('every screen is sound on a desk, in light colours and in dark ones', { timeout: longMs }, () =>
  walkThrough(desk, async (page, at) => {
    await picture(page, `light${nameOf(at)}`)
    const light = await barriersOn(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
    await picture(page, `dark${nameOf(at)}`)
    const dark = await barriersOn(page, 'color-contrast')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('html[data-mantine-color-scheme=light]').waitFor()
    return [...light, ...dark.map(one => `in the dark, ${one}`)]
  }),
)

test('every screen is sound on a telephone and nothing is wider than it', { timeout: longMs }, () =>
  walkThrough(phone, async (page, at) => {
    await picture(page, `phone${nameOf(at)}`)
    const barriers = await barriersOn(page)
    const wider: string[] = []
    for (const width of [narrowest, phone.width]) {
      await page.setViewportSize({ width, height: phone.height })
      const over = await overflow(page)
      if (over > 0) wider.push(`${over} pixels wider than ${width}`)
    }
    return [...barriers, ...wider]
  }),
)
