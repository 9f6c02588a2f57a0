import ICAL from 'ical.js'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseMail } from '../src/platform/mail/parse.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
const ids: Record<'adviser' | 'room', number> = { adviser: 0, room: 0 }
beforeAll(async () => {
  app = await startApp({ clock: () => now })
  const add = async (more: object) =>
    (await app.as('administrator')<{ id: number }>('POST', '/api/diary/resources', more)).body.id
  ids.adviser = await add({ kind: 'person', staffId: app.staffId('adviser'), bufferMinutes: 15 })
  ids.room = await add({ kind: 'room', name: 'Room 12' })
})
afterAll(() => app.close())

type Booked = {
  id: number
  state: string
  startsAt: string
  version: number
  reply: string | null
  caseId: number | null
  title: string
  lateMinutes: { customer: number; ours: number }
}
type Problem = { title?: string; detail?: string; errors?: { field: string }[] }

const at = (text: string) => {
  now = new Date(text)
}
const open = async (more: object = {}) =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject: 'Boiler',
      channel: 'email',
      requester: { name: 'Bea Long', email: 'bea@example.org' },
      message: { text: 'It drips.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const book = async (caseId: number, startsAt: string, more: object = {}) =>
  app.as('adviser')<Booked & Problem>('POST', '/api/bookings', {
    caseId,
    title: 'Look at the boiler',
    startsAt,
    minutes: 60,
    resourceIds: [ids.adviser],
    ...more,
  })

type Mail = { subject: string; recipients: string[]; raw: string }
const mailsTo = async (address: string): Promise<Mail[]> => {
  const list = await app.as('administrator')<{ items: { id: number; subject: string; recipients: string[] }[] }>(
    'GET',
    '/api/mail/outgoing?limit=100',
  )
  const own = list.body.items.filter(mail => mail.recipients.includes(address))
  return Promise.all(
    own.map(async mail => ({
      ...mail,
      raw: (await app.as('administrator')<string>('GET', `/api/mail/outgoing/${mail.id}/source`)).body,
    })),
  )
}

test('nobody is booked twice, with the way there; also not by two at the same moment', async () => {
  at('2026-11-02T09:00:00Z')
  const id = await open()
  const first = await book(id, '2026-11-03T10:00:00Z')
  expect(first.status).toBe(201)
  const near = await book(id, '2026-11-03T11:10:00Z')
  expect(near.status).toBe(409)
  expect(near.body.detail).toContain('Some adviser: booked already')
  expect((await book(id, '2026-11-03T11:30:00Z')).status).toBe(201)
  const both = await Promise.all([
    book(id, '2026-11-04T10:00:00Z', { resourceIds: [ids.room, ids.adviser] }),
    book(id, '2026-11-04T10:30:00Z', { resourceIds: [ids.adviser, ids.room] }),
  ])
  expect(both.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 409])
})

test('what makes no sense is refused, naming the field', async () => {
  const id = await open()
  const fieldOf = async (startsAt: string, more: object = {}) =>
    (await book(id, startsAt, more)).body.errors?.[0]?.field
  expect(await fieldOf('2026-11-01T10:00:00Z')).toBe('startsAt')
  expect(await fieldOf('2026-11-07T10:00:00Z')).toBe('startsAt')
  expect(await fieldOf('2026-11-05T10:00:00Z', { resourceIds: [999] })).toBe('resourceIds')
  expect(await fieldOf('2026-11-05T10:00:00Z', { minutes: 1 })).toBe('minutes')
  expect((await book(id, '2026-11-07T10:00:00Z', { outsideHours: true })).status).toBe(201)
  const twice = await app.as('administrator')<Problem>('POST', '/api/diary/resources', {
    kind: 'room',
    name: 'room 12',
  })
  expect(twice.body.errors?.[0]?.field).toBe('name')
})

test('free times are within hours, not taken, and keep the way there free', async () => {
  const free = await app.as('adviser')<{ items: string[] }>(
    'GET',
    `/api/diary/free?resources=${ids.adviser}&minutes=60&from=2026-11-03T09:00:00Z&days=1`,
  )
  expect(free.body.items.slice(0, 3)).toEqual([
    '2026-11-03T13:00:00.000Z',
    '2026-11-03T13:15:00.000Z',
    '2026-11-03T13:30:00.000Z',
  ])
  expect(free.body.items.at(-1)).not.toContain('2026-11-03T17')
})

test('a kind of appointment is had with whoever of those who offer it is free first', async () => {
  at('2026-11-02T09:00:00Z')
  const admin = app.as('administrator')
  const made = await admin<{ id: number }>('POST', '/api/diary/types', {
    name: 'Advice',
    minutes: 60,
    resourceIds: [ids.adviser, ids.room],
  })
  type Times = { items: { startsAt: string; resourceId: number }[] }
  const times = async () => (await admin<Times>('GET', `/api/diary/types/${made.body.id}/times?days=1`)).body.items
  const [first] = await times()
  const more = { typeId: made.body.id, resourceIds: [first?.resourceId ?? 0] }
  expect((await book(await open(), first?.startsAt ?? '', more)).status).toBe(201)
  const [next] = await times()
  expect(next?.startsAt).toBe(first?.startsAt)
  expect(next?.resourceId).not.toBe(first?.resourceId)
  expect((await admin('GET', '/api/diary/types/999999/times')).status).toBe(404)
  const wrong = await book(await open(), next?.startsAt ?? '', { ...more, typeId: 999_999 })
  expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([422, 'typeId'])
})

test('the customer gets an invitation, answers it from the calendar, moves it by the link and cancels it; the diary follows', async () => {
  at('2026-11-09T09:00:00Z')
  const id = await open({ requester: { name: 'Ivo Iqbal', email: 'ivo@example.org' } })
  const booked = await book(id, '2026-11-11T10:00:00Z', { title: 'Fit the shelf', place: 'Harbour Road 1' })
  const invitation = await eventually(async () =>
    (await mailsTo('ivo@example.org')).find(mail => mail.subject.includes('Fit the shelf')),
  )
  expect(invitation.raw).toContain('method=REQUEST')
  const sent = await parseMail(Buffer.from(invitation.raw))
  const link = /\/appointment\/([\w.-]+)/.exec(sent.text)?.[1] as string
  const file = sent.attachments.find(part => part.type.startsWith('text/calendar'))
  const invited = new ICAL.Component(ICAL.parse(String(file?.content)))
  const organizer = String(invited.getFirstSubcomponent('vevent')?.getFirstPropertyValue('organizer')).replace(
    'mailto:',
    '',
  )
  expect(organizer).toMatch(/^help\+\w+@trial\.test$/)

  const uid = await app.program.kernel.read(
    system,
    async ({ db }) =>
      (await db.selectFrom('bookings').select('uid').where('id', '=', booked.body.id).executeTakeFirstOrThrow()).uid,
  )
  const answer = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nSEQUENCE:0\r\nDTSTAMP:20261109T100000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ivo@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, ignoreTLS: true })
  await transport.sendMail({
    from: 'ivo@example.org',
    to: organizer,
    subject: 'Accepted: Fit the shelf',
    text: 'Ivo has accepted.',
    icalEvent: { method: 'REPLY', content: answer },
  })
  const ofCase = async () =>
    (await app.as('adviser')<{ items: Booked[] }>('GET', `/api/cases/${id}/bookings`)).body.items
  await eventually(async () => (await ofCase())[0]?.reply === 'ACCEPTED')

  const page = await fetch(`${app.url}/appointment/${link}`)
  const shown = await page.text()
  expect(page.status).toBe(200)
  expect(shown).toContain('Wednesday 11 November, 10:00')
  const time = /value="(2026-11-12T[^"]+)"/.exec(shown)?.[1] as string
  const post = (what: string, body: Record<string, string>) =>
    fetch(`${app.url}/appointment/${link}/${what}`, {
      method: 'POST',
      body: new URLSearchParams(body),
      redirect: 'manual',
      headers: { origin: app.url },
    })
  expect((await post('move', { at: '2026-11-11T23:00:00Z' })).status).toBe(422)
  const done = await post('move', { at: time })
  expect(done.status, (await done.text()).match(/class="problem[\s\S]{0,200}/)?.[0] ?? '').toBe(303)
  expect((await ofCase())[0]).toMatchObject({ startsAt: time, reply: null })
  await eventually(async () => (await mailsTo('ivo@example.org')).find(mail => mail.subject.startsWith('Moved:')))

  const made = await app.as('adviser')<{ url: string }>('POST', '/api/me/diary-feed', {})
  const path = new URL(made.body.url).pathname
  const feed = await (await fetch(`${app.url}${path}`)).text()
  const events = new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents('vevent').map(part => new ICAL.Event(part))
  const own = events.find(event => event.uid === uid)
  expect(own?.startDate.toJSDate()).toEqual(new Date(time))
  expect(own?.summary).toBe('Fit the shelf: Ivo Iqbal')
  expect(own?.sequence).toBe(1)
  await app.as('adviser')('DELETE', '/api/me/diary-feed')
  expect((await fetch(`${app.url}${path}`)).status).toBe(404)

  expect((await post('cancel', { why: 'I am away' })).status).toBe(303)
  expect((await ofCase())[0]).toMatchObject({ state: 'cancelled', cancelledBy: 'customer' })
  const cancelled = await eventually(async () =>
    (await mailsTo('ivo@example.org')).find(mail => mail.subject.startsWith('Cancelled:')),
  )
  expect(cancelled.raw).toContain('method=CANCEL')
  expect((await book(id, time)).status).toBe(201)
  expect((await fetch(`${app.url}/appointment/${link}x`)).status).toBe(404)
  expect((await fetch(`${app.url}/appointment/1.${'a'.repeat(43)}`)).status).toBe(404)
  const elsewhere = await fetch(`${app.url}/appointment/${link}/cancel`, {
    method: 'POST',
    body: new URLSearchParams({}),
    headers: { origin: 'https://evil.test' },
  })
  expect(elsewhere.status).toBe(422)
})

test('a reminder goes out a day before, of the time it is at then', async () => {
  // The workers go by the real clock: only what is far ahead of it waits for its time.
  at('2031-11-17T09:00:00Z')
  const id = await open({ requester: { name: 'Rea Rahn', email: 'rea@example.org' } })
  const booked = await book(id, '2031-11-20T10:00:00Z', { title: 'Fit the lamp' })
  await app.as('adviser')('POST', `/api/bookings/${booked.body.id}/move`, { startsAt: '2031-11-21T10:00:00Z' })
  const reminders = async () => (await mailsTo('rea@example.org')).filter(mail => mail.subject.startsWith('Tomorrow:'))
  const rows = await app.program.kernel.read(system, async ({ db }) =>
    db.selectFrom('bookings').select('starts_at').where('id', '=', booked.body.id).execute(),
  )
  expect(rows[0]?.starts_at).toEqual(new Date('2031-11-21T10:00:00Z'))
  at('2031-11-20T10:00:01Z')
  await app.program.kernel.database.owner.query(
    `update graphile_worker._private_jobs set run_at = now() where key = $1`,
    [`remind:${booked.body.id}`],
  )
  await eventually(async () => (await reminders()).length === 1)
})

test('late is told for both sides: a customer who came late makes nobody else late', async () => {
  at('2026-11-23T09:00:00Z')
  const id = await open({ requester: { name: 'Lou Lane', email: 'lou@example.org' } })
  const booked = await book(id, '2026-11-24T10:00:00Z')
  const note = async (what: string) =>
    app.as('adviser')<Booked & Problem>('POST', `/api/bookings/${booked.body.id}/note`, { what })
  at('2026-11-24T10:10:00Z')
  await note('arrived')
  at('2026-11-24T10:15:00Z')
  const began = await note('began')
  expect(began.body).toMatchObject({ state: 'done', lateMinutes: { customer: 10, ours: 5 } })
  const promises = await app.as('adviser')<{ items: { kind: string; outcome: string; lateMinutes: number }[] }>(
    'GET',
    `/api/cases/${id}/promises`,
  )
  expect(promises.body.items.find(promise => promise.kind === 'appointment')).toMatchObject({
    outcome: 'late',
    lateMinutes: 5,
  })
  expect((await note('missed')).status).toBe(409)
})

test('who may not see the case sees that the time is taken and nothing else', async () => {
  at('2026-11-30T09:00:00Z')
  const id = await open({
    requester: { name: 'Quiet Person', email: 'quiet@example.org' },
    confidential: true,
    assigneeId: app.staffId('adviser'),
  })
  const booked = await book(id, '2026-12-01T10:00:00Z', { title: 'Something private' })
  expect(booked.status).toBe(201)
  const seen = await app.as('outsider')<{ items: (Booked & { person: unknown })[] }>(
    'GET',
    '/api/diary?from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z',
  )
  expect(seen.body.items).toMatchObject([{ id: booked.body.id, title: '', person: null, caseId: null }])
  expect((await app.as('outsider')('POST', `/api/bookings/${booked.body.id}/cancel`, {})).status).toBe(404)
  const page = await fetch(`${app.url}/help/appointments`)
  expect(await page.text()).toContain('Nothing can be booked here')
})
