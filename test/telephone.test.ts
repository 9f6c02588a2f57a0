import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'
import { signBytes, signForm } from './stand-ins.ts'

type Call = {
  id: number
  state: string
  caller: string | null
  mine: boolean
  person: { id: number; name: string } | null
  openCases: { id: number; subject: string }[]
}
type Line = {
  id: number
  subject: string
  channel: string
  kind: string
  status: string
  tags: string[]
  waitingSince: string | null
}

const secret = 'a secret of the telephone system'
let app: TestApp
let hookUrl = ''
let [rosa, lamp] = [0, 0]
const admin = () => app.as('administrator')

beforeAll(async () => {
  app = await startApp()
  const settings = await admin()<{ hookUrl: string; version: number; hasSecret: boolean }>(
    'GET',
    '/api/telephone/settings',
  )
  expect(settings.body.hasSecret).toBe(false)
  hookUrl = settings.body.hookUrl
  const changed = await admin()<{ hasSecret: boolean }>('PATCH', '/api/telephone/settings', {
    token: secret,
    teamId: app.teamId,
    extensions: [{ extension: '12', staffId: app.staffId('adviser') }],
    version: settings.body.version,
  })
  expect(changed.body.hasSecret).toBe(true)
  expect(JSON.stringify(changed.body)).not.toContain(secret)
  rosa = (
    await admin()<{ id: number }>('POST', '/api/people', {
      name: 'Rosa Delgado',
      identities: [{ kind: 'phone', value: '020 7946 0101' }],
    })
  ).body.id
  lamp = (
    await admin()<{ id: number }>('POST', '/api/cases', {
      subject: 'The lamp flickers',
      requester: { personId: rosa },
      message: { text: 'It flickers.' },
      teamId: app.teamId,
    })
  ).body.id
})
afterAll(() => app.close())

const report = (body: object) => admin()<{ id: number }>('POST', '/api/telephone/calls', body)
const current = async (role: 'adviser' | 'receptionist' | 'administrator') =>
  (await app.as(role)<{ items: Call[] }>('GET', '/api/telephone/calls')).body.items
const wishes = async () =>
  (await admin()<{ items: Line[] }>('GET', '/api/cases?limit=200')).body.items.filter(line =>
    line.tags.includes('call-back'),
  )
const signed = (body: object, key = secret) => {
  const text = JSON.stringify(body)
  return fetch(hookUrl, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', 'x-rapport-signature': signBytes(key, text) },
  })
}

describe('who may report a call', () => {
  test('a token with the permission, and nobody else', async () => {
    expect((await app.as('adviser')('POST', '/api/telephone/calls', { call: 'x', event: 'ringing' })).status).toBe(403)
    const made = await admin()<{ token: string }>('POST', '/api/me/tokens', {
      name: 'Exchange',
      scopes: ['telephone.report'],
    })
    const headers = { authorization: `Bearer ${made.body.token}` }
    const nobody = app.as('nobody')
    expect((await nobody('POST', '/api/telephone/calls', { call: 'scoped', event: 'missed' }, headers)).status).toBe(
      201,
    )
    expect((await nobody('GET', '/api/cases', undefined, headers)).status).toBe(403)
  })

  test('whoever signs with the shared secret, over the very bytes', async () => {
    expect((await signed({ call: 'signed', event: 'missed' })).status).toBe(202)
    expect((await signed({ call: 'forged', event: 'missed' }, 'guess')).status).toBe(403)
    expect((await fetch(hookUrl, { method: 'POST', body: '{}' })).status).toBe(403)
    expect((await fetch(`${hookUrl}0`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await signed({ call: 'odd', event: 'sang' })).status).toBe(422)
  })
})

describe('who sees a call', () => {
  test('everybody who logs contacts, with the person and what is open; told live', async () => {
    const response = await fetch(`${app.url}/api/live`, {
      headers: { authorization: `Bearer ${app.token('receptionist')}` },
    })
    const reader = response.body?.getReader()
    const { body } = await report({ call: 'c1', event: 'ringing', from: '+44 20 7946 0101', to: '+442079460000' })
    let told = ''
    await eventually(async () => {
      told += new TextDecoder().decode((await reader?.read())?.value)
      return told.includes(`"kind":"call","id":${body.id}`)
    })
    expect(told).not.toContain('7946')
    await reader?.cancel()
    for (const role of ['adviser', 'receptionist'] as const)
      expect(await current(role)).toMatchObject([
        {
          id: body.id,
          state: 'ringing',
          mine: false,
          person: { id: rosa, name: 'Rosa Delgado' },
          openCases: [{ id: lamp }],
        },
      ])
    expect((await app.as('auditor')('GET', '/api/telephone/calls')).status).toBe(403)
  })

  test('whoever answers has it; it ends, and leaves the screen when it is logged or dismissed', async () => {
    await report({ call: 'c1', event: 'answered', extension: '12' })
    expect(await current('receptionist')).toEqual([])
    const [mine] = await current('adviser')
    expect(mine).toMatchObject({ state: 'answered', mine: true })
    await report({ call: 'c1', event: 'ended' })
    await report({ call: 'c1', event: 'ringing' })
    await report({ call: 'c1', event: 'missed' })
    expect((await current('adviser'))[0]?.state).toBe('ended')
    expect((await app.as('receptionist')('POST', `/api/telephone/calls/${mine?.id}/dismiss`)).status).toBe(404)
    expect((await app.as('adviser')('POST', `/api/telephone/calls/${mine?.id}/logged`, { caseId: lamp })).status).toBe(
      200,
    )
    expect(await current('adviser')).toEqual([])
    expect(await wishes()).toEqual([])
  })

  test('a call at an extension is its colleague’s alone, and each dismisses for themselves', async () => {
    await report({ call: 'c2', event: 'ringing', from: '020 7946 0102', extension: '12' })
    expect(await current('receptionist')).toEqual([])
    expect(await current('adviser')).toMatchObject([{ mine: true, person: null, caller: '020 7946 0102' }])
    await report({ call: 'c3', event: 'ringing', from: 'anonymous' })
    const [withheld] = await current('receptionist')
    expect(withheld).toMatchObject({ caller: null, person: null })
    await app.as('receptionist')('POST', `/api/telephone/calls/${withheld?.id}/dismiss`)
    expect(await current('receptionist')).toEqual([])
    expect((await current('adviser')).map(call => call.id)).toContain(withheld?.id)
  })
})

describe('a missed call', () => {
  test('becomes one call-back while it is open, however often they ring and however it is told', async () => {
    await Promise.all(['m1', 'm2'].map(call => report({ call, event: 'ringing', from: '020 7946 0101' })))
    await Promise.all(['m1', 'm2', 'm1'].map(call => report({ call, event: 'missed' })))
    const [wish, ...more] = await wishes()
    expect(more).toEqual([])
    expect(wish).toMatchObject({ kind: 'request', channel: 'phone', status: 'new', subject: 'Call back Rosa Delgado' })
    expect(wish?.waitingSince).toEqual(expect.any(String))
    const messages = await admin()<{ items: { text: string }[] }>('GET', `/api/cases/${wish?.id}/messages`)
    expect(messages.body.items).toHaveLength(2)
    await admin()('PATCH', `/api/cases/${wish?.id}`, { status: 'solved' })
    await report({ call: 'm3', event: 'ended', from: '020 7946 0101' })
    expect((await wishes()).filter(line => line.status === 'new')).toHaveLength(1)
  })

  test('of somebody unknown makes them known once; withheld, it is nobody to call back', async () => {
    const before = (await wishes()).length
    await report({ call: 'u1', event: 'missed', from: '+44 7700 900123' })
    await report({ call: 'u2', event: 'missed', from: '07700900123' })
    await report({ call: 'u3', event: 'missed', from: 'Restricted' })
    expect(await wishes()).toHaveLength(before + 1)
    const found = await admin()<{ items: unknown[] }>('GET', '/api/people?q=07700900123')
    expect(found.body.items).toHaveLength(1)
  })

  test('of a number that several share makes nobody of the number, and the card says whose it is', async () => {
    const phone = { kind: 'phone', value: '020 7946 0177' }
    const add = async (name: string) =>
      (await admin()<{ id: number }>('POST', '/api/people', { name, identities: [phone] })).body.id
    const [ada, ben] = [await add('Ada Shared'), await add('Ben Shared')]
    await admin()('POST', '/api/cases', {
      subject: 'Of Ben',
      requester: { personId: ben },
      message: { text: 'Hello.' },
    })
    await report({ call: 's1', event: 'ringing', from: '+442079460177' })
    const names = [
      { id: ada, name: 'Ada Shared' },
      { id: ben, name: 'Ben Shared' },
    ]
    expect((await current('receptionist'))[0]).toMatchObject({ person: null, alsoWith: names })
    await report({ call: 's1', event: 'missed' })
    await report({ call: 's2', event: 'missed', from: '+442079460177' })
    const wish = (await wishes()).find(line => line.subject === 'Call back +442079460177')
    const kase = await admin()<{ person: { id: number } }>('GET', `/api/cases/${wish?.id}`)
    expect(kase.body.person.id).toBe(ben)
    const said = await admin()<{ items: { text: string }[] }>('GET', `/api/cases/${wish?.id}/messages`)
    expect(said.body.items).toHaveLength(2)
    expect(said.body.items[0]?.text).toContain('The number is that of Ben Shared, Ada Shared.')
    const found = await admin()<{ items: unknown[] }>('GET', '/api/people?q=02079460177')
    expect(found.body.items).toHaveLength(2)
    await report({ call: 's3', event: 'ringing', from: '+442079460177' })
    expect((await current('receptionist'))[0]).toMatchObject({ person: null, alsoWith: names })
  })

  test('Twilio’s status callbacks say the same in its own words', async () => {
    const before = (await wishes()).length
    const tell = (form: Record<string, string>, key = secret) =>
      fetch(hookUrl, {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': signForm(key, hookUrl, form),
        },
      })
    const call = { CallSid: 'CA1', From: '+447700900200', To: '+442079460000', Direction: 'inbound' }
    expect((await tell({ ...call, CallStatus: 'ringing' }, 'guess')).status).toBe(403)
    expect((await tell({ ...call, CallStatus: 'ringing' })).status).toBe(200)
    expect((await current('receptionist')).map(one => one.caller)).toContain('+447700900200')
    expect((await tell({ ...call, CallStatus: 'completed' })).status).toBe(200)
    expect(await wishes()).toHaveLength(before)
    expect((await tell({ ...call, CallSid: 'CA2', CallStatus: 'no-answer' })).status).toBe(200)
    expect(await wishes()).toHaveLength(before + 1)
  })
})
