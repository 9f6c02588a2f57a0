import { expect, test } from 'vitest'
import { expectAccessible, follow, openPage, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, browser, pageOf, openCase } = await startJourney({ jobs: false })
const adviser = app.as('adviser')

const keepSome = async (many: number) => {
  for (let i = 0; i < many; i++) {
    const id = await openCase(`Call me ${i}`, { channel: 'phone' })
    const made = await adviser<{ id: number }>('POST', `/api/cases/${id}/promises`, {
      kind: 'call_back',
      dueAt: new Date(Date.now() + 1500).toISOString(),
    })
    expect(made.status).toBe(201)
    if (i > 0) await adviser('POST', `/api/promises/${made.body.id}/keep`, {})
  }
  await new Promise(resolve => setTimeout(resolve, 1600))
}

test('a code is written, published and acknowledged, and its promise is measured', async () => {
  const page = await pageOf('supervisor')
  await follow(page, '/codes')
  await settled(page)
  await page.getByRole('button', { name: 'Add the ready-made codes' }).click()
  await page.getByText('8 drafts were added.').waitFor()
  await page.getByText('Telephone manner').waitFor()
  await expectAccessible(page, 'codes')
  await picture(page, 'codes')
  await page.getByRole('link', { name: 'Telephone manner' }).click()
  await page.getByText('No day is set to look through it again.').waitFor()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('heading', { name: 'Edit “Telephone manner”' }).waitFor()
  await page.getByLabel('Text of clause 4').fill('We always call back as soon as possible, by the time we named.')
  await page.getByLabel('Looked through again on').fill('2030-01-01')
  await expectAccessible(page, 'editor of a code')
  await picture(page, 'code-editor')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('“always” promises more than can be kept.').waitFor()
  await page.getByText('“as soon as possible” cannot be measured.').waitFor()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Text of clause 4').fill('When we say that we call you back, we call by the time we named.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('The checks find nothing.').waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Nothing fell due yet.').waitFor()

  await page.getByRole('button', { name: 'Ask staff to read it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Ask staff to read it' })
  await dialog.getByLabel('To be read by').fill('2030-01-01')
  await dialog.getByRole('combobox', { name: 'Roles' }).press('ArrowDown')
  await page.getByRole('option', { name: 'Adviser' }).click()
  await page.keyboard.press('Tab')
  await expectAccessible(page, 'campaign')
  await dialog.getByRole('button', { name: 'Ask them' }).click()
  await page.getByText('2 colleagues are asked.').waitFor()

  const reader = await pageOf('adviser')
  await reader.keyboard.press('g')
  await reader.keyboard.press('l')
  await reader.getByText('to read by 2030-01-01').waitFor()
  await reader.getByRole('link', { name: 'Telephone manner' }).click()
  await reader.getByText('You are asked to read this by 2030-01-01.').waitFor()
  await expectAccessible(reader, 'a code to read')
  await picture(reader, 'code-to-read')
  await reader.getByRole('button', { name: 'I have read and understood it' }).click()
  await reader.getByText('You have read version 1.').waitFor()
  await reader.context().close()

  await keepSome(12)
  await page.reload()
  await settled(page)
  await page.getByText('92 % of 12 kept, between 65 % and 99 % with chance. 11 kept, 0 late, 1 broken.').waitFor()
  await page.getByText('Cannot say yet').waitFor()
  await page.getByText(/^Read /).waitFor()
  await expectAccessible(page, 'a code with its measure and register')
  await picture(page, 'code')
  const path = await page.getByRole('link', { name: 'As customers see it' }).getAttribute('href')
  await page.context().close()

  const outside = await openPage(browser, phone)
  await outside.goto(`${app.url}${path}`)
  await outside.getByRole('heading', { name: 'Telephone manner' }).waitFor()
  await outside.getByText('we call by the time we named').waitFor()
  expect(await outside.getByText('Say the name of the organisation').count()).toBe(0)
  expect(await overflow(outside)).toBe(0)
  await expectAccessible(outside, 'public page')
  await picture(outside, 'code-public')
  await outside.context().close()
})
