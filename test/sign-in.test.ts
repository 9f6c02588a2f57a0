import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminPassword, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

const post = (path: string, body: object, cookie = '') =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: app.url, ...(cookie ? { cookie } : {}) },
  })
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
const signIn = async (email: string, password = adminPassword) => {
  const response = await post('/api/auth/sign-in/email', { email, password })
  return {
    status: response.status,
    headers: response.headers,
    cookie: cookiesOf(response),
    body: (await response.json()) as { twoFactorRedirect?: boolean; message?: string },
  }
}
const me = (cookie: string) => fetch(`${app.url}/api/me`, { headers: { cookie } })

/** RFC 6238 with SHA-1, six digits, thirty seconds. */
const totp = (secret: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret)
    .map(c => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('a password opens the door, is stored as argon2id only, and the sign-in is on record', async () => {
  const { status, cookie } = await signIn('adviser@trial.test')
  expect(status).toBe(200)
  expect(await (await me(cookie)).json()).toMatchObject({ email: 'adviser@trial.test', role: { key: 'adviser' } })
  const { rows } = await app.program.kernel.database.owner.query<{ password: string }>(
    'select password from auth.account',
  )
  for (const row of rows) expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const trail = await app.as('auditor')<{ items: { sentence: string; actor: string }[] }>(
    'GET',
    '/api/events?type=staff.signed_in',
  )
  expect(trail.body.items.length).toBeGreaterThan(0)
})

test('nobody can make an account by themselves', async () => {
  expect(
    (await post('/api/auth/sign-up/email', { email: 'x@example.org', password: adminPassword, name: 'X' })).status,
  ).toBe(404)
})

test('a wrong password and an unknown address sound the same, and too many attempts are stopped per account', async () => {
  const wrong = await signIn('driver@trial.test', 'not the password')
  const unknown = await signIn('nobody@trial.test', 'not the password')
  expect([wrong.status, wrong.body.message]).toEqual([unknown.status, unknown.body.message])
  for (let i = 0; i < 9; i++) await signIn('driver@trial.test', 'not the password')
  const stopped = await signIn('driver@trial.test')
  expect(stopped.status).toBe(429)
  expect(stopped.headers.get('retry-after')).toBe('900')
  expect((await signIn('auditor@trial.test')).status).toBe(200)
})

test('a whole office comes in of a morning through one address', async () => {
  const answers = new Set<number>()
  for (let i = 0; i < 70; i++) answers.add((await signIn('auditor@trial.test')).status)
  expect([...answers]).toEqual([200])
})

test('a second factor is asked for once it is set up, and a backup code works once', async () => {
  const { cookie } = await signIn('supervisor@trial.test')
  const enabled = (await (await post('/api/auth/two-factor/enable', { password: adminPassword }, cookie)).json()) as {
    totpURI: string
    backupCodes: string[]
  }
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  const verified = await post('/api/auth/two-factor/verify-totp', { code: totp(secret) }, cookie)
  expect(verified.status).toBe(200)
  const again = await signIn('supervisor@trial.test')
  expect(again.body.twoFactorRedirect).toBe(true)
  expect((await me(again.cookie)).status).toBe(401)
  expect((await post('/api/auth/two-factor/verify-totp', { code: '000000' }, again.cookie)).status).toBe(401)
  const inside = await post('/api/auth/two-factor/verify-totp', { code: totp(secret) }, again.cookie)
  expect((await me(cookiesOf(inside))).status).toBe(200)
  const third = await signIn('supervisor@trial.test')
  const code = enabled.backupCodes[0]
  expect((await post('/api/auth/two-factor/verify-backup-code', { code }, third.cookie)).status).toBe(200)
  const fourth = await signIn('supervisor@trial.test')
  expect((await post('/api/auth/two-factor/verify-backup-code', { code }, fourth.cookie)).status).toBe(401)
})

test('whoever leaves is out at once: session, token and sign-in', async () => {
  const { cookie } = await signIn('receptionist@trial.test')
  expect((await me(cookie)).status).toBe(200)
  const ended = await app.as('administrator')('PATCH', `/api/staff/${app.staffId('receptionist')}`, { ended: true })
  expect(ended.status).toBe(200)
  expect((await me(cookie)).status).toBe(401)
  expect((await app.as('receptionist')('GET', '/api/me')).status).toBe(401)
  const again = await signIn('receptionist@trial.test')
  expect((await me(again.cookie)).status).toBe(401)
})

test('sessions are listed and ended one by one', async () => {
  const [here, there] = [await signIn('account_manager@trial.test'), await signIn('account_manager@trial.test')]
  const sessions = (await (await fetch(`${app.url}/api/me/sessions`, { headers: { cookie: here.cookie } })).json()) as {
    items: { id: string; current: boolean }[]
  }
  expect(sessions.items.filter(session => session.current)).toHaveLength(1)
  const other = sessions.items.find(session => !session.current)
  const gone = await fetch(`${app.url}/api/me/sessions/${other?.id}`, {
    method: 'DELETE',
    headers: { cookie: here.cookie, origin: app.url },
  })
  expect(gone.status).toBe(200)
  expect((await me(there.cookie)).status).toBe(401)
  expect((await me(here.cookie)).status).toBe(200)
})

test('live streams end with the session or token, and with every change of what somebody may see', async () => {
  const admin = app.as('administrator')
  const listen = async (headers: Record<string, string>) => {
    const response = await fetch(`${app.url}/api/live`, { headers })
    expect(response.status).toBe(200)
    let ended = false
    void response.text().then(() => {
      ended = true
    })
    return () => ended
  }
  const bearer = { authorization: `Bearer ${app.token('line_manager')}` }
  const id = app.staffId('line_manager')
  const { cookie } = await signIn('line_manager@trial.test')
  const made = await app.as('line_manager')<{ id: number; token: string }>('POST', '/api/me/tokens', { name: 'x' })
  const bystander = await listen({ authorization: `Bearer ${app.token('auditor')}` })

  const bySession = await listen({ cookie })
  const headers = { cookie: (await signIn('line_manager@trial.test')).cookie, origin: app.url }
  const sessions = (await (await fetch(`${app.url}/api/me/sessions`, { headers })).json()) as {
    items: { id: string; current: boolean }[]
  }
  for (const session of sessions.items.filter(one => !one.current))
    await fetch(`${app.url}/api/me/sessions/${session.id}`, { method: 'DELETE', headers })
  await expect.poll(bySession).toBe(true)

  const byToken = await listen({ authorization: `Bearer ${made.body.token}` })
  await app.as('line_manager')('DELETE', `/api/me/tokens/${made.body.id}`)
  await expect.poll(byToken).toBe(true)

  const moved = await listen(bearer)
  await admin('PATCH', `/api/staff/${id}`, { teamIds: [app.otherTeamId] })
  await expect.poll(moved).toBe(true)
  expect(bystander()).toBe(false)

  const role = (
    await admin<{ items: { id: number; key: string; permissions: string[] }[] }>('GET', '/api/roles')
  ).body.items.find(one => one.key === 'line_manager')
  const changed = await listen(bearer)
  await admin('PATCH', `/api/roles/${role?.id}`, { permissions: role?.permissions.slice(1) })
  await expect.poll(changed).toBe(true)
})

test('who has left is told so when the password is right, and gets no session', async () => {
  await app.as('administrator')('PATCH', `/api/staff/${app.staffId('mystery_shopper')}`, { ended: true })
  const { status, body, cookie } = await signIn('mystery_shopper@trial.test')
  expect([status, body.message]).toEqual([403, 'Your access has ended. Ask an administrator.'])
  expect((await me(cookie)).status).toBe(401)
})

test('a token whose scopes its maker has lost makes no other', async () => {
  const scoped = await app.as('supervisor')<{ token: string }>('POST', '/api/me/tokens', {
    name: 'narrow',
    scopes: ['case.assign'],
  })
  const admin = app.as('administrator')
  const { body } = await admin<{ items: { id: number; key: string; permissions: string[] }[] }>('GET', '/api/roles')
  const role = body.items.find(one => one.key === 'supervisor')
  const permissions = role?.permissions ?? []
  const less = permissions.filter(permission => permission !== 'case.assign')
  expect((await admin('PATCH', `/api/roles/${role?.id}`, { permissions: less })).status).toBe(200)
  const response = await fetch(`${app.url}/api/me/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scoped.body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'wide', scopes: [] }),
  })
  expect(response.status).toBe(403)
  await admin('PATCH', `/api/roles/${role?.id}`, { permissions })
})

test('a token can do at most what its maker can, within its scopes, until it is revoked', async () => {
  const made = await app.as('adviser')<{ id: number; token: string }>('POST', '/api/me/tokens', {
    name: 'reader',
    scopes: ['case.read'],
  })
  expect(made.status).toBe(201)
  const as = (method: string, path: string, body?: object) =>
    fetch(`${app.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${made.body.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  expect((await as('GET', '/api/cases')).status).toBe(200)
  expect((await as('POST', '/api/cases', {})).status).toBe(403)
  expect((await app.as('adviser')('POST', '/api/me/tokens', { name: 'more', scopes: ['staff.edit'] })).status).toBe(422)
  await app.as('adviser')('DELETE', `/api/me/tokens/${made.body.id}`)
  expect((await as('GET', '/api/cases')).status).toBe(401)
})

test('the last one who can give access cannot give it up', async () => {
  const staff = await app.as('administrator')<{ items: { id: number }[] }>('GET', '/api/staff')
  expect(staff.status).toBe(200)
  expect(
    (await app.as('administrator')('PATCH', `/api/staff/${app.staffId('administrator')}`, { ended: true })).status,
  ).toBe(409)
  const roles = await app.as('administrator')<{ items: { id: number; key: string }[] }>('GET', '/api/roles')
  const adviser = roles.body.items.find(role => role.key === 'adviser')?.id
  expect(
    (await app.as('administrator')('PATCH', `/api/staff/${app.staffId('administrator')}`, { roleId: adviser })).status,
  ).toBe(409)
})

test('setting up works once', async () => {
  const again = await post('/api/setup', {
    organisation: 'Second',
    name: 'Eve',
    email: 'eve@example.org',
    password: adminPassword,
  })
  expect(again.status).toBe(409)
})
