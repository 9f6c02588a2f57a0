import { expect, test } from 'vitest'
import { desk, expectAccessible, follow, openPage, phone, picture, settled, startJourney } from './browser.ts'

// A Monday morning.
let now = new Date('2026-11-02T08:00:00Z')
const { app, browser, pageOf, openCase } = await startJourney({ clock: () => now })

const at = (text: string) => {
  now = new Date(text)
}

test('a colleague is made bookable, an appointment is booked beside the case, moved by keys, and both sides are told who was late', async () => {
  const admin = await pageOf('administrator')
  await follow(admin, '/organisation/resources')
  await admin.getByText('Nobody can be booked yet').waitFor()
  await admin.getByRole('button', { name: 'Make somebody or something bookable' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('Colleague', { exact: true }).selectOption({ label: 'Some adviser' })
  await expectAccessible(admin, 'resource-form')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await admin.getByRole('button', { name: 'Edit Some adviser' }).waitFor()
  await expectAccessible(admin, 'resources')
  await admin.context().close()

  const id = await openCase('Shelf to be fitted', { from: 'Ivo Iqbal', assigneeId: app.staffId('adviser') })
  const page = await pageOf('adviser')
  await page.clock.install({ time: now })
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.keyboard.press('d')
  const book = page.getByRole('dialog')
  await book.getByLabel('Minutes').fill('60')
  await expectAccessible(page, 'book')
  await picture(page, 'book')
  await book.getByLabel('When').selectOption({ index: 2 })
  await book.getByRole('button', { name: 'Book an appointment' }).click()
  await page.locator('.rp-case-side').getByRole('heading', { name: 'Appointments' }).waitFor()
  await picture(page, 'booked')

  await follow(page, '/diary')
  const card = page.locator('.rp-diary-card')
  await card.waitFor()
  await expectAccessible(page, 'diary')
  await picture(page, 'diary')
  const startsAt = async () =>
    (await app.as('adviser')<{ items: { startsAt: string }[] }>('GET', `/api/cases/${id}/bookings`)).body.items[0]
      ?.startsAt as string
  const before = await startsAt()
  await card.focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(startsAt).toBe(new Date(Date.parse(before) + 30 * 60_000).toISOString())
  await page.getByText('One day, side by side').click()
  await picture(page, 'diary-day')
  await page.getByText('Week', { exact: true }).click()

  at(new Date(Date.parse(await startsAt()) + 5 * 60_000).toISOString())
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.getByRole('button', { name: 'More for Shelf to be fitted' }).click()
  await page.getByRole('menuitem', { name: 'The customer is there' }).click()
  at(new Date(now.getTime() + 10 * 60_000).toISOString())
  await page.getByRole('button', { name: 'More for Shelf to be fitted' }).click()
  await page.getByRole('menuitem', { name: 'We begin' }).click()
  await page.getByText('the customer 5 min late, we 10 min late').waitFor()
  await expectAccessible(page, 'booking-late')
  await picture(page, 'booking-late')
  await page.context().close()
})

test('a customer moves the appointment by the link in the mail without a script, on a telephone', async () => {
  at('2026-11-09T08:00:00Z')
  const id = await openCase('Lamp to be fitted', { from: 'Rea Rahn', assigneeId: app.staffId('adviser') })
  const call = app.as('adviser')
  const resources = await call<{ items: { id: number }[] }>('GET', '/api/diary/resources')
  const booked = await call<{ id: number }>('POST', '/api/bookings', {
    caseId: id,
    title: 'Fit the lamp',
    startsAt: '2026-11-11T10:00:00Z',
    resourceIds: [resources.body.items[0]?.id],
  })
  expect(booked.status).toBe(201)
  type Mails = { items: { id: number; subject: string }[] }
  const mail = async () =>
    (await app.as('administrator')<Mails>('GET', '/api/mail/outgoing')).body.items.find(one =>
      one.subject.includes('Fit the lamp'),
    )
  await expect.poll(async () => (await mail()) !== undefined).toBe(true)
  const source = (await app.as('administrator')<string>('GET', `/api/mail/outgoing/${(await mail())?.id}/source`)).body
  const token = /\/appointment\/(\d+\.[\w-]+)/.exec(source.replaceAll('=\r\n', ''))?.[1]
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: phone.width, height: phone.height },
  })
  const page = await context.newPage()
  await page.goto(`${app.url}/appointment/${token}`)
  await page.getByRole('heading', { name: 'Fit the lamp' }).waitFor()
  await page.locator('input[name=at]').nth(3).check()
  await page.getByRole('button', { name: 'Move it' }).click()
  await page.getByText('Your appointment is moved.').waitFor()
  await picture(page, 'appointment-moved')
  await context.close()
  const plain = await openPage(browser, desk)
  await plain.goto(`${app.url}/appointment/${token}`)
  await expectAccessible(plain, 'appointment')
  await plain.goto(`${app.url}/help`)
  expect(await plain.getByRole('link', { name: 'Appointments', exact: true }).count()).toBe(0)
  await plain.goto(`${app.url}/help/appointments`)
  await expectAccessible(plain, 'appointments-offered')
  await plain.context().close()
})

test('what is often booked is booked at the counter with two touches, and beside a case by its name', async () => {
  at('2026-11-16T08:00:00Z')
  const admin = app.as('administrator')
  const { items } = (await admin<{ items: { id: number }[] }>('GET', '/api/diary/resources')).body
  const resourceIds = items.map(one => one.id)
  const made = await admin('POST', '/api/diary/types', { name: 'Fitting', minutes: 60, resourceIds, public: true })
  expect(made.status).toBe(201)
  const counter = await pageOf('receptionist')
  await counter.clock.install({ time: now })
  await follow(counter, '/counter')
  await counter.getByRole('textbox', { name: 'Who is it?' }).fill('Wanda Wall')
  await counter.getByLabel('What do they need?').fill('A shelf to be fitted')
  await counter.getByRole('button', { name: 'Fitting, 60 min' }).click()
  await counter.getByLabel('Day', { exact: true }).selectOption({ index: 1 })
  await counter.getByRole('group', { name: 'When' }).getByRole('button').nth(2).click()
  await expectAccessible(counter, 'counter-time')
  await picture(counter, 'counter-time')
  await counter.getByRole('button', { name: 'Done' }).click()
  type Bookings = { items: { title: string; startsAt: string; person: { name: string } }[] }
  const booked = async (from: string) => {
    const to = new Date(Date.parse(from) + 7 * 86_400_000).toISOString()
    return (await admin<Bookings>('GET', `/api/diary?from=${from}&to=${to}`)).body.items
  }
  await expect
    .poll(() => booked(now.toISOString()))
    .toMatchObject([{ title: 'Fitting', startsAt: '2026-11-17T10:00:00.000Z', person: { name: 'Wanda Wall' } }])
  await counter.context().close()

  const id = await openCase('Second shelf', { from: 'Ivo Iqbal', assigneeId: app.staffId('adviser') })
  const page = await pageOf('adviser')
  await page.clock.install({ time: now })
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Often booked').selectOption('Fitting')
  expect(await dialog.getByLabel('Title').inputValue()).toBe('Fitting')
  expect(await dialog.getByLabel('Minutes').inputValue()).toBe('60')
  await expectAccessible(page, 'book-type')
  await picture(page, 'book-type')
  await dialog.getByRole('button', { name: 'Book an appointment' }).click()
  await page.locator('.rp-case-side').getByRole('heading', { name: 'Appointments' }).waitFor()
  await page.goto(`${app.url}/help`)
  await page.getByRole('link', { name: 'Appointments', exact: true }).click()
  await page.getByRole('link', { name: /Fitting/ }).waitFor()
  await page.context().close()
})
