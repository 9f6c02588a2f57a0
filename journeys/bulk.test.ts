import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../test/app.ts'
import { expectAccessible, openBrowser, openPage, picture, ready, signIn } from './browser.ts'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  app = await startApp()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

test('many cases are chosen by keys, changed with a count beforehand, and changed back; one is put to sleep', async () => {
  for (let i = 1; i <= 6; i++)
    await app.as('supervisor')('POST', '/api/cases', {
      subject: `Recall ${i}`,
      channel: 'email',
      requester: { name: `Customer ${i}`, email: `c${i}@example.org` },
      message: { text: 'My lamp is hot.' },
      teamId: app.teamId,
    })
  const page = await openPage(browser)
  await signIn(page, app, 'supervisor')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText('3 selected').waitFor()
  await expectAccessible(page, 'selected')
  await picture(page, 'bulk-bar')
  await page.getByRole('button', { name: 'Change…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('This changes 3 cases.').waitFor()
  await dialog.getByLabel('Severity').selectOption('4')
  await dialog.getByLabel('Add tags').fill('recall')
  await expectAccessible(page, 'bulk')
  await picture(page, 'bulk')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByText('3 cases are changed.').waitFor()
  const tagged = async () =>
    (await app.as('supervisor')<{ items: { tags: string[] }[] }>('GET', '/api/cases?limit=50')).body.items.filter(one =>
      one.tags.includes('recall'),
    ).length
  expect(await tagged()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('3 cases are as they were.').waitFor()
  expect(await tagged()).toBe(0)
  await page.goto(`${app.url}/queue`)
  await ready(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Snooze…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click()
  await page
    .getByText(/Asleep until/)
    .first()
    .waitFor()
  await page.goto(`${app.url}/queue/snoozed`)
  await ready(page)
  expect(await page.locator('[data-row]').count()).toBe(1)
  await page.context().close()
})
