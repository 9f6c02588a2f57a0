import { expect, test } from 'vitest'
import { caseLink } from '../src/modules/cases/index.ts'
import { installationKey, keyFor } from '../src/platform/key.ts'
import { eventually } from '../test/app.ts'
import { expectAccessible, follow, openPage, picture, settled, startJourney } from './browser.ts'

const { app, browser, openCase, pageOf } = await startJourney()

type Kept = { items: { id: number; kind: string; subject: string; recipients: string[] }[] }

const mailTo = (address: string, kind: string) =>
  eventually(async () => {
    const { items } = (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=50')).body
    return items.find(one => one.kind === kind && one.recipients.includes(address))
  })

const narrow = { width: 320, height: 720 }

test('without a script, at 320 pixels, a customer writes, signs in by a code, answers, withdraws and says whether the need was met', async () => {
  const context = await browser.newContext({ viewport: narrow, javaScriptEnabled: false, locale: 'en-GB' })
  const page = await context.newPage()
  // A checker of pages needs a script itself, so each page is looked at once more in a context that has one.
  const checked = await openPage(browser, narrow)
  const sound = async (what: string) => {
    await checked.setContent(await page.content())
    await expectAccessible(checked, what)
    expect(await checked.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(320)
    await picture(page, `portal-${what}`)
  }
  await page.goto(`${app.url}/help`)
  await sound('form')
  await page.getByLabel('Your name').fill('Nora Quill')
  await page.getByLabel('Your e-mail address').fill('nora@example.org')
  await page.getByLabel('What is it about?').selectOption('fault')
  await page.getByLabel('In a few words').fill('Kettle leaks')
  await page.getByLabel('What happened, or what do you need?').fill('Water on the table.')
  await page
    .getByLabel('Files')
    .setInputFiles({ name: 'kettle.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgo=', 'base64') })
  // A form that comes back within two seconds was not filled in by a person.
  await new Promise(resolve => setTimeout(resolve, 2200))
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'We have your message' }).waitFor()
  await sound('sent')
  await page.getByRole('main').getByRole('link', { name: 'My cases' }).click()
  await page.getByLabel('Your e-mail address').fill('nora@example.org')
  await sound('sign-in')
  await page.getByRole('button', { name: 'Send code' }).click()
  const mail = await mailTo('nora@example.org', 'sign_in')
  await page.getByLabel('Code').fill(/(\d{6})/.exec(mail.subject)?.[1] ?? '')
  await sound('code')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await sound('cases')
  await page.getByRole('link', { name: /Kettle leaks/ }).click()
  await page.getByText('kettle.png').waitFor()
  await sound('case')
  await page.getByRole('button', { name: 'I no longer need this' }).click()
  await page.getByText('The case is withdrawn.').waitFor()
  await page.getByLabel('Something still open?').fill('It leaks again.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('It leaks again.').waitFor()
  const { items } = (await app.as('administrator')<{ items: { id: number }[] }>('GET', '/api/cases?limit=1')).body
  await app.as('administrator')('PATCH', `/api/cases/${items[0]?.id}`, { status: 'solved' })
  await page.reload()
  await page.getByRole('radio', { name: 'Yes, all is well' }).check()
  await sound('met')
  await page.getByRole('button', { name: 'Send answer' }).click()
  await page.getByText('Thank you for telling us.').waitFor()
  await context.close()
  await checked.context().close()
})

test('a colleague asks another department, follows the request as its customer and confirms it', async () => {
  const page = await pageOf('receptionist')
  await follow(page, '/requests')
  await settled(page)
  await page.getByRole('button', { name: 'Ask for something' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Of whom?').selectOption({ label: 'Other team' })
  await dialog.getByLabel('In a few words').fill('A new badge')
  await dialog.getByLabel('What do you need?').fill('Mine broke.')
  const photo = { name: 'badge.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgo=', 'base64') }
  await dialog.locator('input[type=file]').setInputFiles(photo)
  await dialog.getByText('badge.png').waitFor()
  await expectAccessible(page, 'asking')
  await picture(page, 'request-asking')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'A new badge' }).waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'badge.png' }).click()
  expect((await saved).suggestedFilename()).toBe('badge.png')
  await expectAccessible(page, 'request')
  const id = Number(/requests\/(\d+)/.exec(page.url())?.[1])
  await app.as('outsider')('POST', `/api/cases/${id}/messages`, { kind: 'note', text: 'Third one this year.' })
  await app.as('outsider')('PATCH', `/api/cases/${id}`, { status: 'solved' })
  await page.reload()
  await page.getByText('Was it done?').waitFor()
  expect(await page.getByText('Third one this year.').count()).toBe(0)
  await picture(page, 'request')
  await page.getByRole('button', { name: 'Yes', exact: true }).click()
  await page.getByText('Whoever handled it can see that.').waitFor()
  await page.context().close()
})

test('whose link to a case has expired asks for a new one and is told where it goes', async () => {
  const id = await openCase('A cracked jug', { from: 'Jo Jug' })
  const kase = (await app.as('adviser')<{ requester: { id: number } }>('GET', `/api/cases/${id}`)).body
  const madeAt = new Date(Date.now() - 91 * 86_400_000)
  const token = caseLink(keyFor(installationKey(app.config.dataDir), 'case link'), id, kase.requester.id, madeAt)
  const page = await openPage(browser, { width: 390, height: 844 })
  await page.goto(`${app.url}/k/${token}`)
  await page.getByRole('heading', { name: 'This link has expired' }).waitFor()
  await expectAccessible(page, 'expired link')
  await picture(page, 'portal-expired')
  await page.getByRole('button', { name: 'Send me a new link' }).click()
  await page.getByRole('heading', { name: 'Please look at your e-mail' }).waitFor()
  await picture(page, 'portal-renewed')
  await page.context().close()
})
