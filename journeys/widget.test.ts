import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { expectAccessible, openPage, picture, settled, startJourney } from './browser.ts'
import { startShop } from './shop.ts'

const { app, browser, pageOf, openCase } = await startJourney()
const { origin, key, signedIn, close } = await startShop(app)
afterAll(close)

test('a visitor of another website writes, is answered live, keeps the conversation over a reload, and gets the rest by mail', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(origin)
  await visitor.getByRole('button', { name: 'Write to us' }).click()
  const frame = visitor.frameLocator('iframe')
  await frame.getByText('Ask us about lamps.').waitFor()
  await picture(visitor, 'widget-form')
  await frame.getByLabel('Your message').fill('Do you have blue ones?')
  await frame.getByLabel('Your e-mail').fill('xenia@example.org')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('Do you have blue ones?').waitFor()
  expect(await visitor.context().cookies()).toEqual([])

  const desk = await pageOf('adviser')
  const { items } = (await app.as('adviser')<{ items: { id: number; channel: string }[] }>('GET', '/api/cases?limit=1'))
    .body
  expect(items[0]?.channel).toBe('chat')
  await desk.goto(`${app.url}/cases/${items[0]?.id}`)
  await settled(desk)
  await app.as('adviser')('POST', `/api/cases/${items[0]?.id}/messages`, { kind: 'reply', text: 'Yes, two kinds.' })
  await frame.getByRole('log').getByText('Yes, two kinds.').waitFor()
  await picture(visitor, 'widget-talk')

  await visitor.reload()
  await visitor.getByRole('button', { name: 'Write to us' }).click()
  await frame.getByRole('log').getByText('Yes, two kinds.').waitFor()
  await frame.getByLabel('Your message').fill('Which one is darker?')
  await frame.getByLabel('Your message').press('Enter')
  await desk.getByText('Which one is darker?').waitFor()
  await visitor.context().close()

  await app.program.kernel.database.owner.query(`update widget_talks set seen_at = now() - interval '5 minutes'`)
  await app.as('adviser')('POST', `/api/cases/${items[0]?.id}/messages`, { kind: 'reply', text: 'The navy one.' })
  await eventually(async () => {
    const mails = await app.as('administrator')<{ items: { kind: string; recipients: string[] }[] }>(
      'GET',
      '/api/mail/outgoing?limit=20',
    )
    return mails.body.items.some(one => one.kind === 'reply' && one.recipients.includes('xenia@example.org'))
  })
  await desk.context().close()
})

const openWindow = async (page: Page) => {
  await page.getByRole('button', { name: /^Write to us/ }).click()
  const frame = page.frameLocator('iframe')
  await frame.getByLabel('Your message').waitFor()
  return frame
}

type Line = { id: number; requester: { name: string } }
const newest = async () =>
  (await app.as('administrator')<{ items: Line[] }>('GET', '/api/cases?sort=recent&limit=1')).body.items[0]?.id ?? 0
const answer = (id: number, text: string) =>
  app.as('adviser')('POST', `/api/cases/${id}/messages`, { kind: 'reply', text })
const stateOf = async (id: number, text: string) =>
  (
    await app.as('adviser')<{ items: { text: string; delivery: string }[] }>('GET', `/api/cases/${id}/messages`)
  ).body.items.find(one => one.text === text)?.delivery

test('an answer that arrives while the window is closed counts at the button, and as seen once it is open', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(origin)
  const frame = await openWindow(visitor)
  await frame.getByLabel('Your message').fill('Is it open on Sunday?')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('Is it open on Sunday?').waitFor()
  await frame.getByLabel('Leaving?').fill('una@example.org')
  await frame.getByRole('button', { name: 'Save' }).click()
  await frame.getByText('the answer goes to una@example.org').waitFor()
  await frame.getByRole('button', { name: 'Close' }).click()
  const id = await newest()
  await answer(id, 'From ten to four.')
  await visitor.getByRole('button', { name: 'Write to us: 1 new' }).waitFor()
  expect(await stateOf(id, 'From ten to four.')).toBe('sending')
  await picture(visitor, 'widget-unread')
  await openWindow(visitor)
  await expect.poll(() => stateOf(id, 'From ten to four.')).toBe('read')
  await visitor.getByRole('button', { name: 'Write to us', exact: true }).waitFor()
  await visitor.context().close()
})

const bytesOf = (text: string) => Buffer.from(text)
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a visitor attaches files, sees which cannot be taken, takes one back, and says nothing twice when the line fails', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(origin)
  const frame = await openWindow(visitor)
  await frame.getByLabel('Your message').fill('This lamp came broken.')
  const choose = (files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    frame.locator('input[type=file]').setInputFiles(files)
  await choose([
    { name: 'lamp.png', mimeType: 'image/png', buffer: png },
    { name: 'bill.pdf', mimeType: 'application/pdf', buffer: bytesOf('%PDF-1.4') },
    { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(26_214_401) },
  ])
  await frame.getByText('film.mov is larger than 25 MB.').waitFor()
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByText('One of the files could not be uploaded.').waitFor()
  expect(await frame.getByLabel('Your message').inputValue()).toBe('This lamp came broken.')
  await picture(visitor, 'widget-files')
  await frame.getByRole('button', { name: 'Remove film.mov' }).click()
  await frame.getByRole('button', { name: 'Remove bill.pdf' }).click()

  // The first answer is lost on its way; what was sent has arrived.
  let lost = 0
  await visitor.route(/\/api\/widget\/[^/]+\/talks$/, async route => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByText('We cannot be reached just now.').waitFor()
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame
    .getByRole('log')
    .getByRole('button', { name: /^lamp\.png/ })
    .waitFor()
  expect(await frame.getByRole('log').getByRole('listitem').count()).toBe(1)
  const id = await newest()
  const { items } = (await app.as('administrator')<{ items: { subject: string }[] }>('GET', '/api/cases?limit=50')).body
  expect(items.filter(one => one.subject === 'This lamp came broken.')).toHaveLength(1)

  lost = 0
  await visitor.route('**/api/widget-talk/messages', async route => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await choose([{ name: 'bill.pdf', mimeType: 'application/pdf', buffer: bytesOf('%PDF-1.4') }])
  await frame.getByRole('button', { name: 'Remove bill.pdf' }).waitFor()
  await picture(visitor, 'widget-files-talk')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByText('We cannot be reached just now.').waitFor()
  await frame.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => frame.getByRole('button', { name: 'Remove bill.pdf' }).count()).toBe(0)
  await frame
    .getByRole('log')
    .getByRole('button', { name: /^bill\.pdf/ })
    .waitFor()
  type Said = { items: { direction: string; attachments: { name: string }[] }[] }
  const said = (await app.as('adviser')<Said>('GET', `/api/cases/${id}/messages`)).body.items
  expect(said.map(one => one.attachments.map(file => file.name))).toEqual([['lamp.png'], ['bill.pdf']])
  await picture(visitor, 'widget-files-sent')
  await visitor.context().close()
})

test('a conversation goes on in the window when its case is merged into another', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(origin)
  const frame = await openWindow(visitor)
  await frame.getByLabel('Your message').fill('About my order')
  await frame.getByLabel('Your e-mail').fill('olga@example.org')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('About my order').waitFor()
  const source = await newest()
  const target = await openCase('Order of Olga', { from: 'Olga Order' })
  const merged = await app.as('adviser')('POST', `/api/cases/${target}/merge`, { sourceId: source })
  expect(merged.status).toBe(201)
  const conversations = await app.as('adviser')<{ items: { text: string; conversationId: number }[] }>(
    'GET',
    `/api/cases/${target}/messages`,
  )
  const conversationId = conversations.body.items.find(one => one.text === 'About my order')?.conversationId
  const reply = { kind: 'reply', text: 'It left this morning.', channel: 'chat', conversationId }
  expect((await app.as('adviser')('POST', `/api/cases/${target}/messages`, reply)).status).toBe(201)
  await frame.getByRole('log').getByText('It left this morning.').waitFor()
  expect(await frame.getByText('What can you do?').count()).toBe(0)
  await visitor.context().close()
})

test('the line may stand in the head of a page that allows neither styles nor anything from elsewhere', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(`${origin}/strict`)
  const button = visitor.getByRole('button', { name: 'Write to us' })
  const box = await button.boundingBox()
  expect(box?.y).toBeGreaterThan(800)
  expect(await button.evaluate(one => getComputedStyle(one).backgroundColor)).toBe('rgb(21, 108, 95)')
  await openWindow(visitor)
  await visitor.context().close()
})

test('a token that has expired costs nobody what they typed, and two customers at one computer see each their own', async () => {
  const page = await openPage(browser)
  await page.goto(await signedIn('first@example.org'))
  const frame = await openWindow(page)
  expect(await frame.getByLabel('Your e-mail').count()).toBe(0)
  await frame.getByLabel('Your message').fill('I am the first.')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('I am the first.').waitFor()
  await page.goto(await signedIn('second@example.org', -60))
  await openWindow(page)
  expect(await frame.getByText('I am the first.').count()).toBe(0)
  await frame.getByLabel('Your message').fill('I am the second.')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByText('This website could not tell us who you are.').waitFor()
  await picture(page, 'widget-expired')
  expect(await frame.getByLabel('Your message').inputValue()).toBe('I am the second.')
  await frame.getByLabel('Your e-mail').fill('second@example.org')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('I am the second.').waitFor()
  await page.goto(await signedIn('first@example.org'))
  await openWindow(page)
  await frame.getByRole('log').getByText('I am the first.').waitFor()
  await page.context().close()
})

test('the window is dark where the visitor likes it so, and no less readable', async () => {
  const page = await openPage(browser, { width: 390, height: 844, dark: true })
  await page.goto(`${app.url}/widget/${key}`)
  await page.getByLabel('Your message').waitFor()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(22, 24, 23)')
  await expectAccessible(page, 'dark window')
  await picture(page, 'widget-dark')
  await page.context().close()
})

test('a site that was not named cannot show the window', async () => {
  const page = await openPage(browser)
  const { body } = await app.as('administrator')<{ key: string }>('POST', '/api/widget-sites', {
    name: 'Elsewhere',
    origin: 'https://elsewhere.example',
  })
  const refused: string[] = []
  page.on('console', message => refused.push(message.text()))
  await page.goto(origin)
  await page.evaluate(address => {
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
  }, `${app.url}/widget/${body.key}`)
  await expect.poll(() => refused.join(' ')).toContain('frame-ancestors')
  await page.context().close()
})
