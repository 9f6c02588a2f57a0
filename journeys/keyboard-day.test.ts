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
/** Puts the keys back to the case after something was typed. */
const leave = async () => {
  await page.locator('[data-heading]').first().focus()
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
  await expect(told()).resolves.toMatchSnapshot('a case, as it is told')
  await press('i')
  await expect.poll(async () => (await kase(0)).assignee?.name).toBe('Some adviser')
  await press('t')
  await page.getByRole('textbox', { name: 'Add a tag' }).and(page.locator(':focus')).waitFor()
  await type('kettle')
  await press('Enter')
  await expect.poll(async () => (await kase(0)).tags).toEqual(['kettle'])
  await leave()
  // 7 a note; 8 an answer, sent from the keyboard; 9 taken back in time
  await press('n')
  await type('Second one this week.')
  await writing()
  await press('Control+Enter')
  await page.locator('.rp-message[data-direction=note]').getByText('Second one this week.').waitFor()
  await leave()
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
  await leave()
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
  await dialog.getByRole('radio', { name: /The lamp flickers again/ }).focus()
  await press('Space')
  await dialog.getByRole('button', { name: 'Merge', exact: true }).focus()
  await press('Enter')
  await page.getByText(`#${ids[2]} is merged into this case.`).waitFor()
  // 14 snooze it until tomorrow
  await leave()
  await press('h')
  await page.getByRole('dialog').getByRole('button', { name: 'Snooze' }).focus()
  await press('Enter')
  await expect.poll(async () => (await kase(1)).snoozedUntil).not.toBeNull()
  // 15 the palette finds the last one by a word; 16 severity; 17 solved, and nobody asked
  await leave()
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
  await leave()
  await press('e')
  await page.getByRole('dialog', { name: 'Solve this case' }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Solve' }).focus()
  await press('Enter')
  await expect.poll(async () => (await kase(3)).status).toBe('solved')
  // 18 what concerns me; 19 all the keys; 20 a contact is logged
  await leave()
  await press('?')
  await page.getByRole('dialog').waitFor()
  await expect(told(page.getByRole('dialog'))).resolves.toMatchSnapshot('the keys, as they are told')
  await press('Escape')
  await press('c')
  await page.getByRole('dialog').waitFor()
  await expect(told(page.getByRole('dialog'))).resolves.toMatchSnapshot('the quick log, as it is told')
  await press('Escape')
})
