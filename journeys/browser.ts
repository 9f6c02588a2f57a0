import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { adminPassword, type RoleKey, startApp, type TestApp } from '../test/app.ts'
import { type Device, openBrowser, openPage } from './chromium.ts'

export { type Device, desk, openBrowser, openPage, phone } from './chromium.ts'

/** The queue is on screen and listens to keys. */
export const ready = async (page: Page): Promise<void> => {
  await page.waitForURL(/\/queue/).catch(async (error: Error) => {
    const shown = await page.locator('body').innerText()
    throw new Error(`${error.message}\nThe page at ${page.url()} says: ${shown.slice(0, 500)}`)
  })
  await page.locator('.rp-rows, .rp-queue-side .rp-empty').first().waitFor()
}

const emailOf = (role: string) => `${role === 'administrator' ? 'admin' : role}@trial.test`

/** Signs somebody of a role in through the sign-in page. */
export const signIn = async (page: Page, app: TestApp, role: RoleKey | 'outsider'): Promise<void> => {
  await page.goto(`${app.url}/sign-in`)
  await page.getByLabel('E-mail').fill(emailOf(role))
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await ready(page)
}

/** Lets somebody of a role in without the sign-in page, which has journeys of its own. */
const comeIn = async (page: Page, app: TestApp, role: RoleKey | 'outsider'): Promise<void> => {
  const response = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: emailOf(role), password: adminPassword }),
  })
  expect(response.status, `${role} is let in`).toBe(200)
  const cookies = response.headers.getSetCookie().map(cookie => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    return { name, value, url: app.url }
  })
  await page.context().addCookies(cookies)
  await page.goto(`${app.url}/queue`)
  await ready(page)
}

/** How a case is opened: by whom (an adviser), from which customer (Ann Miller), what they said, and what else it has. */
type Wanted = { by?: RoleKey; from?: string; text?: string; [field: string]: unknown }

type Journey = {
  app: TestApp
  browser: Browser
  /** A page of its own for somebody of a role, signed in. */
  pageOf(role: RoleKey | 'outsider', device?: Device): Promise<Page>
  /** Opens a case of the first team and answers with its number. */
  openCase(subject: string, wanted?: Wanted): Promise<number>
}

let shared: Promise<Browser> | null = null

/** One browser for all files that one worker plays; it goes with the worker. */
const sharedBrowser = (): Promise<Browser> => (shared ??= openBrowser())

/** The program for one file of journeys, and a browser; what it opened there is closed after its last test. */
export const startJourney = async (options: Parameters<typeof startApp>[0] = {}): Promise<Journey> => {
  const app = await startApp(options)
  const browser = await sharedBrowser()
  afterAll(async () => {
    for (const context of browser.contexts()) await context.close()
    await app.close()
  })
  return {
    app,
    browser,
    pageOf: async (role, device) => {
      const page = await openPage(browser, device)
      await comeIn(page, app, role)
      return page
    },
    openCase: async (subject, { by = 'adviser', from = 'Ann Miller', text = 'What can you do?', ...more } = {}) => {
      const requester = { name: from, email: `${from.split(' ')[0]?.toLowerCase()}@example.org` }
      const wanted = { subject, channel: 'email', requester, message: { text }, teamId: app.teamId, ...more }
      const { status, body } = await app.as(by)<{ id: number }>('POST', '/api/cases', wanted)
      expect(status, subject).toBe(201)
      return body.id
    },
  }
}

/** What has just been changed is drawn, and colours that were on their way have arrived: two frames, and no movement left. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))
    const moving = document
      .getAnimations()
      .filter(one => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(moving.map(one => one.finished))
  })

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks WCAG 2.2 AA, as far as a machine can tell: each rule with the elements it found. Frames are left out: none is ours. */
export const barriersOn = async (page: Page, onlyRule?: string): Promise<string[]> => {
  await drawn(page)
  // Half a megabyte of source: it stays in a page once it is there.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options = { runOnly: onlyRule ? [onlyRule] : levels, resultTypes: ['violations'], iframes: false }
  return page.evaluate(async given => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, given as axe.RunOptions)
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`)
  }, options)
}

export const expectAccessible = async (page: Page, what: string): Promise<void> =>
  expect(await barriersOn(page), what).toEqual([])

/** How far a page is wider than its window, in pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Keeps a picture when SCREENS names a folder, to be looked at by a person. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SCREENS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  // A page without scripts never says that it has been drawn.
  await Promise.race([drawn(page), page.waitForTimeout(1000)])
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** A screen has read what it shows: it has its heading and nothing grey or turning is left. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('#main[aria-busy=false]').waitFor()
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect.poll(() => page.locator('.rp-bone, .mantine-Loader-root').count(), { timeout: 20_000 }).toBe(0)
}

/** Opens an address as a link within the program does. */
export const follow = async (page: Page, address: string): Promise<void> => {
  await page.evaluate(to => {
    window.history.pushState({}, '', to)
    window.dispatchEvent(new PopStateEvent('popstate'))
    // The next screen is being fetched once this has been drawn.
    return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }, address)
  await settled(page)
}
