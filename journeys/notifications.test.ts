import { expect, test } from 'vitest'
import { expectAccessible, follow, picture, ready, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()

test('what concerns one appears by itself with its reason, leads to the case, and is read by opening it', async () => {
  const page = await pageOf('adviser')
  const id = await openCase('Wet carpet', { by: 'supervisor', assigneeId: app.staffId('adviser') })
  const link = page.getByRole('link', { name: /Notifications/ })
  await expect.poll(() => link.textContent()).toContain('1')
  await link.click()
  await page.getByText('Some supervisor gave you this case').waitFor()
  await settled(page)
  await expectAccessible(page, 'notifications')
  await picture(page, 'notifications')
  await page.getByLabel('Somebody mentions me').selectOption('Not at all')
  await page.getByRole('link', { name: /Wet carpet/ }).click()
  await page.waitForURL(`${app.url}/cases/${id}`)
  await expect.poll(() => link.textContent()).not.toContain('1')
  await app.as('supervisor')('POST', `/api/cases/${id}/messages`, {
    kind: 'note',
    text: 'Please look.',
    mentionIds: [app.staffId('adviser')],
  })
  await follow(page, '/queue')
  await ready(page)
  const told = await app.as('adviser')<{ items: { reason: string }[] }>('GET', '/api/notifications')
  expect(told.body.items.map(one => one.reason)).not.toContain('mentioned')
  await page.context().close()
})

test('a macro is prepared in the settings', async () => {
  const page = await pageOf('supervisor')
  await follow(page, '/organisation/macros')
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
  const offered = dialog.getByRole('group', { name: 'Where it is offered' })
  const choose = async (label: string, option: string, nth = 0) => {
    await offered.getByRole('combobox', { name: label, exact: true }).nth(nth).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await offered.getByRole('button', { name: 'Add a condition' }).click()
  await choose('What', 'Kind')
  await choose('Value', 'Complaint')
  await offered.getByRole('button', { name: 'Add a condition' }).click()
  await choose('What', 'Subject', 1)
  await choose('How', 'contains', 1)
  await offered.getByRole('textbox', { name: 'Value' }).last().fill('parcel')
  await offered.getByText('Subject contains “parcel”').waitFor()
  await picture(page, 'macro-offered')
  await expectAccessible(page, 'macro-offered')
  const besides = dialog.getByRole('group', { name: 'And does' })
  await besides.getByRole('button', { name: 'Do something more' }).click()
  await besides.getByLabel('What is done, 1').selectOption('Ask a team')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText(/also\[0\]/).waitFor()
  await besides.getByLabel('Which team').selectOption('Other team')
  await besides.getByLabel('What is asked').fill('Where is the parcel?')
  await picture(page, 'macro-besides')
  await expectAccessible(page, 'macro-besides')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Parcel traced').waitFor()
  await page.getByRole('button', { name: 'Edit Parcel traced' }).click()
  await page.getByText('Subject contains “parcel”').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const kept = await app.as('supervisor')<{ items: { name: string; visibleWhen: unknown }[] }>('GET', '/api/macros')
  expect(kept.body.items.find(one => one.name === 'Parcel traced')?.visibleWhen).toEqual({
    all: [
      { field: 'kind', op: 'is', value: 'complaint' },
      { field: 'subject', op: 'contains', value: 'parcel' },
    ],
  })
  const id = await openCase('A parcel that never came', { kind: 'complaint' })
  await follow(page, `/cases/${id}`)
  await page.getByRole('article').first().waitFor()
  await settled(page)
  await page.keyboard.press('r')
  await page
    .getByRole('textbox', { name: /^Reply to/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type('/parcel')
  await page.getByRole('option', { name: /Ask a team: Other team/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Where is the parcel?').first().waitFor()
  await page.context().close()
})

test('in the background the newest shows on the desktop, leads to its case within the page, and not in quiet hours', async () => {
  const page = await pageOf('adviser')
  type Shown = { title: string; body: string; press: () => void }
  const shown = () =>
    page.evaluate(() => (window as unknown as { shown: Shown[] }).shown.map(one => `${one.title}: ${one.body}`))
  // A browser without a desktop shows none: what it is given is written down instead.
  await page.evaluate(() => {
    const given: Shown[] = []
    class Desktop {
      static permission = 'granted'
      onclick: () => void = () => {}
      constructor(title: string, { body }: { body: string }) {
        given.push({ title, body, press: () => this.onclick() })
      }
    }
    Object.assign(window, { shown: given, Notification: Desktop, stays: true })
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
  })
  const give = (subject: string) => openCase(subject, { by: 'supervisor', assigneeId: app.staffId('adviser') })
  const id = await give('Dry carpet')
  await expect.poll(shown).toEqual(['Dry carpet: Some supervisor gave you this case'])
  await page.evaluate(() => (window as unknown as { shown: Shown[] }).shown[0]?.press())
  await page.waitForURL(`${app.url}/cases/${id}`)
  expect(await page.evaluate(() => 'stays' in window)).toBe(true)
  await app.as('adviser')('PATCH', '/api/notifications/settings', { quietFrom: '00:00', quietTo: '23:59' })
  const heard = page.waitForResponse(answer => answer.url().endsWith('/api/notifications/settings'))
  await give('Damp carpet')
  await heard
  await page
    .getByRole('link', { name: /Notifications/ })
    .filter({ hasText: /\d/ })
    .waitFor()
  expect(await shown()).toHaveLength(1)
  await page.context().close()
})
