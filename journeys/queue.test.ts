import { expect, test } from 'vitest'
import {
  type Device,
  expectAccessible,
  follow,
  openPage,
  overflow,
  phone,
  picture,
  signIn,
  startJourney,
} from './browser.ts'

const { app, browser, pageOf, openCase } = await startJourney({ jobs: false })
const page = await openPage(browser)

const nav = () => page.getByRole('navigation', { name: 'Main' }).first()
const count = (name: string) =>
  nav()
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .locator('.rp-nav-count')
    .textContent()

test('the next case is the most urgent one that is mine or nobody’s, and the filters say how many there are', async () => {
  const theirs = await openCase('Sparks in the kitchen', { by: 'supervisor', severity: 4, assigneeId: 'me' })
  const free = await openCase('The door does not lock', { severity: 3 })
  const mine = await openCase('A spare key', { assigneeId: 'me' })
  await signIn(page, app, 'adviser')
  await page.locator(`[data-row="${theirs}"]`).waitFor()
  await expect
    .poll(() => Promise.all(['Waiting for us', 'Mine', 'Unassigned', 'All open'].map(count)))
    .toEqual(['3', '1', '1', '3'].map(one => `${one} cases`))
  await page.keyboard.press('Shift+J')
  await page.getByRole('article', { name: `Case ${free}` }).waitFor()
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Shift+J')
  await page.getByRole('article', { name: `Case ${mine}` }).waitFor()
})

test('the stage of the journey is set where it stands', async () => {
  const id = await openCase('Will it fit')
  await follow(page, `/cases/${id}`)
  await page.getByRole('button', { name: 'Stage of the journey: No stage' }).click()
  await page.getByRole('option', { name: 'Before the service' }).click()
  await page.getByRole('button', { name: 'Stage of the journey: Before the service' }).waitFor()
  await page.getByText('changed the stage from “No stage” to “Before the service”').waitFor()
  const kase = await app.as('adviser')<{ stage: string }>('GET', `/api/cases/${id}`)
  expect(kase.body.stage).toBe('before')
})

test('a view is shared with one team: its members see it, others do not', async () => {
  const lead = await pageOf('supervisor')
  await lead.getByRole('button', { name: 'More for this view' }).click()
  await lead.getByRole('menuitem', { name: 'Save as a view' }).click()
  const dialog = lead.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Morning round')
  await dialog.getByRole('combobox', { name: 'Who sees it' }).or(dialog.getByLabel('Who sees it')).first().click()
  await lead.getByRole('option', { name: 'Team: Customer service' }).click()
  await picture(lead, 'share-view')
  await expectAccessible(lead, 'share a view')
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await lead.getByRole('link', { name: /^Morning round/ }).waitFor()
  await page.goto(`${app.url}/queue`)
  await nav()
    .getByRole('link', { name: /^Morning round/ })
    .waitFor()
  const outside = await pageOf('outsider')
  await outside.getByRole('link', { name: /^All open/ }).waitFor()
  expect(await outside.getByRole('link', { name: /^Morning round/ }).count()).toBe(0)
  await outside.context().close()
  await lead.context().close()
})

test('what has been added holds on a small screen and in the dark', async () => {
  const id = await openCase('The lamp is loose', { kind: 'fault' })
  const shapes: Device[] = [
    { ...phone, dark: true },
    { width: 1024, height: 768 },
    { width: 1024, height: 768, dark: true },
  ]
  for (const shape of shapes) {
    const other = await pageOf('adviser', shape)
    await follow(other, `/queue?case=${id}`)
    await other.getByRole('textbox', { name: 'Reply to Ann Miller' }).fill('It is done.')
    await other.getByRole('button', { name: 'Other ways to send' }).click()
    await other.getByRole('menuitemradio', { name: 'Send and solve' }).click()
    await other.getByRole('button', { name: /^Was the need met/ }).waitFor()
    const name = `${shape.width}${shape.dark ? '-dark' : ''}`
    await picture(other, `added-${name}`)
    await expectAccessible(other, name)
    expect(await overflow(other)).toBeLessThanOrEqual(0)
    await other.context().close()
  }
})
