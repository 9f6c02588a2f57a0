import { expect, test } from 'vitest'
import { expectAccessible, follow, picture, ready, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const ids: number[] = []
for (const subject of ['The kettle leaks', 'The lamp flickers', 'The door sticks', 'The tap drips'])
  ids.push(await openCase(subject, { severity: 4 - ids.length }))
const page = await pageOf('adviser')
const adviser = () => app.as('adviser')

const kase = async (id: number) =>
  (await adviser()<{ status: string; severity: number; tags: string[]; following: boolean }>('GET', `/api/cases/${id}`))
    .body
const opened = (id: number | undefined) => page.getByRole('article', { name: `Case ${id}` }).waitFor()
const heading = () => page.locator('article [data-heading]').and(page.locator(':focus')).waitFor()

test('a case is worked on without a mouse: severity, tag, status, close and next, back', async () => {
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  await opened(ids[0])
  await heading()
  await page.keyboard.press('p')
  await page.locator('[role=option][data-combobox-selected]').waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await kase(ids[0] as number)).severity).not.toBe(4)
  await page.locator('[data-heading]').focus()
  await page.keyboard.press('Shift+F')
  await expect.poll(async () => (await kase(ids[0] as number)).following).toBe(true)
  await page.locator('[data-heading]').focus()
  await page.keyboard.press('t')
  await page.getByRole('textbox', { name: 'Add a tag' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('copper')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await kase(ids[0] as number)).tags).toEqual(['copper'])
  await page.locator('[data-heading]').focus()
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Solve this case' })
  await dialog.getByLabel('They said yes').check()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await kase(ids[0] as number)).status).toBe('solved')
  await page.getByRole('article', { name: /^Case / }).waitFor()
  await expect
    .poll(() => page.getByRole('article', { name: /^Case / }).getAttribute('aria-label'))
    .not.toBe(`Case ${ids[0]}`)
  await heading()
  await page.keyboard.press('u')
  await page.getByRole('article', { name: /^Case / }).waitFor({ state: 'detached' })
})

test('two keys lead somewhere, and after the first the second is shown', async () => {
  await page.keyboard.press('g')
  await page.getByRole('status').filter({ hasText: 'Go to people' }).waitFor()
  await picture(page, 'first-key')
  await expectAccessible(page, 'first of two keys')
  await page.getByRole('status').filter({ hasText: 'Go to people' }).waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await page.waitForURL(/\/people/)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await ready(page)
})

test('the palette knows commands with their keys, cases, people, views and settings, what was done lately first, also while writing', async () => {
  await follow(page, `/queue?case=${ids[1]}`)
  await opened(ids[1])
  await heading()
  await page.keyboard.press('n')
  await page
    .getByRole('textbox', { name: /^Note for colleagues/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search' })
  await palette.getByText(/^#\d+ The kettle leaks/).waitFor()
  await palette.getByText('Set the severity').waitFor()
  await picture(page, 'palette')
  await expectAccessible(page, 'palette')
  await page.keyboard.type('reply')
  // What fits best is marked: Enter is enough.
  await palette.locator('[data-selected]').filter({ hasText: 'Write a reply' }).waitFor()
  await page.keyboard.press('Enter')
  await page
    .getByRole('textbox', { name: /^Reply to/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('Control+k')
  await palette.getByText(/^#\d+ The kettle leaks/).waitFor()
  await page.keyboard.type('unassigned')
  await palette.getByText('View', { exact: true }).first().waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type(String(ids[2]))
  await palette.getByText('The door sticks').waitFor()
  await page.keyboard.press('Escape')
})

test('a key is changed on the account page, a taken one is refused with the name of its command, and hints follow', async () => {
  await page.keyboard.press('Escape')
  await follow(page, '/account')
  await page.getByText('In a case', { exact: true }).click()
  const row = page.getByRole('button', { name: /^Write a reply: / })
  await row.click()
  await page.keyboard.press('n')
  await page.getByText('n is the key of “Write a note” already.').waitFor()
  await picture(page, 'key-taken')
  await row.click()
  await page.keyboard.press('Shift+Y')
  await page.getByRole('button', { name: /^Write a reply: Shift y/ }).waitFor()
  await page.getByRole('button', { name: /^Assign to me: / }).click()
  await page.keyboard.press('Backspace')
  await page.getByRole('button', { name: 'Assign to me: off' }).waitFor()
  await picture(page, 'keys')
  await expectAccessible(page, 'keys')
  await follow(page, `/cases/${ids[1]}`)
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  await page.keyboard.press('r')
  expect(
    await page
      .getByRole('textbox', { name: /^Reply to/ })
      .and(page.locator(':focus'))
      .count(),
  ).toBe(0)
  await page.keyboard.press('Shift+Y')
  await page
    .getByRole('textbox', { name: /^Reply to/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await list.getByText('Shift y').waitFor()
  await picture(page, 'shortcuts')
  await expectAccessible(page, 'shortcuts')
  await page.keyboard.press('Escape')
})

test('keys mean the same on another layout, and nothing while a character is composed', async () => {
  const press = (init: Record<string, unknown>) =>
    page.evaluate(
      given => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given })),
      init,
    )
  await page.locator('[data-heading]').focus()
  await press({ key: 'n', code: 'KeyN', isComposing: true })
  await press({ key: 'n', code: 'KeyN', ctrlKey: true })
  expect(await page.getByRole('textbox', { name: /^Note for colleagues/ }).count()).toBe(0)
  // A Russian layout has т where a Latin one has n.
  await press({ key: 'т', code: 'KeyN' })
  await page
    .getByRole('textbox', { name: /^Note for colleagues/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('Escape')
})

test('the last thing is taken back with a key', async () => {
  await follow(page, `/cases/${ids[3]}`)
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('A plumber comes.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Reply goes out in/).waitFor()
  await page.keyboard.press('z')
  await expect.poll(() => page.getByRole('textbox', { name: /^Reply to/ }).innerText()).toContain('A plumber comes.')
})

test('somebody else is asked by mail from the case', async () => {
  await page.getByRole('textbox', { name: /^Reply to/ }).press('Escape')
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'Ask somebody else by mail' })
  await dialog.getByLabel('E-mail address').fill('parts@maker.example')
  await dialog.getByLabel('What do you want to know?').fill('Have you got this seal?')
  await picture(page, 'forward')
  await expectAccessible(page, 'forward')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Sent to parts@maker.example.').waitFor()
  await page.getByText('wrote to somebody else about it').waitFor()
  await page.getByText('To parts', { exact: true }).waitFor()
  await picture(page, 'forwarded')
})

test('settings are found by the words people use, and the way to the keys leads to the keys', async () => {
  const palette = page.getByRole('dialog', { name: 'Search' })
  const finds = async (words: string, label: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(words)
    await palette.getByText(label, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'hidden' })
  }
  await finds('density', 'Rows in the queue: Compact')
  await finds('dark', 'Colours: Dark')
  await finds('theme', 'Colours: Light')
  await finds('contrast', 'Contrast: High')
  await finds('text size', 'Size of text: 110 %')
  await finds('font', 'Size of text: 110 %')
  await follow(page, '/account#keys')
  const title = page.getByRole('heading', { name: 'Keys', exact: true })
  await title.waitFor()
  await expect.poll(async () => (await title.boundingBox())?.y ?? Number.NaN).toBeLessThan(400)
})

test('a long address on the card of a person breaks before its @, and nowhere within a word', async () => {
  const address = 'bartholomew.featherstone@example.org'
  const { body } = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    ...{ subject: 'A long name', channel: 'email', message: { text: 'Hello' } },
    requester: { name: 'Bartholomew Featherstone', email: address },
  })
  await follow(page, `/cases/${body.id}`)
  const shown = page.locator('.rp-identity-value').filter({ hasText: address })
  await shown.waitFor()
  await picture(page, 'long-address')
  const lines = await shown.evaluate(element =>
    [...(element.querySelector('wbr')?.parentNode?.childNodes ?? [])]
      .filter(node => node.nodeType === Node.TEXT_NODE)
      .map(node => {
        const part = document.createRange()
        part.selectNode(node)
        return [node.textContent, part.getClientRects().length]
      }),
  )
  expect(lines).toEqual([
    ['bartholomew.featherstone', 1],
    ['@example.org', 1],
  ])
})
