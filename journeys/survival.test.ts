import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ownProgram, ownSignIn } from '../test/own-process.ts'
import { expectAccessible, openBrowser, openPage, picture, ready, signIn, startJourney } from './browser.ts'

const { app, browser, pageOf, openCase } = await startJourney()
const page = await pageOf('adviser')

const text = 'Please send the kettle back at our cost, and we mend or replace it within a week.'
const [first, second] = [text.slice(0, 40), text.slice(40)]

const replyOn = (where: Page) => where.getByRole('textbox', { name: 'Reply to Ann Miller' })
const textOn = async (where: Page) => ((await replyOn(where).textContent()) ?? '').trim()
const go = async (where: Page, url: string, id: number) => {
  await where.goto(`${url}/cases/${id}`)
  await where.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
}
type Drafts = { items: { kind: string; text: string }[] }
const draftOf = async (id: number) =>
  (await app.as('adviser')<Drafts>('GET', `/api/cases/${id}/drafts`)).body.items[0]?.text

test('what is being typed stays while a colleague takes the case, changes its status and tags it', async () => {
  const id = await openCase('The kettle drips')
  await go(page, app.url, id)
  await replyOn(page).click()
  const change = (body: object) => app.as('supervisor')('PATCH', `/api/cases/${id}`, body)
  const typing = page.keyboard.type(text, { delay: 60 })
  expect((await change({ assigneeId: app.staffId('supervisor') })).status).toBe(200)
  await page.getByRole('button', { name: /Some supervisor/ }).waitFor()
  expect((await change({ status: 'waiting_other' })).status).toBe(200)
  expect((await change({ tags: ['kettle', 'leak'] })).status).toBe(200)
  await page.locator('.rp-case').getByText('leak', { exact: true }).waitFor()
  await typing
  expect(await textOn(page)).toBe(text)
  // One goes on where one was.
  await page.keyboard.type(' Yours, Eve')
  expect(await textOn(page)).toBe(`${text} Yours, Eve`)
  await expect.poll(() => draftOf(id)).toBe(`${text} Yours, Eve`)
  expect(await textOn(page)).toBe(`${text} Yours, Eve`)
})

test('a refresh in the middle of a sentence loses no letter of it', async () => {
  const id = await openCase('The teapot drips')
  await go(page, app.url, id)
  await replyOn(page).click()
  await page.keyboard.type(first)
  await page.reload()
  await expect.poll(() => textOn(page)).toBe(first.trim())
  await replyOn(page).press('Control+End')
  await page.keyboard.type(second)
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await expect.poll(() => textOn(page)).toBe(text)
  expect(await draftOf(id)).toBe(text)
})

/** The number of the browser's own process, which the others end with. */
const processOf = async (one: Browser): Promise<number> => {
  const devtools = await one.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  return processInfo.find(({ type }) => type === 'browser')?.id ?? Number.NaN
}

test('a browser that crashes loses nothing that was saved: it is there in another one, after signing in', async () => {
  const id = await openCase('The coffee pot drips')
  const doomed = await openBrowser()
  const there = await openPage(doomed)
  await signIn(there, app, 'adviser')
  await go(there, app.url, id)
  await replyOn(there).click()
  await there.keyboard.type(text)
  await there.getByText('Draft saved').waitFor()
  const gone = new Promise(resolve => doomed.once('disconnected', resolve))
  process.kill(await processOf(doomed), 'SIGKILL')
  await gone

  const other = await openBrowser()
  try {
    const again = await openPage(other)
    await signIn(again, app, 'adviser')
    await go(again, app.url, id)
    await expect.poll(() => textOn(again)).toBe(text)
  } finally {
    await other.close()
  }
})

test('a server that is killed while one types: the page keeps the text, says so, and saves it by itself later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-survival-'))
  const program = await ownProgram(join(folder, 'data'))
  const where = await openPage(browser)
  try {
    await program.start()
    const wanted = {
      subject: 'The urn drips',
      channel: 'email',
      requester: { name: 'Ann Miller', email: 'ann@example.org' },
      message: { text: 'What can you do?' },
    }
    const { id } = (await program.ask<{ id: number }>('POST', '/api/cases', wanted)).body
    await where.goto(`${program.url}/sign-in`)
    await where.getByLabel('E-mail').fill(ownSignIn.email)
    await where.getByLabel('Password', { exact: true }).fill(ownSignIn.password)
    await where.getByRole('button', { name: 'Sign in', exact: true }).click()
    await ready(where)
    await go(where, program.url, id)
    await replyOn(where).click()
    await where.keyboard.type(first, { delay: 20 })
    await program.kill(true)
    await where.keyboard.type(second, { delay: 20 })
    await where.getByText('Kept on this device until the network is back').waitFor()
    await where.getByText('The line to the server broke.').waitFor()
    expect(await textOn(where)).toBe(text)
    await picture(where, 'server-gone')
    await expectAccessible(where, 'server gone')

    await program.start()
    // Nobody types or clicks from here on.
    const saved = async () => (await program.ask<Drafts>('GET', `/api/cases/${id}/drafts`)).body.items[0]?.text
    await expect.poll(saved, { timeout: 20_000 }).toBe(text)
    await where.getByText('Draft saved').waitFor()
    await where.getByText('The line to the server broke.').waitFor({ state: 'detached' })
    expect(await textOn(where)).toBe(text)
  } finally {
    await where.context().close()
    await program.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
