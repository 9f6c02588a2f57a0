import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import packaged, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { adminPassword, type RoleKey, type TestApp } from '../test/app.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The libraries that a bare system lacks come in the same package as the browser. */
const bundledLibraries = async (): Promise<string> => {
  const folder = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))
  return join(await inflate(join(folder, '..', 'bin', 'al2023.tar.br')), 'lib')
}

/** The browser from npm, or the one that CHROMIUM names. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = process.env.CHROMIUM ?? (await packaged.executablePath())
  try {
    return await chromium.launch({ executablePath, args: flags })
  } catch {
    const path = [await bundledLibraries(), tmpdir(), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
    return chromium.launch({ executablePath, args: flags, env: { ...process.env, LD_LIBRARY_PATH: path } })
  }
}

export type Device = { width: number; height: number; dark?: boolean }
export const desk: Device = { width: 1440, height: 900 }
export const phone: Device = { width: 390, height: 844 }

/** A page of somebody who is not signed in. Everything the page complains about fails the journey. */
export const openPage = async (browser: Browser, device: Device = desk): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: device.width, height: device.height },
    colorScheme: device.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', error => {
    throw error
  })
  return page
}

/** The queue is on screen and listens to keys. */
export const ready = async (page: Page): Promise<void> => {
  await page.waitForURL(/\/queue/)
  await page.locator('.rp-rows, .rp-queue-side .rp-empty').first().waitFor()
}

/** Signs somebody of a role in through the sign-in page. */
export const signIn = async (page: Page, app: TestApp, role: RoleKey | 'outsider'): Promise<void> => {
  await page.goto(`${app.url}/sign-in`)
  await page.getByLabel('E-mail').fill(role === 'administrator' ? 'admin@trial.test' : `${role}@trial.test`)
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await ready(page)
}

/** What breaks WCAG 2.2 AA, as far as a machine can tell: each rule with the elements it found. */
export const barriersOn = async (page: Page, onlyRule?: string): Promise<string[]> => {
  // Legacy mode spares a page of its own per check (7 s under load); nothing of ours is in frames from elsewhere.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const chosen = onlyRule
    ? axe.withRules(onlyRule)
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  const { violations } = await chosen.analyze()
  return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`)
}

export const expectAccessible = async (page: Page, what: string): Promise<void> =>
  expect(await barriersOn(page), what).toEqual([])

/** Keeps a picture when SCREENS names a folder, to be looked at by a person. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SCREENS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
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
