import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { expectAccessible, phone, picture, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
const [page, second] = [await pageOf('adviser'), await pageOf('supervisor')]

afterEach(async () => {
  await page.context().setOffline(false)
  await page.unrouteAll()
})

type Message = { id: number; direction: string; text: string; delivery: string | null; attachments: { name: string }[] }

const adviser = () => app.as('adviser')
const go = async (where: Page, id: number) => {
  await where.goto(`${app.url}/cases/${id}`)
  await where.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
}
const replyOn = (where: Page) => where.getByRole('textbox', { name: 'Reply to Ann Miller' })
const textOn = async (where: Page) => (await replyOn(where).innerText()).trim()
const draftOf = async (id: number) =>
  (await adviser()<{ items: { text: string }[] }>('GET', `/api/cases/${id}/drafts`)).body.items[0]?.text
const sentIn = async (id: number) =>
  (await adviser()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items.filter(
    one => one.direction === 'out',
  )

test('a reply that is being written survives a reload, on this device and on another', async () => {
  const id = await openCase('The kettle leaks')
  await go(page, id)
  await replyOn(page).fill('We send you a new one')
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await replyOn(page).waitFor()
  await expect.poll(() => textOn(page)).toBe('We send you a new one')
  expect(await draftOf(id)).toBe('We send you a new one')
})

test('without a network the text is kept here, a banner says so, and it is saved when the network is back', async () => {
  const id = await openCase('The lamp flickers')
  await go(page, id)
  await page.context().setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await replyOn(page).fill('Bring it to the counter')
  await page.getByText('Kept on this device until the network is back').waitFor()
  await picture(page, 'offline')
  await expectAccessible(page, 'offline')
  await page.context().setOffline(false)
  await page.getByText('You are offline.').waitFor({ state: 'detached' })
  await expect.poll(() => draftOf(id)).toBe('Bring it to the counter')
  await page.getByText('Draft saved').waitFor()
})

test('a server that is away for some seconds costs nothing that was typed, not even with a reload in between', async () => {
  const id = await openCase('The chair wobbles')
  await go(page, id)
  await page.route('**/api/cases/*/drafts/**', route => route.abort())
  await replyOn(page).fill('A new screw is in the post')
  await page.reload()
  await replyOn(page).waitFor()
  await expect.poll(() => textOn(page)).toBe('A new screw is in the post')
  await replyOn(page).press('End')
  await replyOn(page).pressSequentially('.')
  await page.getByText('Kept on this device until the network is back').waitFor()
  await page.unroute('**/api/cases/*/drafts/**')
  // Nobody types or clicks: the page tries again by itself.
  await expect.poll(() => draftOf(id), { timeout: 20_000 }).toBe('A new screw is in the post.')
})

test('who else writes is seen, and the second reply waits until its writer has read the first', async () => {
  const id = await openCase('The clock is slow')
  await go(page, id)
  await go(second, id)
  await replyOn(page).fill('We repair it for nothing.')
  await page.getByText('Draft saved').waitFor()
  await replyOn(second).fill('Please send it in.')
  // At once, not when it is next asked, which is every twenty seconds.
  await second.getByText('Some adviser is writing').waitFor({ timeout: 8000 })
  await second.getByText('Some adviser is drafting a reply.').waitFor({ timeout: 8000 })
  await picture(second, 'presence')
  await expectAccessible(second, 'presence')
  await replyOn(page).press('Control+Enter')
  await page.getByRole('article', { name: 'Reply by Some adviser' }).waitFor()
  await second.getByText('Something new arrived while you were writing.').waitFor()
  // Only its writer can take a reply back.
  expect(await second.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  await replyOn(second).press('Control+Enter')
  const dialog = second.getByRole('dialog', { name: 'Somebody wrote meanwhile' })
  await dialog.getByText('We repair it for nothing.').waitFor()
  await picture(second, 'collision')
  await expectAccessible(second, 'collision')
  await dialog.getByRole('button', { name: 'Back to my text' }).click()
  expect(await textOn(second)).toBe('Please send it in.')
  expect(await sentIn(id)).toHaveLength(1)
  await replyOn(second).press('Control+Enter')
  await dialog.getByRole('button', { name: 'Send anyway' }).click()
  await second.getByRole('article', { name: 'Reply by Some supervisor' }).waitFor()
  expect((await sentIn(id)).map(one => one.text)).toEqual(['We repair it for nothing.', 'Please send it in.'])
})

test('a reply taken back returns with its files, and goes out with them the second time', async () => {
  const id = await openCase('The invoice is wrong')
  await go(page, id)
  await replyOn(page).fill('Here is the right one.')
  const file = { name: 'invoice.txt', mimeType: 'text/plain', buffer: Buffer.from('Total: 12.50') }
  await page.locator('input[type=file]').setInputFiles(file)
  const files = page.getByRole('region', { name: 'Write' }).getByRole('list', { name: 'Files' })
  await files.getByText('12 bytes').waitFor()
  await page.getByRole('button', { name: 'Other ways to send' }).click()
  await picture(page, 'ways-to-send')
  await page.getByRole('menuitemradio', { name: 'Send and solve' }).click({ timeout: 4000 })
  await page.getByRole('button', { name: 'Was the need met?: Ask them by e-mail' }).waitFor()
  await picture(page, 'send-and-solve')
  await expectAccessible(page, 'send and solve')
  await replyOn(page).press('Control+Enter')
  const answer = page.getByRole('article', { name: 'Reply by Some adviser' })
  await answer.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => textOn(page)).toBe('Here is the right one.')
  await files.getByText('invoice.txt').waitFor()
  await picture(page, 'taken-back')
  expect((await adviser()<{ status: string }>('GET', `/api/cases/${id}`)).body.status).toBe('new')
  await page.reload()
  await replyOn(page).waitFor()
  await expect.poll(() => textOn(page)).toBe('Here is the right one.')
  await files.getByText('invoice.txt').waitFor()
  await page.getByRole('button', { name: /^Was the need met/ }).click()
  await page.getByRole('option', { name: 'They said yes' }).click()
  await replyOn(page).press('Control+Enter')
  await expect
    .poll(async () => (await sentIn(id)).map(one => [one.delivery === 'cancelled', one.attachments.length]))
    .toEqual([
      [true, 0],
      [false, 1],
    ])
  const after = await adviser()<{ status: string; needMet: string }>('GET', `/api/cases/${id}`)
  expect(after.body).toMatchObject({ status: 'solved', needMet: 'yes' })
})

type Drafts = { items: { kind: string; attachments: { id: number; name: string }[] }[] }
const filesOf = async (id: number, kind: string) =>
  (await adviser()<Drafts>('GET', `/api/cases/${id}/drafts`)).body.items
    .find(draft => draft.kind === kind)
    ?.attachments.map(file => file.name)
    .toSorted()
const textFile = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`This is ${name}.`) })
const filesOn = (where: Page) => where.getByRole('region', { name: 'Write' }).getByRole('list', { name: 'Files' })

test('files that were not sent stay with the reply or the note: after a reload, a crash, and on another device', async () => {
  const id = await openCase('The parcel is torn')
  await go(page, id)
  await page.locator('input[type=file]').setInputFiles([textFile('label.txt'), textFile('form.txt')])
  await expect.poll(() => filesOf(id, 'reply')).toEqual(['form.txt', 'label.txt'])
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: /^Note for colleagues/ }).waitFor()
  expect(await filesOn(page).count()).toBe(0)
  await page.locator('input[type=file]').setInputFiles(textFile('scales.txt'))
  await expect.poll(() => filesOf(id, 'note')).toEqual(['scales.txt'])
  await page.reload()
  await filesOn(page).getByText('label.txt').waitFor()
  expect(await filesOn(page).getByText('scales.txt').count()).toBe(0)

  const elsewhere = await pageOf('adviser', phone)
  await go(elsewhere, id)
  await filesOn(elsewhere).getByText('form.txt').waitFor()
  await picture(elsewhere, 'files-elsewhere')
  await elsewhere.getByRole('button', { name: 'Remove form.txt' }).click()
  await expect.poll(() => filesOf(id, 'reply')).toEqual(['label.txt'])
  // Closed without a chance to save anything, as a crash does.
  await elsewhere.context().close()

  await page.reload()
  await filesOn(page).getByText('label.txt').waitFor()
  expect(await filesOn(page).getByText('form.txt').count()).toBe(0)
  await replyOn(page).fill('Here is the label.')
  await replyOn(page).press('Control+Enter')
  await expect.poll(async () => (await sentIn(id))[0]?.attachments.map(file => file.name)).toEqual(['label.txt'])
  await page.reload()
  await page.getByRole('article', { name: 'Reply by Some adviser' }).waitFor()
  expect(await filesOn(page).count()).toBe(0)
  expect(await filesOf(id, 'note')).toEqual(['scales.txt'])
})

test('a file that is removed while it is still on its way is not kept', async () => {
  const id = await openCase('The film is blurred')
  await go(page, id)
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  await page.route('**/drafts/reply/attachments', async route => {
    await held
    await route.continue()
  })
  await page.locator('input[type=file]').setInputFiles(textFile('wrong.txt'))
  await page.getByRole('button', { name: 'Remove wrong.txt' }).click()
  const taken = page.waitForResponse(answer => answer.request().method() === 'DELETE')
  letGo()
  expect((await taken).status()).toBe(200)
  expect(await filesOf(id, 'reply')).toBeUndefined()
})
