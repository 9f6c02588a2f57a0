import { expect, test } from 'vitest'
import { expectAccessible, follow, phone, picture, settled, startJourney } from './browser.ts'

// Friday before the spring bank holiday, five minutes to five in the afternoon.
let now = new Date('2026-05-22T15:55:00Z')
const { app, pageOf, openCase } = await startJourney({ clock: () => now })

const at = (text: string) => {
  now = new Date(text)
}

test('a call-back promised late on the Friday before a bank holiday says why it is due on Tuesday, and is kept late with its reason', async () => {
  const { body } = await app.as('administrator')<{ items: { id: number; hours: object }[] }>('GET', '/api/calendars')
  const day = [{ from: '09:00', to: '17:30' }]
  const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] }
  const holidays = [{ date: '2026-05-25', name: 'Spring bank holiday' }]
  await app.as('administrator')('PATCH', `/api/calendars/${body.items[0]?.id}`, {
    hours: { zone: 'Europe/London', week, holidays },
  })
  const id = await openCase('Boiler makes a noise', { from: 'Bea Long', assigneeId: app.staffId('adviser') })
  const page = await pageOf('adviser')
  await page.clock.install({ time: now })
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.keyboard.press('Shift+P')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is to be done or said').fill('Ring about the boiler')
  await dialog.getByRole('radio', { name: 'Within two working hours' }).check()
  await expectAccessible(page, 'promise-make')
  await picture(page, 'promise-make')
  await dialog.getByRole('button', { name: 'Promise something' }).click()
  const panel = page.locator('.rp-promises')
  await panel.getByText('Ring about the boiler').waitFor()
  await panel.getByRole('button', { name: 'More for this promise: Ring about the boiler' }).click()
  await page.getByRole('menuitem', { name: 'Why this time' }).click()
  await panel
    .getByText(/Not counted: Saturday 23 May, Sunday 24 May and Monday 25 May \(Spring bank holiday\)/)
    .waitFor()
  await expectAccessible(page, 'promise-why')
  await picture(page, 'promise-why')

  at('2026-05-26T08:56:00Z')
  type Inbox = { items: { reason: string }[] }
  await expect
    .poll(async () =>
      (await app.as('adviser')<Inbox>('GET', '/api/notifications')).body.items.some(
        item => item.reason === 'promise_soon',
      ),
    )
    .toBe(true)
  at('2026-05-26T09:40:00Z')
  await expect
    .poll(async () =>
      (await app.as('supervisor')<Inbox>('GET', '/api/notifications')).body.items.some(
        item => item.reason === 'promise_missed',
      ),
    )
    .toBe(true)
  await page.clock.setFixedTime(now)
  await follow(page, '/promises?state=late')
  await page.getByText('Ring about the boiler').waitFor()
  await page.getByText('late by 15 min').waitFor()
  await expectAccessible(page, 'promises-late')
  await picture(page, 'promises-late')
  await page.getByRole('link', { name: /Ring about the boiler/ }).click()
  await settled(page)
  await panel.getByRole('button', { name: 'Mark as kept: Ring about the boiler' }).click()
  await dialog.getByLabel('Reason').selectOption('no_capacity')
  await expectAccessible(page, 'promise-late')
  await picture(page, 'promise-keep-late')
  await dialog.getByRole('button', { name: 'Kept' }).click()
  await panel.getByText('1 earlier promise').click()
  await panel.getByText('Kept late').waitFor()
  await picture(page, 'promise-kept-late')
  await follow(page, '/promises?state=ended')
  await page.getByText('Too much to do').waitFor()
  await page.context().close()
})

test('a service level is built as a sentence, promises the next case, and its change says what moved', async () => {
  at('2026-05-26T10:00:00Z')
  const page = await pageOf('administrator')
  await page.clock.install({ time: now })
  await follow(page, '/organisation/levels')
  await page.getByText('Nothing is promised by rule yet').waitFor()
  await expectAccessible(page, 'levels-empty')
  await page.getByRole('button', { name: 'Add a service level' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Everybody')
  await expectAccessible(page, 'level-form')
  await picture(page, 'level-form')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('0 open').waitFor()
  const id = await openCase('Where is my order?')
  type Promised = { items: { dueAt: string }[] }
  const due = async () => (await app.as('adviser')<Promised>('GET', `/api/cases/${id}/promises`)).body.items[0]?.dueAt
  await expect.poll(due).toBe('2026-05-26T14:00:00.000Z')
  await page.getByRole('button', { name: 'Edit Everybody' }).click()
  await dialog.getByLabel('Within').fill('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(due).toBe('2026-05-26T12:00:00.000Z')
  await page.reload()
  await page.getByText(/1 of 1 open promises moved/).waitFor()
  await expectAccessible(page, 'levels')
  await picture(page, 'levels')
  await follow(page, '/queue')
  await page.getByText('due in', { exact: false }).first().waitFor()
  await picture(page, 'queue-due')
  await page.context().close()
})

test('on a telephone the promises and the panel of a case are sound', async () => {
  const id = await openCase('Cracked tile', { assigneeId: app.staffId('adviser') })
  await app.as('adviser')('POST', `/api/cases/${id}/promises`, {
    kind: 'visit',
    title: 'Look at the tile',
    withinMinutes: 60,
  })
  const page = await pageOf('adviser', phone)
  await follow(page, '/promises')
  await page.getByText('Look at the tile').waitFor()
  await expectAccessible(page, 'promises-phone')
  await picture(page, 'promises-phone')
  await page.context().close()
})
