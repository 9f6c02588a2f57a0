import { expect, test } from 'vitest'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf } = await startJourney()

test('before a call it is said when somebody does not want one, and nothing is blocked', async () => {
  const made = await app.as('adviser')<{ id: number }>('POST', '/api/people', {
    name: 'Mia Hart',
    identities: [{ kind: 'phone', value: '+44 20 7946 0018' }],
  })
  const page = await pageOf('adviser')
  await follow(page, `/people/${made.body.id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Edit' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Prefers').click()
  await page.getByRole('option', { name: 'E-mail' }).click()
  await form.getByRole('button', { name: 'Add a time' }).click()
  await form.getByLabel('Days 1').selectOption('every_day')
  await form.getByLabel('From 1').fill('00:00')
  await form.getByLabel('To 1').fill('23:59')
  await expectAccessible(page, 'when to approach')
  await picture(page, 'approach-form')
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Mia Hart prefers E-mail to a call.').waitFor()
  await expectAccessible(page, 'a person')

  const kase = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'Ring about the lamp',
    channel: 'phone',
    requester: { personId: made.body.id },
    message: { text: 'Please ring me.' },
  })
  await follow(page, `/cases/${kase.body.id}`)
  await settled(page)
  await page.getByText('Mia Hart prefers E-mail to a call.').first().waitFor()
  await page.keyboard.press('Shift+P')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Do not contact').waitFor()
  await dialog.getByLabel('Choose day and time').first().check()
  await dialog.locator('input[type="datetime-local"]').fill('2030-01-07T10:00')
  await dialog.getByText('Mia Hart does not want to be contacted then (every day 00:00–23:59).').waitFor()
  await expectAccessible(page, 'promise of a call-back')
  await picture(page, 'approach-promise')
  await dialog.getByRole('button', { name: 'Promise something' }).click()
  await dialog.waitFor({ state: 'detached' })
  const small = await pageOf('adviser', phone)
  await follow(small, `/people/${made.body.id}`)
  await settled(small)
  expect(await overflow(small)).toBe(0)
  await picture(small, 'approach-phone')
})
