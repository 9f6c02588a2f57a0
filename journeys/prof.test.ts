import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from '../test/app.ts'
import { expectAccessible, openBrowser, openPage, picture, signIn } from './browser.ts'

let app: TestApp
let browser: Browser
let page: Page

type Line = { id: number; subject: string }
type Kase = {
  id: number
  kind: string
  channel: string
  status: string
  internal: boolean
  needMet: string | null
  requester: { id: number; name: string }
  person: { identities: { kind: string; value: string }[] }
}
type Message = { direction: string; channel: string; text: string }

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const type = (text: string) => page.keyboard.type(text)
const focused = (label: string | RegExp) => page.getByLabel(label).and(page.locator(':focus')).waitFor()

const adviser = () => app.as('adviser')
const person = async (body: object) => (await adviser()<{ id: number }>('POST', '/api/people', body)).body.id
const caseOf = async (subject: string): Promise<Kase> => {
  const { items } = (await adviser()<{ items: Line[] }>('GET', '/api/cases?sort=recent')).body
  const found = items.find(line => line.subject === subject)
  expect(found, subject).toBeDefined()
  return (await adviser()<Kase>('GET', `/api/cases/${found?.id}`)).body
}
const messagesOf = async (id: number) => (await adviser()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items

beforeAll(async () => {
  app = await startApp()
  const types = await adviser()<{ items: { id: number; key: string }[] }>('GET', '/api/customer-types')
  const colleague = types.body.items.find(one => one.key === 'colleague')?.id
  await person({ name: 'Rosa Delgado', identities: [{ kind: 'phone', value: '020 7946 0101' }] }); console.log('T', 1, Math.round(performance.now()), "await person({ name: 'Rosa Delgado', identities: [{ kind: 'phone', val")
  await person({ name: 'Arthur Whitcombe', identities: [{ kind: 'card', value: 'HH-20417' }] }); console.log('T', 2, Math.round(performance.now()), "await person({ name: 'Arthur Whitcombe', identities: [{ kind: 'card', ")
  await person({ name: 'Femi Balogun', typeId: colleague, identities: [{ kind: 'email', value: 'femi@trial.test' }] }); console.log('T', 3, Math.round(performance.now()), "await person({ name: 'Femi Balogun', typeId: colleague, identities: [{")
  browser = await openBrowser()
  page = await openPage(browser)
  await signIn(page, app, 'adviser'); console.log('T', 4, Math.round(performance.now()), "await signIn(page, app, 'adviser')")
})
afterAll(async () => {
  await browser.close(); console.log('T', 5, Math.round(performance.now()), 'await browser.close()')
  await app.close(); console.log('T', 6, Math.round(performance.now()), 'await app.close()')
})

type Contact = { who: string; found?: string; said: string; channel: 'phone' | 'face_to_face' | 'letter'; kind?: string }
const channels = ['phone', 'face_to_face', 'letter'] as const

/** Logs one contact in the open form with nothing but keys, and answers when it is saved. */
const log = async ({ who, found, said, channel, kind }: Contact) => {
  await focused('Who is it?'); console.log('T', 7, Math.round(performance.now()), "await focused('Who is it?')")
  await type(who); console.log('T', 8, Math.round(performance.now()), 'await type(who)')
  if (found) {
    await page.getByRole('option', { name: found }).and(page.locator('[data-combobox-selected]')).waitFor()
    await press('Enter')
    await page.getByText('Known to us.').waitFor()
  }
  await press('Tab'); console.log('T', 9, Math.round(performance.now()), "await press('Tab')")
  await type(said); console.log('T', 10, Math.round(performance.now()), 'await type(said)')
  await press('Tab'); console.log('T', 11, Math.round(performance.now()), "await press('Tab')")
  const radio = (value: string) => page.locator(`input[type=radio][value=${value}]`)
  const at = async () => (await radio('phone').isChecked()) ? 0 : (await radio('face_to_face').isChecked()) ? 1 : 2
  const [from, to] = [await at(), channels.indexOf(channel)]
  for (let step = from; step !== to; step += Math.sign(to - from)) await press(to > from ? 'ArrowRight' : 'ArrowLeft')
  expect(await radio(channel).isChecked()).toBe(true)
  await press('Tab'); console.log('T', 12, Math.round(performance.now()), "await press('Tab')")
  await focused('Kind'); console.log('T', 13, Math.round(performance.now()), "await focused('Kind')")
  if (kind) {
    await press('Control+a')
    await type(kind)
    await page.getByRole('option', { name: kind }).waitFor()
    await press('ArrowDown', 'Enter')
  }
  await press('Control+Enter'); console.log('T', 14, Math.round(performance.now()), "await press('Control+Enter')")
  await page.getByText(/Saved as case/).last().waitFor(); console.log('T', 15, Math.round(performance.now()), 'await page.getByText(/Saved as case/).last().waitFor()')
  await focused('Who is it?'); console.log('T', 16, Math.round(performance.now()), "await focused('Who is it?')")
}

test('a call, a letter and a colleague’s request are logged, answered and solved without a mouse', async () => {
  await press('c'); console.log('T', 17, Math.round(performance.now()), "await press('c')")
  await log({ who: '7946 0101', found: 'Rosa Delgado', said: 'The lamp flickers', channel: 'phone', kind: 'Fault' }); console.log('T', 18, Math.round(performance.now()), "await log({ who: '7946 0101', found: 'Rosa Delgado', said: 'The lamp f")
  await picture(page, 'quick-log'); console.log('T', 19, Math.round(performance.now()), "await picture(page, 'quick-log')")
  await expectAccessible(page, 'quick log'); console.log('T', 20, Math.round(performance.now()), "await expectAccessible(page, 'quick log')")
  await log({ who: 'HH-20417', found: 'Arthur Whitcombe', said: 'My delivery came to the neighbour', channel: 'letter', kind: 'Complaint' }); console.log('T', 21, Math.round(performance.now()), "await log({ who: 'HH-20417', found: 'Arthur Whitcombe', said: 'My deli")
  await log({ who: 'femi', found: 'Femi Balogun', said: 'A second screen for the counter', channel: 'face_to_face', kind: 'Request' }); console.log('T', 22, Math.round(performance.now()), "await log({ who: 'femi', found: 'Femi Balogun', said: 'A second screen")
  await log({ who: 'Greta Newcomer 07700 900123', said: 'When do you open on Sunday', channel: 'phone' }); console.log('T', 23, Math.round(performance.now()), "await log({ who: 'Greta Newcomer 07700 900123', said: 'When do you ope")

  const lamp = await caseOf('The lamp flickers')
  expect(lamp).toMatchObject({ kind: 'fault', channel: 'phone', internal: false, requester: { name: 'Rosa Delgado' } })
  const delivery = await caseOf('My delivery came to the neighbour')
  expect(delivery).toMatchObject({ kind: 'complaint', channel: 'letter', requester: { name: 'Arthur Whitcombe' } })
  const screen = await caseOf('A second screen for the counter')
  expect(screen).toMatchObject({ kind: 'request', channel: 'face_to_face', internal: true, requester: { name: 'Femi Balogun' } })
  const sunday = await caseOf('When do you open on Sunday')
  expect(sunday).toMatchObject({ kind: 'enquiry', channel: 'phone', requester: { name: 'Greta Newcomer' } })
  expect(sunday.person.identities).toMatchObject([{ kind: 'phone' }])

  await press('Escape'); console.log('T', 24, Math.round(performance.now()), "await press('Escape')")
  await page.getByRole('dialog').waitFor({ state: 'detached' }); console.log('T', 25, Math.round(performance.now()), "await page.getByRole('dialog').waitFor({ state: 'detached' })")
  await handle(lamp, { replied: 'Bring it in, we change the switch.', heard: 'The new switch works.' }, 'phone'); console.log('T', 26, Math.round(performance.now()), "await handle(lamp, { replied: 'Bring it in, we change the switch.', he")
  await handle(delivery, { replied: 'We have written to the driver.', heard: 'Thank you for the letter.' }, 'letter'); console.log('T', 27, Math.round(performance.now()), "await handle(delivery, { replied: 'We have written to the driver.', he")
  await handle(screen, { replied: 'One is on your desk.', heard: 'Found it, it works.' }, 'face_to_face'); console.log('T', 28, Math.round(performance.now()), "await handle(screen, { replied: 'One is on your desk.', heard: 'Found ")
})

/** Opens a case from the list, answers, notes what they said and solves it: "they said yes". */
const handle = async (kase: Kase, { replied, heard }: { replied: string; heard: string }, channel: string) => {
  await page.locator(`[data-row="${kase.id}"]`).waitFor(); console.log('T', 29, Math.round(performance.now()), 'await page.locator(`[data-row="${kase.id}"]`).waitFor()')
  await eventually(async () => {
    const [at, target] = await page.locator('[data-row]').evaluateAll(
      (rows, id) => [rows.indexOf(document.activeElement as HTMLElement), rows.findIndex(row => row.getAttribute('data-row') === id)],
      String(kase.id),
    )
    if (at === target) return true
    await press((at ?? 0) > (target ?? 0) ? 'k' : 'j')
    return false
  })
  await press('Enter'); console.log('T', 30, Math.round(performance.now()), "await press('Enter')")
  await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor(); console.log('T', 31, Math.round(performance.now()), "await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor()")
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor(); console.log('T', 32, Math.round(performance.now()), "await page.locator('article [data-heading]').and(page.locator(':focus'")
  await press('r'); console.log('T', 33, Math.round(performance.now()), "await press('r')")
  await focused(/^Reply to/); console.log('T', 34, Math.round(performance.now()), 'await focused(/^Reply to/)')
  await type(replied); console.log('T', 35, Math.round(performance.now()), 'await type(replied)')
  await press('Control+Enter'); console.log('T', 36, Math.round(performance.now()), "await press('Control+Enter')")
  await page.getByRole('article', { name: /^Reply by/ }).getByText(replied).waitFor(); console.log('T', 37, Math.round(performance.now()), "await page.getByRole('article', { name: /^Reply by/ }).getByText(repli")
  await press('Escape'); console.log('T', 38, Math.round(performance.now()), "await press('Escape')")
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor(); console.log('T', 39, Math.round(performance.now()), "await page.locator('article [data-heading]').and(page.locator(':focus'")
  await press('h'); console.log('T', 40, Math.round(performance.now()), "await press('h')")
  await focused(/^What .+ said/); console.log('T', 41, Math.round(performance.now()), 'await focused(/^What .+ said/)')
  await type(heard); console.log('T', 42, Math.round(performance.now()), 'await type(heard)')
  await press('Control+Enter'); console.log('T', 43, Math.round(performance.now()), "await press('Control+Enter')")
  await page.getByRole('article', { name: /^Message from/ }).getByText(heard).waitFor(); console.log('T', 44, Math.round(performance.now()), "await page.getByRole('article', { name: /^Message from/ }).getByText(h")
  await press('Escape'); console.log('T', 45, Math.round(performance.now()), "await press('Escape')")
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor(); console.log('T', 46, Math.round(performance.now()), "await page.locator('article [data-heading]').and(page.locator(':focus'")
  await press('e'); console.log('T', 47, Math.round(performance.now()), "await press('e')")
  const yes = page.getByRole('radio', { name: 'They said yes' })
  await page.getByRole('dialog').getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor(); console.log('T', 48, Math.round(performance.now()), "await page.getByRole('dialog').getByRole('radio', { checked: true }).a")
  await eventually(async () => {
    await press('ArrowUp')
    return yes.isChecked()
  })
  await press('Enter'); console.log('T', 49, Math.round(performance.now()), "await press('Enter')")
  await page.getByText(`Case ${kase.id} is solved.`).waitFor(); console.log('T', 50, Math.round(performance.now()), 'await page.getByText(`Case ${kase.id} is solved.`).waitFor()')
  await page.getByRole('dialog').waitFor({ state: 'detached' }); console.log('T', 51, Math.round(performance.now()), "await page.getByRole('dialog').waitFor({ state: 'detached' })")
  await picture(page, `solved-${channel}`); console.log('T', 52, Math.round(performance.now()), 'await picture(page, `solved-${channel}`)')
  const after = (await adviser()<Kase>('GET', `/api/cases/${kase.id}`)).body
  expect(after).toMatchObject({ status: 'solved', needMet: 'yes' })
  const messages = await messagesOf(kase.id)
  expect(messages.map(one => [one.direction, one.channel])).toEqual([['in', channel], ['out', channel], ['in', channel]])
  expect(messages.map(one => one.text).slice(1)).toEqual([replied, heard])
  await press('u'); console.log('T', 53, Math.round(performance.now()), "await press('u')")
  await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor({ state: 'detached' }); console.log('T', 54, Math.round(performance.now()), "await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor({")
}
