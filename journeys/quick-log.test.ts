import { expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { expectAccessible, picture, startJourney } from './browser.ts'

const { app, pageOf } = await startJourney()

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
const messagesOf = async (id: number) =>
  (await adviser()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items

const types = await adviser()<{ items: { id: number; key: string }[] }>('GET', '/api/customer-types')
const colleague = types.body.items.find(one => one.key === 'colleague')?.id
await person({ name: 'Rosa Delgado', identities: [{ kind: 'phone', value: '020 7946 0101' }] })
await person({ name: 'Arthur Whitcombe', identities: [{ kind: 'card', value: 'HH-20417' }] })
await person({ name: 'Femi Balogun', typeId: colleague, identities: [{ kind: 'email', value: 'femi@trial.test' }] })
const page = await pageOf('adviser')

type Contact = {
  who: string
  found?: string
  said: string
  channel: 'phone' | 'face_to_face' | 'letter'
  kind?: string
}
const channels = ['phone', 'face_to_face', 'letter'] as const

/** Logs one contact in the open form with nothing but keys, and answers when it is saved. */
const log = async ({ who, found, said, channel, kind }: Contact) => {
  await focused('Who is it?')
  await type(who)
  if (found) {
    await page.getByRole('option', { name: found }).and(page.locator('[data-combobox-selected]')).waitFor()
    await press('Enter')
    await page.getByText('Known to us.').waitFor()
  }
  await press('Tab')
  await type(said)
  await press('Tab')
  const radio = (value: string) => page.locator(`input[type=radio][value=${value}]`)
  const at = async () => ((await radio('phone').isChecked()) ? 0 : (await radio('face_to_face').isChecked()) ? 1 : 2)
  const [from, to] = [await at(), channels.indexOf(channel)]
  for (let step = from; step !== to; step += Math.sign(to - from)) await press(to > from ? 'ArrowRight' : 'ArrowLeft')
  expect(await radio(channel).isChecked()).toBe(true)
  await press('Tab')
  await focused('Kind')
  if (kind) {
    // The first letters choose at once in the browser's own list.
    await type(kind)
    expect(
      await page
        .getByLabel('Kind', { exact: true })
        .evaluate(list => (list as HTMLSelectElement).selectedOptions[0]?.text),
    ).toBe(kind)
  }
  await press('Control+Enter')
  await page
    .getByText(/Saved as case/)
    .last()
    .waitFor()
  await focused('Who is it?')
}

test('a call, a letter and a colleague’s request are logged, answered and solved without a mouse', async () => {
  await press('c')
  await log({ who: '7946 0101', found: 'Rosa Delgado', said: 'The lamp flickers', channel: 'phone', kind: 'Fault' })
  await picture(page, 'quick-log')
  await expectAccessible(page, 'quick log')
  await log({
    who: 'HH-20417',
    found: 'Arthur Whitcombe',
    said: 'My delivery came to the neighbour',
    channel: 'letter',
    kind: 'Complaint',
  })
  await log({
    who: 'femi',
    found: 'Femi Balogun',
    said: 'A second screen for the counter',
    channel: 'face_to_face',
    kind: 'Request',
  })
  await log({ who: 'Greta Newcomer 07700 900123', said: 'When do you open on Sunday', channel: 'phone' })

  const lamp = await caseOf('The lamp flickers')
  expect(lamp).toMatchObject({ kind: 'fault', channel: 'phone', internal: false, requester: { name: 'Rosa Delgado' } })
  const delivery = await caseOf('My delivery came to the neighbour')
  expect(delivery).toMatchObject({ kind: 'complaint', channel: 'letter', requester: { name: 'Arthur Whitcombe' } })
  const screen = await caseOf('A second screen for the counter')
  expect(screen).toMatchObject({
    kind: 'request',
    channel: 'face_to_face',
    internal: true,
    requester: { name: 'Femi Balogun' },
  })
  const sunday = await caseOf('When do you open on Sunday')
  expect(sunday).toMatchObject({ kind: 'enquiry', channel: 'phone', requester: { name: 'Greta Newcomer' } })
  expect(sunday.person.identities).toMatchObject([{ kind: 'phone' }])

  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await handle(lamp, { replied: 'Bring it in, we change the switch.', heard: 'The new switch works.' }, 'phone')
  await handle(delivery, { replied: 'We have written to the driver.', heard: 'Thank you for the letter.' }, 'letter')
  await handle(screen, { replied: 'One is on your desk.', heard: 'Found it, it works.' }, 'face_to_face')
})

/** Opens a case from the list, answers, notes what they said and solves it: "they said yes". */
const handle = async (kase: Kase, { replied, heard }: { replied: string; heard: string }, channel: string) => {
  await page.locator(`[data-row="${kase.id}"]`).waitFor()
  await eventually(async () => {
    const [at, target] = await page
      .locator('[data-row]')
      .evaluateAll(
        (rows, id) => [
          rows.indexOf(document.activeElement as HTMLElement),
          rows.findIndex(row => row.getAttribute('data-row') === id),
        ],
        String(kase.id),
      )
    if (at === target) return true
    await press((at ?? 0) > (target ?? 0) ? 'k' : 'j')
    return false
  })
  await press('Enter')
  await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor()
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()
  await press('r')
  await focused(/^Reply to/)
  await type(replied)
  await press('Control+Enter')
  await page
    .getByRole('article', { name: /^Reply by/ })
    .getByText(replied)
    .waitFor()
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()
  await press('v')
  await focused(/^What .+ said/)
  await type(heard)
  await press('Control+Enter')
  await page
    .getByRole('article', { name: /^Message from/ })
    .getByText(heard)
    .waitFor()
  await page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()
  await press('e')
  const yes = page.getByRole('radio', { name: 'They said yes' })
  await page.getByRole('dialog').getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor()
  await eventually(async () => {
    await press('ArrowUp')
    return yes.isChecked()
  })
  await press('Enter')
  await page.getByText(`Case ${kase.id} is solved.`).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await picture(page, `solved-${channel}`)
  const after = (await adviser()<Kase>('GET', `/api/cases/${kase.id}`)).body
  expect(after).toMatchObject({ status: 'solved', needMet: 'yes' })
  const messages = await messagesOf(kase.id)
  expect(messages.map(one => [one.direction, one.channel])).toEqual([
    ['in', channel],
    ['out', channel],
    ['in', channel],
  ])
  expect(messages.map(one => one.text).slice(1)).toEqual([replied, heard])
  await press('u')
  await page.getByRole('article', { name: `Case ${kase.id}` }).waitFor({ state: 'detached' })
}

test('what was typed into the log survives the end of the browser’s page, and signing out takes it away', async () => {
  const first = await pageOf('supervisor')
  await first.goto(`${app.url}/queue`)
  await first
    .getByRole('button', { name: /Log a contact/ })
    .first()
    .click()
  await first.getByLabel('What do they need?').fill('The oven door came off.')
  // A crash ends every page and what belonged to it alone; a new one knows what the device kept.
  const context = first.context()
  await first.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto(`${app.url}/queue`)
  await again
    .getByRole('button', { name: /Log a contact/ })
    .first()
    .click()
  await expect.poll(() => again.getByLabel('What do they need?').inputValue()).toBe('The oven door came off.')
  const left = () => again.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('rapport.log.')))
  expect(await left()).toEqual([`rapport.log.${app.staffId('supervisor')}`])
  await again.keyboard.press('Escape')
  await again.getByRole('button', { name: /Some supervisor/ }).click()
  await again.getByRole('menuitem', { name: 'Sign out' }).click()
  await again.waitForURL(`${app.url}/sign-in`)
  expect(await left()).toEqual([])
  await context.close()
})
