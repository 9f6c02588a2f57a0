import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desk, expectAccessible, follow, picture, ready, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
const page = await pageOf('administrator')

const overlay = (where: Page) => where.getByRole('region', { name: 'Speed' })

test('?perf shows an administrator how fast the page is, and stays over the next addresses', async () => {
  const id = await openCase('The bell is loud', { by: 'administrator' })
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
  const other = await pageOf('adviser', { ...desk, dark: true })
  const fetched: string[] = []
  other.on('request', request => fetched.push(request.url()))
  await other.goto(`${app.url}/queue?perf`)
  await ready(other)
  await settled(other)
  expect(fetched.filter(url => /\/perf-[^/]*\.js$/.test(url))).toEqual([])
  expect(await overlay(other).count()).toBe(0)
})
