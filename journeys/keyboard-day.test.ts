import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { ready, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const fault = (subject: string, from: string, severity: number) =>
  openCase(subject, { by: 'supervisor', from, text: `${subject}. What can you do?`, kind: 'fault', severity })
const ids = [
  await fault('The kettle leaks', 'Ann Miller', 4),
  await fault('The lamp flickers', 'Ben Holt', 3),
  await fault('The lamp flickers again', 'Ben Holt', 2),
  await fault('The door sticks', 'Cem Kaya', 1),
]
const page = await pageOf('adviser')

type Kase = {
  id: number
  status: string
  severity: number
  tags: string[]
  assignee: { name: string } | null
  snoozedUntil: string | null
}

const kase = async (index: number) => (await app.as('adviser')<Kase>('GET', `/api/cases/${ids[index]}`)).body
const press = (key: string) => page.keyboard.press(key)
const type = (text: string) => page.keyboard.type(text)
const opened = (index: number) => page.getByRole('article', { name: `Case ${ids[index]}` }).waitFor()
const writing = () => page.locator('[contenteditable=true]').and(page.locator(':focus')).waitFor()
const heading = () => page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()
/** Goes on with Tab, as somebody without a mouse does, until this has the focus. */
const tabTo = async (wanted: Locator) => {
  for (let step = 0; step < 25; step++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return
    await press('Tab')
  }
  throw new Error(`No way by Tab to ${String(wanted)}`)
}

/**
 * What a screen reader is told of the page, without what changes from run to run. Reviewed by reading it aloud: names
 * without a role, roles without a name and things said twice are what to look for.
 */
const told = async (part = page.locator('body')): Promise<string> =>
  (await part.ariaSnapshot())
    .replaceAll(app.url, '')
    .replace(/#?\b1\d{3}\b/g, 'N')
    .replace(/\b(just now|now|\d+ (min|h|s)( ago)?)\b/g, 'T')

/** From here on nothing but keys: the focus is never put anywhere, it has to be where the last key left it. */
test('an adviser’s day of twenty steps without a mouse', async () => {
  // 1 the queue is there, and one row is in the tab order; 2 down to the most urgent; 3 why does it stand there?
  await ready(page)
  await press('j')
  await press('w')
  await page.getByText(/counts as/).waitFor()
  await expect(told()).resolves.toMatchSnapshot('the queue, as it is told')
  // 4 open it; 5 take it; 6 a tag
  await press('Enter')
  await opened(0)
  await page.getByRole('article').getByText('The kettle leaks. What can you do?').first().waitFor()
  await settled(page)
  // What stands beside the case is fetched in parts of its own.
  for (const part of ['Promise something', 'Book an appointment', 'Give…'])
    await page.getByRole('button', { name: part }).waitFor()
  await page.getByRole('textbox', { name: 'Product they asked for' }).waitFor()
  await expect(told()).resolves.toMatchSnapshot('a case, as it is told')
  await press('i')
  await expect.poll(async () => (await kase(0)).assignee?.name).toBe('Some adviser')
  await press('t')
  await page.getByRole('textbox', { name: 'Add a tag' }).and(page.locator(':focus')).waitFor()
  await type('kettle')
  await press('Enter')
  await expect.poll(async () => (await kase(0)).tags).toEqual(['kettle'])
  await page.getByRole('button', { name: 'Add a tag' }).and(page.locator(':focus')).waitFor()
  // 7 a note; 8 an answer, sent from the keyboard; 9 taken back in time
  await press('n')
  await type('Second one this week.')
  await writing()
  await press('Control+Enter')
  await page.locator('.rp-message[data-direction=note]').getByText('Second one this week.').waitFor()
  await press('r')
  await writing()
  await type('Please send it back, we pay.')
  await press('Control+Enter')
  await expect.poll(async () => (await kase(0)).status).toBe('waiting_customer')
  // What was sent leaves the case in front: its key takes it back.
  await page
    .getByRole('button', { name: /undo|take back/i })
    .first()
    .waitFor()
  await press('z')
  await expect.poll(async () => (await kase(0)).status).not.toBe('waiting_customer')
  // 10 answered for good
  await press('r')
  await writing()
  await type(' A label is attached to this mail, I promise.')
  await press('Control+Enter')
  // A label was promised and no file is there: asked once, sent the second time.
  await page.getByText('You write of something attached').waitFor()
  await press('Control+Enter')
  await expect.poll(async () => (await kase(0)).status).toBe('waiting_customer')
  await page.locator('[data-heading]:focus').waitFor()
  // 11 back to the list; 12 down, open the next; 13 the customer wrote twice: merge
  await press('u')
  await page.locator('[data-row]:focus').waitFor()
  await press('j')
  await press('Enter')
  await opened(1)
  await settled(page)
  await press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Which case?').waitFor()
  await dialog.getByRole('radio', { name: /The lamp flickers again/ }).waitFor()
  await expect(told(dialog)).resolves.toMatchSnapshot('merging, as it is told')
  await tabTo(dialog.getByRole('radio', { name: /The lamp flickers again/ }))
  await press('Space')
  await tabTo(dialog.getByRole('button', { name: 'Merge', exact: true }))
  await press('Enter')
  await page.getByText(`#${ids[2]} is merged into this case.`).waitFor()
  await heading()
  // 14 snooze it until tomorrow
  await press('h')
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /^Tomorrow/ })
    .and(page.locator(':focus'))
    .waitFor()
  await press('Enter')
  await expect.poll(async () => (await kase(1)).snoozedUntil).not.toBeNull()
  await heading()
  // 15 the palette finds the last one by a word; 16 severity; 17 solved, and nobody asked
  await press('Control+k')
  await type('door sticks')
  await page.getByRole('dialog').locator('[data-selected]').filter({ hasText: 'The door sticks' }).waitFor()
  await press('Enter')
  await opened(3)
  await settled(page)
  await press('p')
  await page.getByRole('option', { name: 'Low severity' }).waitFor()
  await press('ArrowDown')
  await press('Enter')
  await expect.poll(async () => (await kase(3)).severity).toBe(2)
  await press('e')
  await page.getByRole('dialog', { name: 'Solve this case' }).waitFor()
  await press('Enter')
  await expect.poll(async () => (await kase(3)).status).toBe('solved')
  // 18 solved too early: taken back
  await page.getByText(`Case ${ids[3]} is solved.`).waitFor()
  // The focus is where the dialogue was opened from.
  await page
    .getByRole('button', { name: /^Severity/ })
    .and(page.locator(':focus'))
    .waitFor()
  await press('z')
  await expect.poll(async () => (await kase(3)).status).toBe('new')
  // 19 what concerns me, and all the keys
  await press('g')
  await press('n')
  await page.getByRole('heading', { level: 1, name: 'Notifications' }).and(page.locator(':focus')).waitFor()
  await settled(page)
  await expect(told(page.getByRole('main'))).resolves.toMatchSnapshot('what concerns one, as it is told')
  await press('?')
  await page.getByRole('dialog').waitFor()
  await expect(told(page.getByRole('dialog'))).resolves.toMatchSnapshot('the keys, as they are told')
  await press('Escape')
  await page.getByRole('heading', { level: 1, name: 'Notifications' }).and(page.locator(':focus')).waitFor()
  // 20 somebody stands at the counter: a contact is logged
  await press('c')
  const log = page.getByRole('dialog')
  await log.getByLabel('Who is it?').and(page.locator(':focus')).waitFor()
  await expect(told(log)).resolves.toMatchSnapshot('the quick log, as it is told')
  await type('Ann Mil')
  await page
    .getByRole('option', { name: /Ann Miller/ })
    .and(page.locator('[data-combobox-selected]'))
    .waitFor()
  await press('Enter')
  await log.getByText('Known to us.').waitFor()
  await press('Tab')
  await type('The second kettle leaks too.')
  await press('Control+Enter')
  await expect
    .poll(async () => {
      const { items } = (await app.as('adviser')<{ items: { subject: string }[] }>('GET', '/api/cases?sort=newest'))
        .body
      return items[0]?.subject
    })
    .toBe('The second kettle leaks too.')
})
