import { expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { type Device, expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
let people = 0

/** Each case is of a customer of its own. */
const open = (subject: string, text: string, more: object = {}) =>
  openCase(subject, {
    requester: { name: `Ann Miller ${++people}`, email: `ann${people}@example.org` },
    message: { text },
    ...more,
  })

const upload = async (name: string, content: string) => {
  const form = new FormData()
  form.append('file', new Blob([content], { type: 'text/plain' }), name)
  const headers = { authorization: `Bearer ${app.token('adviser')}` }
  const response = await fetch(`${app.url}/api/attachments`, { method: 'POST', body: form, headers })
  return ((await response.json()) as { id: number }).id
}

const shapes: Device[] = [
  { width: 1440, height: 900, dark: true },
  { width: 1024, height: 768 },
  { ...phone, dark: true },
]

/** The same address on other windows, looked at and checked. */
const elsewhere = async (path: string, name: string) => {
  for (const shape of shapes) {
    const other = await pageOf('adviser', shape)
    await other.goto(`${app.url}${path}`)
    await settled(other)
    const as = `${name}-${shape.width}${shape.dark ? '-dark' : ''}`
    await picture(other, as)
    await expectAccessible(other, as)
    expect(await overflow(other), as).toBeLessThanOrEqual(0)
    await other.context().close()
  }
}

const file = await upload('warranty card.txt', 'The zeppelin kettle is guaranteed for ten years.')
await open('The kettle leaks', 'My kettle <b>leaks</b> since Monday.', {
  kind: 'complaint',
  message: { text: 'My kettle <b>leaks</b> since Monday.', attachmentIds: [file] },
})
await open('Kettle lid missing', 'The lid of the kettle was not in the box.', {
  kind: 'order_problem',
  assigneeId: 'me',
})
await open('Opening hours', 'When are you open?', { kind: 'enquiry' })
await eventually(async () => {
  const { body } = await app.as('adviser')<{ items: unknown[] }>('GET', '/api/search/results?q=zeppelin&type=file')
  return body.items.length > 0
}, 30_000)
const page = await pageOf('adviser')

test('a search is suggested, shown by kind with what was found marked, and narrowed by chips', async () => {
  await follow(page, '/search')
  const box = page.getByRole('textbox', { name: 'Search cases, files and people' })
  await box.fill('kettle sta')
  await page.getByRole('option', { name: /^status:/ }).click()
  expect(await box.inputValue()).toBe('kettle status:')
  await box.fill('kettle')
  await box.press('Enter')
  await page.waitForURL(/q=kettle/)
  const cases = page.getByRole('region', { name: 'Cases' })
  await expect.poll(() => cases.getByRole('listitem').count()).toBe(2)
  expect(await cases.locator('mark').first().textContent()).toMatch(/kettle/i)
  expect(await cases.locator('b').count()).toBe(0)
  await page.getByRole('region', { name: 'Files' }).getByText('warranty card.txt').waitFor()
  await picture(page, 'search-1440')
  await expectAccessible(page, 'search')
  await box.fill('kettle kind:complaint')
  await box.press('Enter')
  await expect.poll(() => cases.getByRole('listitem').count()).toBe(1)
  await page.getByRole('button', { name: 'Take “kind:complaint” away' }).click()
  await expect.poll(() => cases.getByRole('listitem').count()).toBe(2)
  await page.getByText('Cases', { exact: true }).first().click()
  await page.getByText('All results shown').waitFor()
  await elsewhere('/search?q=kettle', 'search')
})

test('what is misspelt is found, what is not there says so, and a file leads to its case', async () => {
  await follow(page, '/search?q=ketle')
  await page.getByText('Showing what was found for “kettle”', { exact: false }).waitFor()
  await follow(page, '/search?q=xylophone')
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor()
  await follow(page, '/search?q=zeppelin&type=file')
  await page.getByRole('link', { name: /warranty card/ }).click()
  await page.waitForURL(/\/cases\/\d+/)
})

test('a view is built as a sentence with a group in brackets, counted meanwhile, and kept', async () => {
  await follow(page, '/queue/open')
  await settled(page)
  await page.getByRole('button', { name: 'More for this view' }).click()
  await page.getByRole('menuitem', { name: 'Save as a view' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Trouble')
  await dialog.getByText('Just now 3 cases fit.').waitFor()
  await dialog.getByRole('button', { name: 'Add a group' }).click()
  const inner = dialog.locator('[data-depth="2"]')
  await inner.getByRole('combobox', { name: 'Value' }).or(inner.getByLabel('Value')).first().click()
  await page.getByRole('option', { name: 'Complaint' }).click()
  await dialog.getByText(/Kind is complaint/).waitFor()
  await dialog.getByText('Just now 1 case fits.').waitFor()
  await picture(page, 'builder-1440')
  await expectAccessible(page, 'builder')
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('link', { name: /^Trouble/ }).waitFor()
  await expect.poll(() => page.locator('.rp-row').count()).toBe(1)
})

const choose = async (layout: string) => {
  await page.getByRole('button', { name: /^Layout:/ }).click()
  await page.getByRole('menuitemradio', { name: layout, exact: true }).click()
}

test('a view becomes a table with columns one chooses, sorts by its headings and groups', async () => {
  await follow(page, '/queue/open')
  await settled(page)
  await choose('Table')
  const table = page.getByRole('table', { name: 'All open' })
  await table.waitFor()
  await table.getByRole('button', { name: 'Number' }).click()
  await expect.poll(() => table.locator('tbody th').first().textContent()).toContain('Opening hours')
  await page.getByRole('button', { name: /^Layout:/ }).click()
  await page.getByRole('menuitem', { name: 'Choose columns' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Team' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await table.getByRole('columnheader', { name: 'Team' }).waitFor()
  await picture(page, 'table-1440')
  await expectAccessible(page, 'table')
  await page.getByRole('button', { name: /^Layout:/ }).click()
  await page.getByRole('menuitemradio', { name: 'Kind' }).click()
  await table.getByRole('rowheader', { name: /^Complaint/ }).waitFor()
  await picture(page, 'table-grouped')
  await table.getByRole('link', { name: 'The kettle leaks' }).click()
  await page.getByRole('article', { name: /^Case / }).waitFor()
  await page.goBack()
  await table.waitFor()
})

test('cards move on the board by keyboard, by menu and by dragging, each with its way back', async () => {
  await follow(page, '/queue/open')
  await settled(page)
  await choose('Board')
  await choose('Status')
  const column = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}\\b`) })
  const card = (name: string) => page.locator('.rp-card').filter({ hasText: name })
  await card('Opening hours').waitFor()
  await picture(page, 'board-1440')
  await expectAccessible(page, 'board')
  await card('Opening hours').getByRole('link').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await column('Open').getByText('Opening hours').waitFor()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await column('New').getByText('Opening hours').waitFor()
  await page.getByRole('button', { name: 'Move “Opening hours”' }).click()
  await page.getByRole('menuitem', { name: 'Waiting for customer' }).click()
  await column('Waiting for customer').getByText('Opening hours').waitFor()
  const [from, to] = [await card('The kettle leaks').boundingBox(), await column('Open').boundingBox()]
  if (!from || !to) throw new Error('nothing to drag')
  await page.mouse.move(from.x + 60, from.y + 30)
  await page.mouse.down()
  await page.mouse.move(to.x + 100, to.y + 120, { steps: 8 })
  await page.mouse.up()
  await column('Open').getByText('The kettle leaks').waitFor()
  const { body } = await app.as('adviser')<{ items: { subject: string; status: string }[] }>(
    'GET',
    '/api/cases?sort=newest',
  )
  expect(Object.fromEntries(body.items.map(line => [line.subject, line.status]))).toEqual({
    'Opening hours': 'waiting_customer',
    'Kettle lid missing': 'open',
    'The kettle leaks': 'open',
  })
  // Somebody else's change arrives by itself.
  const id = await open('A new arrival', 'Hello')
  await card('A new arrival').waitFor({ timeout: 15_000 })
  await app.as('adviser')('PATCH', `/api/cases/${id}`, { status: 'solved' })
})

test('the calendar goes by the keyboard, as month and week, and leads to a case', async () => {
  await follow(page, '/queue/open')
  await settled(page)
  await choose('Calendar')
  const table = page.getByRole('table', { name: 'All open: Calendar' })
  await table.getByRole('link', { name: /The kettle leaks/ }).waitFor()
  await picture(page, 'calendar-1440')
  await expectAccessible(page, 'calendar')
  const chosen = () => page.locator('[data-day][tabindex="0"]').getAttribute('data-day')
  const before = await chosen()
  await page.locator('[data-day][tabindex="0"]').focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(chosen).not.toBe(before)
  await page.keyboard.press('ArrowRight')
  await expect.poll(chosen).toBe(before)
  await page.getByText('Week', { exact: true }).click()
  await expect.poll(() => page.locator('[data-day]').count()).toBe(7)
  await picture(page, 'calendar-week')
  await table.getByRole('link', { name: /The kettle leaks/ }).click()
  await page.getByRole('article', { name: /^Case / }).waitFor()
})

test('in the calendar a case is dragged to another day, with its way back', async () => {
  const id = await open('Call back about the hob', 'Not this week, please.')
  // The fifteenth of next month: the days before and after it are on screen in every year.
  const now = new Date()
  const at = new Date(now.getFullYear(), now.getMonth() + 1, 15, 9, 30)
  const adviser = app.as('adviser')
  await adviser('PUT', `/api/cases/${id}/snooze`, { until: at.toISOString(), wakeOn: ['linked_solved'] })
  const look = { name: 'Asleep', condition: { all: [] }, sort: 'waking', layout: 'calendar', groupBy: 'snoozedUntil' }
  const { body: view } = await adviser<{ id: number }>('POST', '/api/views', look)
  await page.goto(`${app.url}/queue/${view.id}`)
  await settled(page)
  await page.getByRole('button', { name: 'Later' }).click()
  const day = (date: number) => {
    const key = `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${date}`
    return page.locator('td').filter({ has: page.locator(`[data-day="${key}"]`) })
  }
  const name = /Call back about the hob/
  const [from, to] = [await day(15).getByRole('link', { name }).boundingBox(), await day(17).boundingBox()]
  if (!from || !to) throw new Error('nothing to drag')
  await page.mouse.move(from.x + 40, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 60, { steps: 8 })
  await picture(page, 'calendar-dragging')
  await page.mouse.up()
  await day(17).getByRole('link', { name }).waitFor()
  const until = async () =>
    (await adviser<{ snoozedUntil: string | null }>('GET', `/api/cases/${id}`)).body.snoozedUntil
  expect(await until()).toBe(new Date(at.getFullYear(), at.getMonth(), 17, 9, 30).toISOString())
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await day(15).getByRole('link', { name }).waitFor()
  expect(await until()).toBe(at.toISOString())
  // What else wakes it came along and back.
  const slept = await adviser<{ wakeOn: string[] }>('PUT', `/api/cases/${id}/snooze`, { until: null })
  expect(slept.body.wakeOn).toEqual(['linked_solved'])
})

test('a view of one’s own keeps its layout on every device, and all hold on small windows and in the dark', async () => {
  for (const layout of ['table', 'board', 'calendar']) {
    const view = { name: `As ${layout}`, condition: { all: [] }, sort: 'recent', layout }
    const { body } = await app.as('adviser')<{ id: number }>('POST', '/api/views', view)
    await elsewhere(`/queue/${body.id}`, layout)
  }
})
