import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now, env: { MAIL_ADDRESS: 'help@trial.test' } })
})
afterAll(() => app.close())

type Answer = { status: number; text: string; headers: Headers }

const get = async (path: string, cookie = ''): Promise<Answer> => {
  const response = await fetch(`${app.url}${path}`, { redirect: 'manual', headers: cookie ? { cookie } : {} })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const post = async (
  path: string,
  fields: Record<string, string | File>,
  cookie = '',
  headers = {},
): Promise<Answer> => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const response = await fetch(`${app.url}${path}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { ...(cookie ? { cookie } : {}), ...headers },
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const stamp = async () => /name="stamp" value="([^"]+)"/.exec((await get('/help')).text)?.[1] ?? ''

const write = async (more: Record<string, string | File> = {}) => {
  const given = await stamp()
  now = new Date(now.getTime() + 5000)
  return post('/help', {
    name: 'Nora Quill',
    email: 'nora@example.org',
    kind: 'fault',
    subject: 'Kettle leaks',
    text: 'Water on the table.',
    stamp: given,
    ...more,
  })
}

type Kept = { items: { id: number; kind: string; subject: string; recipients: string[]; caseId: number | null }[] }

/** What was mailed, as an administrator reads it: without an outgoing server mail is kept. */
const mailTo = (address: string, kind: string, after = 0) =>
  eventually(async () => {
    const { items } = (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=50')).body
    const found = items.find(one => one.kind === kind && one.recipients.includes(address) && one.id > after)
    if (!found) return null
    const source = await app.as('administrator')<string>('GET', `/api/mail/outgoing/${found.id}/source`)
    return {
      id: found.id,
      caseId: found.caseId,
      subject: found.subject,
      text: source.body.replace(/=\r?\n/g, '').replace(/=3D/g, '='),
    }
  })

const newest = async () =>
  (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=1')).body.items[0]?.id ?? 0

const signedIn = async (email: string): Promise<string> => {
  const before = await newest()
  await post('/help/code', { email })
  const mail = await mailTo(email, 'sign_in', before)
  const code = /(\d{6})/.exec(mail.subject)?.[1] ?? ''
  const entered = await post('/help/sign-in', { email, code })
  expect(entered.status).toBe(303)
  return (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

describe('the public form', () => {
  test('opens a case with files, and an acknowledgement brings the link to it', async () => {
    const file = new File(['a receipt'], 'receipt.txt', { type: 'text/plain' })
    const sent = await write({ files: file })
    expect(sent.status).toBe(201)
    const mail = await mailTo('nora@example.org', 'acknowledgement')
    const link = new URL(/https?:\S+\/k\/\S+/.exec(mail.text)?.[0] ?? '')
    const page = await get(link.pathname)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Kettle leaks')
    expect(page.text).toContain('receipt.txt')
    const path = /href="([^"]+\/files\/\d+)"/.exec(page.text)?.[1] ?? ''
    expect((await get(path)).text).toBe('a receipt')
    const answered = await post(link.pathname, { text: 'It leaks more now.' })
    expect(answered.status).toBe(303)
    const kase = await app.as('administrator')<{ items: { text: string; channel: string }[] }>(
      'GET',
      `/api/cases/${mail.caseId}/messages`,
    )
    expect(kase.body.items.map(one => one.text)).toEqual(['Water on the table.', 'It leaks more now.'])
    expect(kase.body.items[1]?.channel).toBe('portal')
  })

  test('says what is missing beside the field, and keeps what was typed', async () => {
    const sent = await write({ email: 'not an address', subject: ' ' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('aria-invalid="true"')
    expect(sent.text).toContain('Water on the table.')
    expect(sent.text).toContain('Please give an e-mail address')
  })

  test('nobody’s mailbox is filled by it: an eleventh acknowledgement within an hour is not sent, and the case says so', async () => {
    for (let n = 1; n <= 11; n++)
      expect((await write({ email: 'Victim@example.org', subject: `Prank ${n}` })).status).toBe(201)
    const silenced = await eventually(async () => {
      const { items } = (await app.as('administrator')<{ items: { id: number }[] }>('GET', '/api/cases?limit=11')).body
      for (const { id } of items) {
        const { body } = await app.as('administrator')<{ items: { type: string; sentence: string }[] }>(
          'GET',
          `/api/cases/${id}/timeline`,
        )
        const found = body.items.find(one => one.type === 'mail.silenced')
        if (found) return found
      }
      return null
    })
    expect(silenced.sentence).toContain('Victim@example.org had ten automatic answers within an hour')
    const { items } = (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=50')).body
    expect(items.filter(one => one.recipients.includes('Victim@example.org'))).toHaveLength(10)
  })

  test('keeps what was typed also when a file is too large or the text too long, and cuts nothing off', async () => {
    const file = new File([new Uint8Array(10_485_761)], 'film.mp4', { type: 'video/mp4' })
    const large = await write({ files: file })
    expect(large.status).toBe(422)
    expect(large.text).toContain('Water on the table.')
    expect(large.text).toContain('id="files-error"')
    const long = await write({ text: 'x'.repeat(50_001) })
    expect(long.status).toBe(422)
    expect(long.text).toContain('at most 50000 characters')
    expect(long.text).toContain('x'.repeat(50_001))
  })

  test('the same form sent twice, by a second click or by loading the answer anew, is one case', async () => {
    const given = await stamp()
    now = new Date(now.getTime() + 5000)
    const form = { name: 'Dora Click', email: 'dora@example.org', kind: 'fault', subject: 'Twice', text: 'Once.' }
    const numberOf = ({ status, text }: Answer) => [status, /number (\d+)/.exec(text)?.[1]]
    const both = await Promise.all([post('/help', { ...form, stamp: given }), post('/help', { ...form, stamp: given })])
    const again = await post('/help', { ...form, stamp: given })
    expect(numberOf(both[0])).toEqual(numberOf(both[1]))
    expect(numberOf(again)).toEqual(numberOf(both[0]))
    expect(again.status).toBe(201)
    // Other words are another message, also where somebody went back to write them.
    const other = await post('/help', { ...form, text: 'Something else.', stamp: given })
    expect(numberOf(other)[1]).not.toBe(numberOf(again)[1])
    const mail = await mailTo('dora@example.org', 'acknowledgement')
    const { pathname } = new URL(/https?:\S+\/k\/\S+/.exec(mail.text)?.[0] ?? '')
    const more = {
      text: 'And more.',
      stamp: /name="stamp" value="([^"]+)"/.exec((await get(pathname)).text)?.[1] ?? '',
    }
    for (let i = 0; i < 2; i++) expect((await post(pathname, more)).status).toBe(303)
    expect((await get(pathname)).text.match(/And more\./g)).toHaveLength(1)
  })

  test('turns robots and other sites away, and leaves no card number', async () => {
    expect((await write({ website: 'https://spam.example' })).status).toBe(422)
    expect((await write({ stamp: 'never.signed' })).status).toBe(422)
    const given = await stamp()
    now = new Date(now.getTime() + 5000)
    const foreign = await post(
      '/help',
      { name: 'A', email: 'a@example.org', kind: 'fault', subject: 'x', text: 'y', stamp: given },
      '',
      {
        origin: 'https://elsewhere.example',
      },
    )
    expect(foreign.status).toBe(422)
    await write({ subject: 'My card', text: 'It is 4242 4242 4242 4242, thanks.' })
    const found = await app.as('administrator')<{ items: { preview: string; subject: string }[] }>(
      'GET',
      '/api/cases?limit=5',
    )
    expect(found.body.items.find(one => one.subject === 'My card')?.preview).not.toContain('4242 4242')
  })

  test('what a visitor types cannot become markup', async () => {
    const sent = await write({ subject: '"><script>alert(1)</script>', name: '' })
    expect(sent.text).not.toContain('<script>alert')
  })
})

/** Last: whoever asks from here is put off for a minute afterwards. */
const putOff = () =>
  test('whoever asks too often is told so on a page, and when to come again', async () => {
    let last = await get('/help')
    for (let i = 0; i < 70 && last.status === 200; i++) last = await get('/help')
    expect(last.status).toBe(429)
    expect(last.headers.get('content-type')).toContain('text/html')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(last.text).toContain('Please wait a minute')
    const codes = () => app.as('nobody')('POST', '/api/portal/codes', { email: 'nora@example.org' })
    let code = await codes()
    for (let i = 0; i < 6 && code.status === 200; i++) code = await codes()
    expect(code.status).toBe(429)
    expect(code.headers.get('retry-after')).toBe('3600')
  })

describe('a customer without an account', () => {
  test('signs in by a code, sees own cases and no notes, and says what they need', async () => {
    const { id } = (
      await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
        subject: 'Blue chair',
        channel: 'phone',
        requester: { name: 'Otto Bell', email: 'otto@example.org' },
        message: { text: 'The chair wobbles.' },
        teamId: app.teamId,
      })
    ).body
    await app.as('adviser')('POST', `/api/cases/${id}/messages`, { kind: 'note', text: 'Difficult customer.' })
    const cookie = await signedIn('otto@example.org')
    expect((await get('/help/cases', cookie)).text).toContain('Blue chair')
    const page = await get(`/help/cases/${id}`, cookie)
    expect(page.text).toContain('The chair wobbles.')
    expect(page.text).toContain('as we wrote it down')
    expect(page.text).not.toContain('Difficult customer')
    expect((await post(`/help/cases/${id}/withdraw`, {}, cookie)).status).toBe(303)
    expect((await app.as('adviser')<{ status: string }>('GET', `/api/cases/${id}`)).body.status).toBe('closed')
    expect((await post(`/help/cases/${id}`, { text: 'It wobbles again.' }, cookie)).status).toBe(303)
    const again = await app.as('adviser')<{ status: string; reopened: number }>('GET', `/api/cases/${id}`)
    expect(again.body).toMatchObject({ status: 'open', reopened: 1 })
    await app.as('adviser')('PATCH', `/api/cases/${id}`, { status: 'solved' })
    expect((await get(`/help/cases/${id}`, cookie)).text).toContain('Was your need met?')
    await post(`/help/cases/${id}/met`, { met: 'partly', remark: 'One leg.' }, cookie)
    expect(
      (await app.as('adviser')<{ needMet: string; status: string }>('GET', `/api/cases/${id}`)).body,
    ).toMatchObject({
      needMet: 'partly',
      status: 'open',
    })
  })

  test('a case of somebody else does not exist, by address, by link or by file', async () => {
    const cookie = await signedIn('otto@example.org')
    const others = await app.as('administrator')<{ items: { id: number; requester: { name: string } }[] }>(
      'GET',
      '/api/cases?limit=200',
    )
    const foreign = others.body.items.find(one => one.requester.name === 'Nora Quill')?.id
    for (const path of [
      `/help/cases/${foreign}`,
      `/help/cases/${foreign}/files/1`,
      '/help/cases/999999',
      '/help/cases/0x3e9',
      '/k/1.1.forged',
    ])
      expect((await get(path, cookie)).status, path).toBe(404)
    expect((await post(`/help/cases/${foreign}`, { text: 'Me too' }, cookie)).status).toBe(404)
  })

  test('reads on to the oldest of many cases, on the pages and over the API', async () => {
    const open = (subject: string) =>
      app.as('adviser')<{ id: number }>('POST', '/api/cases', {
        subject,
        channel: 'phone',
        requester: { name: 'Many Cases', email: 'many@example.org' },
        message: { text: 'Another one.' },
        teamId: app.teamId,
      })
    await open('The very first')
    now = new Date(now.getTime() + 1000)
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 10 }, (_, at) => open(`Number ${i}-${at}`)))
    const cookie = await signedIn('many@example.org')
    const first = await get('/help/cases', cookie)
    expect(first.text).not.toContain('The very first')
    const older = /href="(\/help\/cases\?cursor=[\w-]+)"/.exec(first.text)?.[1] ?? ''
    const last = await get(older, cookie)
    expect(last.text).toContain('The very first')
    expect(last.text).not.toContain('Older cases')
    expect((await get('/help/cases?cursor=nonsense', cookie)).status).toBe(303)
    const headers = { 'x-portal-session': cookie.split('=')[1] ?? '' }
    type Page = { items: { subject: string }[]; next: string | null }
    const page = (await app.as('nobody')<Page>('GET', '/api/portal/cases', undefined, headers)).body
    const rest = await app.as('nobody')<Page>('GET', `/api/portal/cases?cursor=${page.next}`, undefined, headers)
    expect([page.items.length, rest.body.items.map(one => one.subject), rest.body.next]).toEqual([
      100,
      ['The very first'],
      null,
    ])
  })

  test('a code is good once, for five tries, and nobody learns which addresses are known', async () => {
    const unknown = await post('/help/code', { email: 'nobody@example.org' })
    const known = await post('/help/code', { email: 'nora@example.org' })
    const same = (page: Answer) => page.text.replaceAll('nobody@example.org', 'nora@example.org')
    expect(same(unknown)).toBe(same(known))
    for (let i = 0; i < 5; i++)
      expect((await post('/help/sign-in', { email: 'nora@example.org', code: '000000' })).status).toBe(422)
    const mail = await mailTo('nora@example.org', 'sign_in')
    const code = /(\d{6})/.exec(mail.subject)?.[1] ?? ''
    expect((await post('/help/sign-in', { email: 'nora@example.org', code })).status).toBe(422)
  })

  test('members of an organisation that shares its cases read each other’s, but do not write in them', async () => {
    const admin = app.as('administrator')
    const group = await admin<{ id: number }>('POST', '/api/groups', {
      kind: 'organisation',
      name: 'Quay Ltd',
      domains: ['quay.example'],
      membersSeeEachOther: true,
    })
    expect(group.status).toBe(201)
    const openFor = async (name: string, confidential = false) =>
      (
        await admin<{ id: number }>('POST', '/api/cases', {
          subject: `${name} asks`,
          requester: { name, email: `${name.toLowerCase()}@quay.example` },
          message: { text: 'Hello.' },
          confidential,
        })
      ).body.id
    await openFor('Pat')
    const [shared, secret] = [await openFor('Quin'), await openFor('Quin', true)]
    const cookie = await signedIn('pat@quay.example')
    const page = await get(`/help/cases/${shared}`, cookie)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Only those who take part can write')
    expect((await get(`/help/cases/${secret}`, cookie)).status).toBe(404)
    expect((await post(`/help/cases/${shared}`, { text: 'I push in' }, cookie)).status).toBe(422)
  })
})

describe('for programs', () => {
  test('the same is done over the API with a session', async () => {
    const nobody = app.as('nobody')
    const front = await nobody<{ open: boolean; kinds: string[] }>('GET', '/api/portal')
    expect(front.body).toMatchObject({ open: true })
    const made = await nobody<{ number: number }>('POST', '/api/portal/cases', {
      name: 'Rae',
      email: 'rae@example.org',
      subject: 'A program asks',
      text: 'Hello.',
    })
    expect(made.status).toBe(201)
    await nobody('POST', '/api/portal/codes', { email: 'rae@example.org' })
    const mail = await mailTo('rae@example.org', 'sign_in')
    const code = /(\d{6})/.exec(mail.subject)?.[1] ?? ''
    const session = await nobody<{ session: string }>('POST', '/api/portal/sessions', {
      email: 'rae@example.org',
      code,
    })
    const headers = { 'x-portal-session': session.body.session }
    const mine = await nobody<{ items: { id: number }[] }>('GET', '/api/portal/cases', undefined, headers)
    expect(mine.body.items.map(one => one.id)).toEqual([made.body.number])
    expect((await nobody('GET', `/api/portal/cases/${made.body.number}`)).status).toBe(404)
    await nobody('DELETE', '/api/portal/sessions', undefined, headers)
    expect((await nobody('GET', '/api/portal/cases', undefined, headers)).status).toBe(404)
  })
})

describe('a colleague as a customer', () => {
  test('raises, follows and confirms a request without seeing what the other department notes', async () => {
    const me = app.as('receptionist')
    const raised = await eventually(async () => {
      const made = await me<{ id: number }>('POST', '/api/requests', {
        subject: 'A new badge',
        text: 'Mine broke.',
        teamId: app.otherTeamId,
      })
      return made.status === 201 ? made : null
    })
    const { id } = raised.body
    await app.as('outsider')('POST', `/api/cases/${id}/messages`, { kind: 'note', text: 'Third badge this year.' })
    await app.as('outsider')('PATCH', `/api/cases/${id}`, { status: 'solved' })
    const seen = await me<{ messages: { text: string }[]; can: string[]; status: string }>('GET', `/api/requests/${id}`)
    expect(seen.body.messages.map(one => one.text)).toEqual(['Mine broke.'])
    expect(seen.body.can).toEqual(['write', 'say_met'])
    await me('POST', `/api/requests/${id}/met`, { met: 'yes' })
    expect((await app.as('administrator')<{ needMet: string }>('GET', `/api/cases/${id}`)).body.needMet).toBe('yes')
    expect((await app.as('driver')('GET', `/api/requests/${id}`)).status).toBe(404)
    const send = async (role: 'receptionist' | 'outsider', path: string, name: string) => {
      const body = new FormData()
      body.append('file', new File([`the ${name}`], name, { type: 'text/plain' }))
      const headers = { authorization: `Bearer ${app.token(role)}` }
      return (await (await fetch(`${app.url}${path}`, { method: 'POST', body, headers })).json()) as { id: number }
    }
    const mine = await send('receptionist', '/api/requests/files', 'photo.txt')
    const theirs = await send('outsider', `/api/cases/${id}/attachments`, 'form.txt')
    const said = await me('POST', `/api/requests/${id}/messages`, { text: 'Here.', attachmentIds: [mine.id] })
    expect(said.status).toBe(201)
    const reply = { kind: 'reply', text: 'Fill it in.', attachmentIds: [theirs.id] }
    await app.as('outsider')('POST', `/api/cases/${id}/messages`, reply)
    now = new Date(now.getTime() + 60_000)
    const talk = await me<{ messages: { attachments: { id: number; name: string }[] }[] }>('GET', `/api/requests/${id}`)
    expect(talk.body.messages.flatMap(one => one.attachments.map(file => file.name))).toEqual(['photo.txt', 'form.txt'])
    expect((await me<string>('GET', `/api/requests/${id}/files/${theirs.id}`)).body).toBe('the form.txt')
    expect((await app.as('driver')('GET', `/api/requests/${id}/files/${theirs.id}`)).status).toBe(404)
    // A file of somebody else is not mine to send.
    const stolen = await me('POST', `/api/requests/${id}/messages`, { text: 'Mine?', attachmentIds: [theirs.id] })
    expect(stolen.status).toBe(422)
  })
})

describe('a customer in a hurry', putOff)
