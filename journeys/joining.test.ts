import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../test/app.ts'
import { expectAccessible, openBrowser, openPage, picture, settled, signIn } from './browser.ts'

let app: TestApp
let browser: Browser

beforeAll(async () => {
  app = await startApp({ jobs: false })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

const open = async (name: string, subject: string) =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject,
      channel: 'email',
      requester: { name, email: `${name.split(' ')[0]?.toLowerCase()}@example.org` },
      message: { text: `${subject}. Please help.` },
      teamId: app.teamId,
    })
  ).body.id

test('two cases are merged, the old address leads on, and the merge is taken back', async () => {
  const [a, b] = [await open('Mia Hart', 'Leaking kettle'), await open('Noel Reed', 'Leaking kettle again')]
  const page = await openPage(browser)
  await signIn(page, app, 'adviser')
  await page.goto(`${app.url}/cases/${a}`)
  await settled(page)
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Which case?').fill(String(b))
  await dialog.getByRole('radio', { name: /Leaking kettle again/ }).check()
  await dialog.getByText('are two customers').waitFor()
  await expectAccessible(page, 'merge')
  await picture(page, 'merge')
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByText(`#${b} is merged into this case.`).waitFor()
  await page.getByText('Leaking kettle again. Please help.').waitFor()
  await expectAccessible(page, 'merged')
  await picture(page, 'merged')
  await page.goto(`${app.url}/cases/${b}`)
  await page.waitForURL(`${app.url}/cases/${a}`)
  await settled(page)
  await page.getByRole('button', { name: `Take the merge of #${b} back` }).click()
  await page.getByText(`#${b} is a case of its own again.`).waitFor()
  await page.goto(`${app.url}/cases/${b}`)
  await page.getByRole('heading', { name: 'Leaking kettle again' }).waitFor()
  await page.context().close()
})

test('messages are split off into a case of their own, and two cases are linked', async () => {
  const a = await open('Ola Finch', 'Late parcel')
  const other = await open('Pia Lund', 'Strike at the carrier')
  await app.as('adviser')('POST', `/api/cases/${a}/received`, { channel: 'phone', text: 'And the lid was missing.' })
  const page = await openPage(browser)
  await signIn(page, app, 'adviser')
  await page.goto(`${app.url}/cases/${a}`)
  await settled(page)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Split…' }).click()
  const split = page.getByRole('dialog')
  await split.getByRole('checkbox', { name: /the lid was missing/ }).check()
  await split.getByLabel('Subject of the new case').fill('Missing lid')
  await expectAccessible(page, 'split')
  await picture(page, 'split')
  await split.getByRole('button', { name: 'Move one message' }).click()
  await page.getByRole('heading', { name: 'Missing lid' }).waitFor()
  await page.getByText('Split from').waitFor()
  await page.keyboard.press('l')
  const link = page.getByRole('dialog')
  await link.getByLabel('How they belong together').selectOption('Caused by')
  await link.getByLabel('Which case?').fill('strike')
  await link.getByRole('radio', { name: /Strike at the carrier/ }).check()
  await link.getByRole('button', { name: 'Link', exact: true }).click()
  await page.getByText(`Linked with #${other}.`).waitFor()
  await page.getByRole('link', { name: `#${other} Strike at the carrier` }).waitFor()
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBeGreaterThan(0)
  await page.context().close()
})
