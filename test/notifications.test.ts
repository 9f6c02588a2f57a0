import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Line = { id: number; reason: string; by: string; read: boolean; case: { id: number; subject: string } | null }
type Kept = { items: { id: number; subject: string; recipients: string[] }[] }

const open = async (more: object = {}) =>
  (
    await app.as('supervisor')<{ id: number }>('POST', '/api/cases', {
      subject: 'Wet carpet',
      channel: 'email',
      requester: { name: 'Wanda Orr', email: 'wanda@example.org' },
      message: { text: 'It is wet.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const told = async (role: 'adviser' | 'supervisor' | 'receptionist', query = '') =>
  (await app.as(role)<{ items: Line[] }>('GET', `/api/notifications?${query}`)).body.items
const mails = async (to: string) =>
  (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=100')).body.items.filter(one =>
    one.recipients.includes(to),
  )

test('each is told why, once, and never of their own doing', async () => {
  const id = await open({ assigneeId: app.staffId('adviser') })
  await eventually(async () => (await told('adviser')).some(one => one.reason === 'assigned' && one.case?.id === id))
  await app.as('adviser')('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'Still wet.' })
  await app.as('supervisor')('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'Very wet.' })
  await eventually(async () => (await told('adviser')).some(one => one.reason === 'customer_wrote'))
  await app.as('supervisor')('POST', `/api/cases/${id}/messages`, {
    kind: 'note',
    text: 'Please look.',
    mentionIds: [app.staffId('receptionist')],
  })
  const mine = await eventually(async () => {
    const all = (await told('adviser')).filter(one => one.case?.id === id)
    return all.length === 3 ? all : null
  })
  expect(mine.map(one => one.reason)).toEqual(['colleague_noted', 'customer_wrote', 'assigned'])
  expect((await told('receptionist')).map(one => one.reason)).toEqual(['mentioned'])
  expect((await told('supervisor')).filter(one => one.case?.id === id)).toEqual([])
  await app.as('receptionist')('POST', '/api/notifications/read', { all: true })
})

test('who planned a reply is told when the customer writes before it goes out', async () => {
  const id = await open()
  const planned = await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'We come on Thursday.',
    sendAt: new Date(now.getTime() + 86_400_000).toISOString(),
  })
  expect(planned.status).toBe(201)
  await app.as('supervisor')('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'It is dry again.' })
  const [mine] = await eventually(async () => {
    const all = (await told('adviser')).filter(one => one.case?.id === id)
    return all.length > 0 && all
  })
  expect(mine).toMatchObject({ reason: 'reply_planned' })
})

test('what is read is not mailed, what is not is mailed without its content, and quiet hours wait', async () => {
  const id = await open()
  const mention = (text: string) =>
    app.as('supervisor')('POST', `/api/cases/${id}/messages`, {
      kind: 'note',
      text,
      mentionIds: [app.staffId('receptionist')],
    })
  await app.as('receptionist')('PATCH', '/api/notifications/settings', { reasons: { colleague_noted: 'off' } })
  await mention('The code of the door is 1234.')
  const mail = await eventually(async () =>
    (await mails('receptionist@trial.test')).find(one => one.subject.includes(`mentioned you in case ${id}`)),
  )
  const source = await app.as('administrator')<string>('GET', `/api/mail/outgoing/${mail.id}/source`)
  expect(source.body).not.toContain('door')
  await app.as('receptionist')('PATCH', '/api/notifications/settings', { quietFrom: '18:00', quietTo: '08:00' })
  now = new Date('2026-11-02T20:00:00Z')
  const before = (await mails('receptionist@trial.test')).length
  await mention('At night.')
  await eventually(async () => (await told('receptionist', 'unread=true')).length > 0)
  await new Promise(resolve => setTimeout(resolve, 500))
  expect((await mails('receptionist@trial.test')).length).toBe(before)
  now = new Date('2026-11-02T10:00:00Z')
})

test('a reason can be switched off, everything can be read at once, and a case that is hidden shows nothing', async () => {
  const call = app.as('adviser')
  const settings = await call<{ reasons: Record<string, string>; version: number }>(
    'GET',
    '/api/notifications/settings',
  )
  expect(settings.body.reasons.assigned).toBe('inbox')
  const stale = await call('PATCH', '/api/notifications/settings', { reasons: { assigned: 'off' }, version: 99 })
  expect(stale.status).toBe(412)
  const wrong = await call<{ errors: { field: string }[] }>('PATCH', '/api/notifications/settings', {
    quietFrom: '25:00',
  })
  expect(wrong.body.errors[0]?.field).toBe('quietFrom')
  await call('POST', '/api/notifications/read', { all: true })
  expect((await call<{ unread: number }>('GET', '/api/notifications/count')).body.unread).toBe(0)
  const id = await open({ assigneeId: app.staffId('adviser') })
  await eventually(async () => (await told('adviser', 'unread=true')).length === 1)
  await app.as('administrator')('PATCH', `/api/cases/${id}`, { assigneeId: null, teamId: app.otherTeamId })
  expect(await told('adviser', 'unread=true')).toEqual([])
  expect((await call<{ unread: number }>('GET', '/api/notifications/count')).body.unread).toBe(0)
})
