import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Problem = { code: string; detail: string; errors?: { field: string; message: string }[] }

const valid = {
  subject: 'Kettle leaks',
  requester: { name: 'Ann', email: 'ann@example.org' },
  message: { text: 'It drips.' },
}
const send = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.token('adviser')}`, 'content-type': 'application/json', ...headers },
    body,
  })
const refused = async (body: string) => {
  const response = await send(body)
  return { status: response.status, text: await response.text() }
}

test('kinds and channels are understood as people write them', async () => {
  const ask = app.as('adviser')
  for (const [kind, kept] of [
    ['order problem', 'order_problem'],
    ['Delivery-Problem', 'delivery_problem'],
    ['fault', 'fault'],
  ])
    for (const [channel, keptChannel] of [
      ['e-mail', 'email'],
      ['web form', 'web_form'],
      ['face to face', 'face_to_face'],
      ['text message', 'text_message'],
    ]) {
      const made = await ask<{ id: number }>('POST', '/api/cases', { ...valid, kind, channel })
      expect(made.status).toBe(201)
      const { body } = await ask('GET', `/api/cases/${made.body.id}`)
      expect(body).toMatchObject({ kind: kept, channel: keptChannel })
    }
  expect((await ask('POST', '/api/cases', { ...valid, kind: 'order  trouble' })).status).toBe(422)
})

test('what is wrong is said in words, at the field, without the words of the machinery', async () => {
  const { body } = await app.as('adviser')<Problem>('POST', '/api/cases', {
    subject: 5,
    kind: 'wish',
    requester: { name: 1 },
    message: {},
    tags: 'x',
    colour: 'red',
  })
  expect(Object.fromEntries((body.errors ?? []).map(({ field, message }) => [field, message]))).toMatchObject({
    subject: 'must be text',
    kind: expect.stringMatching(/^must be one of "enquiry", /),
    'requester.name': 'must be text',
    'message.text': 'is missing',
    tags: 'must be a list',
    colour: 'There is no such field',
  })
  for (const query of ['limit=-1', 'limit=0', 'limit=abc', 'limit=1.5', 'limit=1e9', 'cursor=zzz']) {
    const page = await app.as('adviser')<Problem>('GET', `/api/cases?${query}`)
    expect([query, page.status, page.body.errors?.[0]?.field]).toEqual([query, 422, query.split('=')[0]])
    expect(page.body.detail).not.toMatch(/NaN|Invalid input|expected/)
  }
})

test('a number is digits: what a language would also take for one is refused, naming the field', async () => {
  const made = await app.as('adviser')<{ id: number }>('POST', '/api/cases', valid)
  const id = made.body.id
  expect((await app.as('adviser')('GET', `/api/cases/${id}`)).status).toBe(200)
  for (const spelling of [
    `0x${id.toString(16)}`,
    `${id / 1000}e3`,
    `${id}.0`,
    `+${id}`,
    ` ${id}`,
    '-1',
    '0',
    '9'.repeat(17),
  ]) {
    const { status, body } = await app.as('adviser')<Problem>('GET', `/api/cases/${encodeURIComponent(spelling)}`)
    expect([spelling, status, body.errors?.[0]?.field]).toEqual([spelling, 422, 'id'])
  }
  for (const teamId of [true, [app.teamId], `0x${app.teamId}`, '']) {
    const { status, body } = await app.as('adviser')<Problem>('POST', '/api/cases', { ...valid, teamId })
    expect([teamId, status, body.errors?.[0]?.field]).toEqual([teamId, 422, 'teamId'])
  }
  for (const path of [`/api/cases/${id}/messages`, '/api/search?q=kettle', '/api/cases']) {
    const asked = (limit: string) =>
      app.as('adviser')<Problem>('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${limit}`)
    expect((await asked('2')).status, path).toBe(200)
    for (const limit of ['0x2', '2e0', '+2', '%202', 'true']) {
      const { status, body } = await asked(limit)
      expect([path, limit, status, body.errors?.[0]?.field]).toEqual([path, limit, 422, 'limit'])
    }
  }
})

test('a body that is no JSON is refused without being quoted, however it is broken', async () => {
  const number = '4242424242424242'
  for (const body of [`{"subject":x${number}}`, `${number}x`, `{"a":"${number}" b}`, `{"a":${number}`]) {
    const { status, text } = await refused(body)
    expect(status).toBe(422)
    expect(text).not.toContain(number.slice(0, 8))
  }
  expect(await refused(`{"subject":${'['.repeat(100_000)}`)).toMatchObject({ status: 422 })
  const path = await app.as('adviser')<Problem>('GET', `/api/cases/${number}%zz`)
  expect(path.status).toBe(400)
  expect(path.headers.get('content-security-policy')).toBe("default-src 'none'")
  expect(path.headers.get('x-content-type-options')).toBe('nosniff')
  expect(JSON.stringify(path.body)).not.toContain(number)
})

test('who sends ten megabytes is heard out, so that the answer arrives, each time', async () => {
  const body = JSON.stringify({ ...valid, subject: 'x'.repeat(10_000_000) })
  for (let i = 0; i < 10; i++) {
    const response = await send(body)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'too_large' })
  }
})

test('a change that says which version it saw is stopped when that is none of ours', async () => {
  const ask = app.as('adviser')
  const { body } = await ask<{ id: number }>('POST', '/api/cases', valid)
  const change = (ifMatch: string) => ask('PATCH', `/api/cases/${body.id}`, { subject: 'New' }, { 'if-match': ifMatch })
  for (const tag of ['garbage', '"7-abc"', '"v1", "v2"', '"v99"']) expect((await change(tag)).status).toBe(412)
  expect((await change('"v1"')).status).toBe(200)
  expect((await change('*')).status).toBe(200)
  expect((await change('W/"v2"')).status).toBe(200)
})

test('a session cookie that is nonsense is no session, and no fault of ours', async () => {
  for (const value of ['%zz', '%00', '%E0%A4%A', "'; select 1", 'a'.repeat(3000), ''])
    expect(
      (await fetch(`${app.url}/api/me`, { headers: { cookie: `better-auth.session_token=${value}` } })).status,
    ).toBe(401)
})

test('the first page answers to HEAD like to GET', async () => {
  const status = async (method: string) => (await fetch(`${app.url}/queue`, { method })).status
  expect(await status('HEAD')).toBe(await status('GET'))
})

test('what is no readable request gets a problem too', async () => {
  const sent = async (bytes: string) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    socket.end(bytes)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    expect(head).toContain('content-type: application/problem+json')
    return { status: Number(head.split(' ')[1]), ...(JSON.parse(body) as Problem) }
  }
  const long = 'x'.repeat(20_000)
  expect(await sent(`GET / HTTP/1.1\r\nhost: a\r\nx-long: ${long}\r\n\r\n`)).toMatchObject({
    status: 431,
    code: 'too_large',
  })
  expect(await sent('no HTTP at all\r\n\r\n')).toMatchObject({ status: 400, code: 'unreadable' })
})
