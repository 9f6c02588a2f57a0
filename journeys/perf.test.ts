import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../test/app.ts'
import { desk, expectAccessible, follow, openBrowser, openPage, picture, ready, settled, signIn } from './browser.ts'

let app: TestApp
let browser: Browser
let page: Page

beforeAll(async () => {
  app = await startApp()
  browser = await openBrowser()
  page = await openPage(browser)
  await signIn(page, app, 'administrator')
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const overlay = (where: Page) => where.getByRole('region', { name: 'Speed' })
const openCase = async () =>
  (
    await app.as('administrator')<{ id: number }>('POST', '/api/cases', {
      subject: 'The bell is loud',
      requester: { name: 'Ann Miller', email: 'ann@example.org' },
      message: { text: 'Please do something.' },
      teamId: app.teamId,
    })
  ).body.id

test('?perf shows an administrator how fast the page is, and stays over the next addresses', async () => {
  const id = await openCase()
  await page.goto(`${app.url}/queue?perf`)
  await overlay(page).waitFor()
  await overlay(page)
    .getByText(/^half within [\d,]+ ms, 95 of 100 within [\d,]+ ms$/)
    .waitFor()
  await follow(page, `/cases/${id}`)
  await overlay(page)
    .getByText(new RegExp(`ms to /cases/${id}$`))
    .waitFor()
  await page.keyboard.press('i')
  await overlay(page)
    .getByText(/^last \d+ ms after a change of your own/)
    .waitFor()
  await picture(page, 'perf')
  await expectAccessible(page, 'speed overlay')
})

test('Escape closes it before it leaves the case, and so does its button', async () => {
  await page.keyboard.press('Escape')
  await overlay(page).waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toMatch(/^\/cases\//)
  await page.goto(`${app.url}/queue/mine?perf`)
  await overlay(page).getByRole('button', { name: 'Close the speed overlay' }).click()
  await overlay(page).waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
})

test('somebody who is no administrator sees no overlay', async () => {
  const other = await openPage(browser, { ...desk, dark: true })
  await signIn(other, app, 'adviser')
  const fetched: string[] = []
  other.on('request', request => fetched.push(request.url()))
  await other.goto(`${app.url}/queue?perf`)
  await ready(other)
  await settled(other)
  expect(fetched.filter(url => /\/perf-[^/]*\.js$/.test(url))).toEqual([])
  expect(await overlay(other).count()).toBe(0)
})
