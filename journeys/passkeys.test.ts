import type { CDPSession, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, openPage, phone, picture, ready, signIn, startJourney } from './browser.ts'

const { app: started, browser } = await startJourney({ jobs: false })
// Browsers keep passkeys for names only; the program listens at a number.
const app = { ...started, url: started.url.replace('127.0.0.1', 'localhost') }

/** The fingerprint reader of the device: touched as soon as it is asked, by the right finger or by a wrong one. */
const fingerprintReader = async (page: Page) => {
  const line: CDPSession = await page.context().newCDPSession(page)
  await line.send('WebAuthn.enable')
  const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const keys = async () => (await line.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  const finger = (isUserVerified: boolean) => line.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  return { keys, finger }
}

const account = async (page: Page) => {
  await page.goto(`${app.url}/account`)
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor()
}
const section = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys' }) })
const add = (page: Page) => page.getByRole('button', { name: 'Add a passkey' })
const signOut = async (page: Page) => {
  await page.locator('.rp-account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
}
const withPasskey = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' })
/** Presses a button of passkeys and waits until the device was asked and has answered, whatever it said. */
const pressAndLetAnswer = async (button: Locator) => {
  const asked = button.page().waitForResponse(/passkey\/generate-/)
  await button.click()
  await asked
  await expect.poll(() => button.isEnabled()).toBe(true)
}

test('a passkey is added, opens the door without a password, and is removed', async () => {
  const page = await openPage(browser)
  const reader = await fingerprintReader(page)
  await signIn(page, app, 'adviser')
  await account(page)
  await add(page).click()
  await section(page).getByText('Passkey, added').waitFor()
  await picture(page, 'passkey')
  await expectAccessible(page, 'passkeys')
  // The device shows whose key it is, and for where.
  expect(await reader.keys()).toMatchObject([
    { rpId: 'localhost', isResidentCredential: true, userName: 'adviser@trial.test' },
  ])

  await signOut(page)
  await withPasskey(page).click()
  await ready(page)
  expect(await (await page.request.get(`${app.url}/api/me`)).json()).toMatchObject({ email: 'adviser@trial.test' })
  const trail = await app.as('auditor')<{ items: { sentence: string }[] }>('GET', '/api/events?type=staff.signed_in')
  expect(trail.body.items[0]?.sentence).toContain('passkey')

  await account(page)
  await section(page).getByRole('button', { name: 'Remove Passkey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Your password still works').waitFor()
  await picture(page, 'passkey-remove')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await section(page).getByText('No passkeys yet.').waitFor()

  await signOut(page)
  await withPasskey(page).click()
  await page.getByText('That passkey is not known here. Use your password.').waitFor()
  await page.context().close()
})

test('neither a device that does not know who holds it nor an old session gets a passkey or opens the door', async () => {
  const page = await openPage(browser, phone)
  const reader = await fingerprintReader(page)
  await signIn(page, app, 'supervisor')
  await account(page)
  await reader.finger(false)
  await pressAndLetAnswer(add(page))
  expect(await reader.keys()).toEqual([])
  await reader.finger(true)
  const { owner } = app.program.kernel.database
  await owner.query(`update auth.session set "createdAt" = now() - interval '2 days'`)
  await add(page).click()
  await page.getByRole('alert').getByText('You signed in more than a day ago').waitFor()
  await picture(page, 'passkey-stale')
  await owner.query('update auth.session set "createdAt" = now()')
  await add(page).click()
  await section(page).getByText('Passkey, added').waitFor()
  await picture(page, 'passkey-phone')
  await reader.finger(false)
  await page.context().clearCookies()
  await page.goto(`${app.url}/sign-in`)
  await pressAndLetAnswer(withPasskey(page))
  expect((await page.request.get(`${app.url}/api/me`)).status()).toBe(401)
  await page.context().close()
})

test('whoever has left cannot use their passkey', async () => {
  const page = await openPage(browser)
  await fingerprintReader(page)
  await signIn(page, app, 'outsider')
  await account(page)
  await add(page).click()
  await section(page).getByText('Passkey, added').waitFor()
  expect(
    (await app.as('administrator')('PATCH', `/api/staff/${app.staffId('outsider')}`, { ended: true })).status,
  ).toBe(200)
  await page.goto(`${app.url}/sign-in`)
  const answer = page.waitForResponse('**/passkey/verify-authentication')
  await withPasskey(page).click()
  await answer
  expect((await page.request.get(`${app.url}/api/me`)).status()).toBe(401)
  await page.context().close()
})

test('at a bare number no passkey is offered, and the account says why', async () => {
  const page = await openPage(browser)
  await page.goto(`${started.url}/sign-in`)
  await page.getByLabel('E-mail').waitFor()
  expect(await withPasskey(page).count()).toBe(0)
  await signIn(page, started, 'auditor')
  await page.goto(`${started.url}/account`)
  await page.getByText('Browsers keep passkeys for names only').waitFor()
  await picture(page, 'passkey-number')
  await page.context().close()
})
