import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort } from '../test/app.ts'
import { cloneDatabase } from '../test/database.ts'
import { expectAccessible, openBrowser, openPage, phone, picture, ready } from './browser.ts'
import { type Fresh, startFresh } from './fresh.ts'

type Installation = Fresh & { drop(): Promise<void> }

const started: Installation[] = []
let browser: Browser

const install = async (): Promise<Installation> => {
  const { url, drop } = await cloneDatabase()
  const fresh = await startFresh(url, await freePort(), false)
  started.push({ ...fresh, drop })
  return { ...fresh, drop }
}

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  for (const { close, drop } of started) await close().then(drop)
})

const password = 'four words that are long'
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const fillIn = async (page: Page) => {
  await page.getByRole('textbox', { name: 'Organisation' }).fill('Quiet Corner')
  await page.getByLabel('Your name').fill('Ada Admin')
  await page.getByLabel('E-mail').fill('ada@quiet.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
}

/** RFC 6238 with SHA-1, six digits, thirty seconds. */
const codeFor = (secret: string, step: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret)
    .map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
const nowStep = () => Math.floor(Date.now() / 30_000)

test('the first visit leads to setting up, mistakes are told beside their fields, and one is signed in afterwards', async () => {
  const { url } = await install()
  const page = await openPage(browser, phone)
  await page.goto(url)
  await page.getByRole('heading', { name: 'Welcome to Rapport' }).waitFor()
  await expectAccessible(page, 'set-up')
  await fillIn(page)
  await page.getByLabel('E-mail').fill('ada@quiet')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await button(page, 'Set up Rapport').click()
  const wrong = page.locator('input[aria-invalid=true]')
  await expect.poll(() => wrong.count()).toBe(2)
  expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await picture(page, 'set-up-errors')
  await expectAccessible(page, 'set-up with mistakes')
  await fillIn(page)
  await button(page, 'Set up Rapport').click()
  await ready(page)
  await page.getByText('Nobody is waiting.').waitFor()
  // It works once: whoever comes later signs in.
  const other = await openPage(browser)
  await other.goto(`${url}/setup`)
  await other.getByRole('heading', { name: 'Sign in' }).waitFor()
  await other.context().close()
  await page.context().close()
})

test('with the sample organisation there is something to look at', async () => {
  const { url } = await install()
  const page = await openPage(browser)
  await page.goto(url)
  await fillIn(page)
  await page.getByLabel('Load the sample organisation').check({ force: true })
  await button(page, 'Set up Rapport').click()
  await page.locator('.rp-rows').waitFor({ timeout: 60_000 })
  await page.getByText('Quiet Corner').first().waitFor()
  expect(await page.locator('[data-row]').count()).toBeGreaterThan(20)
  await page.context().close()
})

test('a second factor is set up with a code, and asked for at the next sign-in', async () => {
  const { url } = await install()
  const page = await openPage(browser)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  await page.goto(url)
  await fillIn(page)
  await button(page, 'Set up Rapport').click()
  await ready(page)
  await page.goto(`${url}/account`)
  await page.getByLabel('Your password').fill('not this one')
  await button(page, 'Set up').click()
  await page.getByText('The password is not right.').waitFor()
  await page.getByLabel('Your password').fill(password)
  await button(page, 'Set up').click()
  const shown = (await page.getByLabel('Secret').inputValue()).replaceAll(' ', '')
  await button(page, 'Copy').click()
  await button(page, 'Copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  const backup = await page.locator('.rp-codes li').first().textContent()
  await picture(page, 'second-factor')
  await expectAccessible(page, 'second factor')
  await page.getByLabel('Code from the app').fill('000000')
  await button(page, 'Set up').click()
  await page.getByText('That code is not right.').waitFor()
  await page.getByLabel('Code from the app').fill(codeFor(shown, nowStep()))
  await button(page, 'Set up').click()
  await page.getByText('Switched on. You are asked for a code at each sign-in.').waitFor()

  const signOut = async () => {
    await page
      .getByRole('button', { name: /^Ada Admin/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('E-mail').fill('ada@quiet.example')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await button(page, 'Sign in').click()
    await page.getByLabel('Code', { exact: true }).waitFor()
  }
  await signOut()
  await expectAccessible(page, 'code')
  // A code that ran out while it was typed is refused, and the newest is then taken.
  await eventually(async () => {
    await page.getByLabel('Code', { exact: true }).fill(codeFor(shown, nowStep()))
    await button(page, 'Sign in').click()
    await page.waitForURL(/\/queue/)
    return true
  })
  await ready(page)
  await signOut()
  await button(page, 'Use a backup code').click()
  await page.getByLabel('Backup code').fill(backup ?? '')
  await button(page, 'Sign in').click()
  await ready(page)
  await page.context().close()
})
