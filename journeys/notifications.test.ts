import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../test/app.ts'
import { expectAccessible, openBrowser, openPage, picture, ready, settled, signIn } from './browser.ts'

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

test('what concerns one appears by itself with its reason, leads to the case, and is read by opening it', async () => {
  const page = await openPage(browser)
  await signIn(page, app, 'adviser')
  const { body } = await app.as('supervisor')<{ id: number }>('POST', '/api/cases', {
    subject: 'Wet carpet',
    channel: 'email',
    requester: { name: 'Wanda Orr', email: 'wanda@example.org' },
    message: { text: 'It is wet.' },
    teamId: app.teamId,
    assigneeId: app.staffId('adviser'),
  })
  const link = page.getByRole('link', { name: /Notifications/ })
  await expect.poll(() => link.textContent()).toContain('1')
  await link.click()
  await page.getByText('Some supervisor gave you this case').waitFor()
  await settled(page)
  await expectAccessible(page, 'notifications')
  await picture(page, 'notifications')
  await page.getByLabel('Somebody mentions me').selectOption('Not at all')
  await page.getByRole('link', { name: /Wet carpet/ }).click()
  await page.waitForURL(`${app.url}/cases/${body.id}`)
  await expect.poll(() => link.textContent()).not.toContain('1')
  await app.as('supervisor')('POST', `/api/cases/${body.id}/messages`, {
    kind: 'note',
    text: 'Please look.',
    mentionIds: [app.staffId('adviser')],
  })
  await page.goto(`${app.url}/queue`)
  await ready(page)
  const told = await app.as('adviser')<{ items: { reason: string }[] }>('GET', '/api/notifications')
  expect(told.body.items.map(one => one.reason)).not.toContain('mentioned')
  await page.context().close()
})

test('a macro is prepared in the settings', async () => {
  const page = await openPage(browser)
  await signIn(page, app, 'supervisor')
  await page.goto(`${app.url}/organisation/macros`)
  await settled(page)
  await page.getByRole('button', { name: 'Add a macro' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Parcel traced')
  await dialog.getByLabel('Text').fill('Dear {{customer.first_name}}, we are tracing it. {{me.shoe}}')
  await dialog.getByLabel('Status').selectOption('waiting_other')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('There is no placeholder {{me.shoe}}').first().waitFor()
  await dialog.getByLabel('Text').fill('Dear {{customer.first_name}}, we are tracing it.')
  await expectAccessible(page, 'macro')
  await picture(page, 'macro')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Parcel traced').waitFor()
  await page.context().close()
})
