import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const kettle = {
  subject: 'Kettle broken',
  kind: 'fault',
  channel: 'email',
  requester: { name: 'Ann Miller', email: 'ann@example.org' },
  message: { text: 'My kettle leaks.' },
}
type Opened = { id: number; number: number }
type Kase = {
  id: number
  status: string
  version: number
  waitingSince: string | null
  assignee: { id: number } | null
  needMet: string | null
  requester: { id: number; name: string }
  urgency: { sentence: string }
}
type Message = { id: number; direction: string; text: string; delivery: string | null; from: { name: string } }
type Problem = { code: string; detail: string; errors?: { field: string; message: string }[]; messages?: Message[] }

const open = async (more: object = {}) =>
  (await app.as('adviser')<Opened>('POST', '/api/cases', { ...kettle, teamId: app.teamId, ...more })).body.id

describe('the shapes programs rely on', () => {
  test('a case is opened, listed, read, answered and found', async () => {
    const call = app.as('administrator')
    const opened = await call<Opened>('POST', '/api/cases', kettle)
    expect(opened.status).toBe(201)
    expect(opened.body).toEqual({ id: expect.any(Number), number: opened.body.id })
    const list = await call<{ items: Kase[]; next: string | null }>('GET', '/api/cases?limit=1')
    expect(list.body.items[0]?.id).toBe(opened.body.id)
    const got = await call<Kase>('GET', `/api/cases/${opened.body.id}`)
    expect(got.headers.get('etag')).toBe('"v1"')
    const written = await call<Message>('POST', `/api/cases/${opened.body.id}/messages`, {
      kind: 'reply',
      text: 'Send it back, we pay.',
    })
    expect(written.status).toBe(201)
    expect(written.body).toMatchObject({ direction: 'out', text: 'Send it back, we pay.' })
    await call('POST', `/api/cases/${opened.body.id}/messages`, { kind: 'note', text: 'Third one this week.' })
    const messages = await call<{ items: Message[] }>('GET', `/api/cases/${opened.body.id}/messages`)
    expect(messages.body.items.map(message => message.direction)).toEqual(['in', 'out', 'note'])
    for (const message of messages.body.items)
      expect(Object.keys(message)).toEqual(expect.arrayContaining(['id', 'direction', 'from', 'text', 'html', 'at']))
    const found = await call<{ items: { id: number }[] }>('GET', '/api/search?q=leaks')
    expect(found.body.items.map(item => item.id)).toContain(opened.body.id)
  })

  test('pages follow each other without a gap or a repetition, in every order', async () => {
    const call = app.as('administrator')
    for (let i = 0; i < 25; i++) await open({ subject: `Paged ${i}`, severity: (i % 4) + 1 })
    for (const sort of ['recent', 'urgency', 'oldest']) {
      const ids: number[] = []
      let next: string | null = ''
      while (next !== null) {
        const page: { body: { items: Kase[]; next: string | null } } = await call(
          'GET',
          `/api/cases?limit=7&sort=${sort}&cursor=${next}`,
        )
        ids.push(...page.body.items.map(item => item.id))
        next = page.body.next
      }
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeGreaterThanOrEqual(25)
    }
  })

  test('a POST repeated with the same key happens once', async () => {
    const call = app.as('administrator')
    const headers = { 'idempotency-key': 'same-key-1' }
    const first = await call<Opened>('POST', '/api/cases', kettle, headers)
    const second = await call<Opened>('POST', '/api/cases', kettle, headers)
    expect(second.body).toEqual(first.body)
    const other = await call<Problem>('POST', '/api/cases', { ...kettle, subject: 'Another' }, headers)
    expect(other.status).toBe(409)
  })
})

describe('working on a case', () => {
  test('the most urgent comes first and says why', async () => {
    const call = app.as('adviser')
    const quiet = await open({ subject: 'quiet' })
    const loud = await open({ subject: 'loud', kind: 'complaint', severity: 4 })
    const list = await call<{ items: Kase[] }>('GET', '/api/cases?status=active&sort=urgency&limit=200')
    const order = list.body.items.map(item => item.id)
    expect(order.indexOf(loud)).toBeLessThan(order.indexOf(quiet))
    expect(list.body.items.find(item => item.id === loud)?.urgency.sentence).toMatch(
      /^Waiting \d+ min; critical severity counts as 3 days more; a complaint counts as 4 h more\.$/,
    )
  })

  test('a reply is stopped when somebody answered meanwhile, with what they wrote', async () => {
    const id = await open()
    const before = await app.as('adviser')<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)
    const seenMessageId = before.body.items[0]?.id
    await app.as('supervisor')('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'I have it.',
      seenMessageId,
    })
    const late = await app.as('adviser')<Problem>('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'Me too.',
      seenMessageId,
    })
    expect(late.status).toBe(409)
    expect(late.body.messages?.map(message => message.text)).toEqual(['I have it.'])
    const newest = late.body.messages?.at(-1)?.id
    const sent = await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'Me too.',
      seenMessageId: newest,
    })
    expect(sent.status).toBe(201)
  })

  test('a change on an old version is refused by body and by If-Match', async () => {
    const id = await open()
    const call = app.as('adviser')
    expect((await call('PATCH', `/api/cases/${id}`, { severity: 3, version: 1 })).status).toBe(200)
    expect((await call('PATCH', `/api/cases/${id}`, { severity: 4, version: 1 })).status).toBe(412)
    expect((await call('PATCH', `/api/cases/${id}`, { severity: 4 }, { 'if-match': '"v1"' })).status).toBe(412)
    expect((await call('PATCH', `/api/cases/${id}`, { severity: 4 }, { 'if-match': '"v2"' })).status).toBe(200)
  })

  test('a reply can be taken back before it goes out; its text becomes the draft and the case waits again', async () => {
    // Sessions have ten seconds to undo; tokens none. A letter is noted, not posted, so no job races with this.
    const id = await open()
    const call = app.as('adviser')
    const sent = await call<Message>('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'Too hasty.',
      channel: 'letter',
      status: 'solved',
    })
    await app.program.kernel.database.owner.query("update messages set delivery = 'waiting' where id = $1", [
      sent.body.id,
    ])
    const draft = await call<{ text: string }>('POST', `/api/messages/${sent.body.id}/undo`)
    expect(draft.body.text).toBe('Too hasty.')
    const kase = await call<Kase>('GET', `/api/cases/${id}`)
    expect(kase.body).toMatchObject({ status: 'new' })
    expect(kase.body.waitingSince).toEqual(expect.any(String))
    expect((await call('POST', `/api/messages/${sent.body.id}/undo`)).status).toBe(409)
  })

  test('a reply that is taken back gives its files back, and they go with the next one', async () => {
    const id = await open()
    const call = app.as('adviser')
    const form = new FormData()
    form.append('file', new File(['what was agreed'], 'agreement.txt', { type: 'text/plain' }))
    const headers = { authorization: `Bearer ${app.token('adviser')}` }
    const uploaded = await fetch(`${app.url}/api/cases/${id}/attachments`, { method: 'POST', headers, body: form })
    const file = (await uploaded.json()) as { id: number; name: string }
    const reply = { kind: 'reply', text: 'See the agreement.', channel: 'letter', attachmentIds: [file.id] }
    const sent = await call<Message>('POST', `/api/cases/${id}/messages`, reply)
    expect((await call('POST', `/api/cases/${id}/messages`, reply)).status).toBe(422)
    await app.program.kernel.database.owner.query("update messages set delivery = 'waiting' where id = $1", [
      sent.body.id,
    ])
    const draft = await call<{ attachments: object[] }>('POST', `/api/messages/${sent.body.id}/undo`)
    expect(draft.body.attachments).toEqual([expect.objectContaining({ id: file.id, name: 'agreement.txt' })])
    const again = await call<{ attachments: object[] }>('POST', `/api/cases/${id}/messages`, reply)
    expect(again.body.attachments).toMatchObject([{ id: file.id }])
  })

  test('a reply that solves notes whether the need was met, or asks; taken back, neither counts', async () => {
    const call = app.as('adviser')
    const { owner } = app.program.kernel.database
    const answer = (id: number, more: object) =>
      call<Message>('POST', `/api/cases/${id}/messages`, { kind: 'reply', text: 'Done.', channel: 'letter', ...more })
    const id = await open()
    expect((await answer(id, { status: 'open', needMet: 'yes' })).status).toBe(422)
    const noted = await answer(id, { status: 'solved', needMet: 'yes' })
    expect((await call<Kase>('GET', `/api/cases/${id}`)).body).toMatchObject({ status: 'solved', needMet: 'yes' })
    await owner.query("update messages set delivery = 'waiting' where id = $1", [noted.body.id])
    await call('POST', `/api/messages/${noted.body.id}/undo`)
    expect((await call<Kase>('GET', `/api/cases/${id}`)).body).toMatchObject({ status: 'new', needMet: null })
    const asked = await answer(id, { status: 'solved', askIfMet: true })
    const standing = async () =>
      (await owner.query('select 1 from closing_checks where case_id = $1 and expires_at > now()', [id])).rowCount
    expect(await standing()).toBe(1)
    await owner.query("update messages set delivery = 'waiting' where id = $1", [asked.body.id])
    await call('POST', `/api/messages/${asked.body.id}/undo`)
    expect(await standing()).toBe(0)
  })

  test('the built-in filters are counted, and what is available is mine or nobody’s', async () => {
    const call = app.as('adviser')
    const counts = async () =>
      (await call<{ builtIn: { key: string; count: number; capped: boolean }[] }>('GET', '/api/views/counts')).body
        .builtIn
    const before = await counts()
    expect(before.map(one => one.key)).toEqual(['waiting', 'mine', 'unassigned', 'open', 'snoozed'])
    const [mine, other] = [await open({ assigneeId: 'me' }), await open()]
    await app.as('supervisor')('PATCH', `/api/cases/${other}`, { assigneeId: 'me' })
    const more = (await counts()).map((one, index) => one.count - (before[index]?.count ?? 0))
    expect(more).toEqual([2, 1, 0, 2, 0])
    const available = '/api/cases?status=active&waiting=true&assignee=available&limit=200'
    const ids = (await call<{ items: Kase[] }>('GET', available)).body.items.map(kase => kase.id)
    expect(ids).toContain(mine)
    expect(ids).not.toContain(other)
  })

  test('a view is shared with one team, with everybody, or kept', async () => {
    type View = { id: number; shared: boolean; teamId: number | null; mine: boolean }
    const call = app.as('supervisor')
    const condition = { field: 'kind', op: 'is', value: 'complaint' }
    const seenBy = async (role: 'adviser' | 'outsider', id: number) =>
      (await app.as(role)<{ items: View[] }>('GET', '/api/views')).body.items.some(view => view.id === id)
    const made = await call<View>('POST', '/api/views', { name: 'Complaints', condition, teamId: app.teamId })
    const { id } = made.body
    expect([await seenBy('adviser', id), await seenBy('outsider', id)]).toEqual([true, false])
    await call('PATCH', `/api/views/${id}`, { teamId: null, shared: true })
    expect([await seenBy('adviser', id), await seenBy('outsider', id)]).toEqual([true, true])
    expect((await app.as('adviser')('PATCH', `/api/views/${id}`, { shared: false })).status).toBe(403)
    const kept = await call<View>('PATCH', `/api/views/${id}`, { shared: false })
    expect(kept.body).toMatchObject({ shared: false, mine: true, teamId: null })
    expect(await seenBy('adviser', id)).toBe(false)
    const nowhere = await call<Problem>('POST', '/api/views', { name: 'x', condition, teamId: 987_654 })
    expect(nowhere.body.errors?.map(error => error.field)).toEqual(['teamId'])
  })

  test('a reply that is taken back does not make the customer who wrote meanwhile disappear from the queue', async () => {
    const id = await open()
    const call = app.as('adviser')
    await call('POST', `/api/cases/${id}/messages`, { kind: 'reply', text: 'First answer.', channel: 'phone' })
    const sent = await call<Message>('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'Too hasty.',
      channel: 'phone',
    })
    await call('POST', `/api/cases/${id}/received`, { channel: 'phone', text: 'I am still here.' })
    await app.program.kernel.database.owner.query("update messages set delivery = 'waiting' where id = $1", [
      sent.body.id,
    ])
    expect((await call('POST', `/api/messages/${sent.body.id}/undo`)).status).toBe(200)
    const kase = await call<Kase>('GET', `/api/cases/${id}`)
    expect(kase.body.status).toBe('open')
    expect(kase.body.waitingSince).toEqual(expect.any(String))
  })

  test('a draft survives everything but sending, and belongs to its writer', async () => {
    const id = await open()
    await app.as('adviser')('PUT', `/api/cases/${id}/drafts/reply`, { text: 'Half a sent', seenMessageId: null })
    await app.as('supervisor')('PATCH', `/api/cases/${id}`, { assigneeId: 'me' })
    const mine = await app.as('adviser')<{ items: { text: string }[] }>('GET', `/api/cases/${id}/drafts`)
    expect(mine.body.items[0]?.text).toBe('Half a sent')
    const theirs = await app.as('supervisor')<{ items: unknown[]; others: { name: string }[] }>(
      'GET',
      `/api/cases/${id}/drafts`,
    )
    expect(theirs.body.items).toEqual([])
    expect(theirs.body.others).toHaveLength(1)
    expect(JSON.stringify(theirs.body)).not.toContain('Half a sent')
    await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'Half a sentence.',
      channel: 'phone',
    })
    const after = await app.as('adviser')<{ items: unknown[] }>('GET', `/api/cases/${id}/drafts`)
    expect(after.body.items).toEqual([])
  })

  test('a colleague is a customer too: the register recognises them and the case is internal', async () => {
    const types = await app.as('adviser')<{ items: { id: number; key: string }[] }>('GET', '/api/customer-types')
    const colleague = types.body.items.find(type => type.key === 'colleague')?.id
    const id = await open({
      channel: 'face_to_face',
      requester: { name: 'Col League', email: 'col@trial.test', typeId: colleague },
    })
    const kase = await app.as('adviser')<{ internal: boolean }>('GET', `/api/cases/${id}`)
    expect(kase.body.internal).toBe(true)
  })

  test('somebody who is mentioned may see a case of another team', async () => {
    const id = await open()
    expect((await app.as('outsider')('GET', `/api/cases/${id}`)).status).toBe(404)
    await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
      kind: 'note',
      text: 'What do you think?',
      mentionIds: [app.staffId('outsider')],
    })
    expect((await app.as('outsider')('GET', `/api/cases/${id}`)).status).toBe(200)
  })

  test('reading a case leaves a trace on the person, for those who may audit', async () => {
    const id = await open()
    const kase = await app.as('adviser')<Kase>('GET', `/api/cases/${id}`)
    const trace = await app.as('auditor')<{ items: { actor: string; type: string }[] }>(
      'GET',
      `/api/people/${kase.body.requester.id}/readers`,
    )
    expect(trace.body.items[0]).toMatchObject({ actor: 'Some adviser', type: 'person.read_in_case' })
    expect((await app.as('adviser')('GET', `/api/people/${kase.body.requester.id}/readers`)).status).toBe(403)
  })
})

describe('what bad input gets', () => {
  const raw = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/api/cases`, {
      method: 'POST',
      body: body as never,
      headers: {
        authorization: `Bearer ${app.token('administrator')}`,
        'content-type': 'application/json',
        ...headers,
      },
    })
  const problem = async (response: Response) => ({
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Problem,
  })

  test.each([
    ['malformed JSON', '{"subject": ', 422],
    ['an array', '[]', 422],
    ['an empty body', '', 422],
    ['a prototype', '{"__proto__": {"x": 1}}', 422],
  ])('%s is refused in plain words', async (_name, body, status) => {
    const answer = await problem(await raw(body))
    expect(answer.status).toBe(status)
    expect(answer.type).toContain('application/problem+json')
  })

  test('an address that cannot be read is refused in plain words too', async () => {
    const answer = await problem(await fetch(`${app.url}/%c0%ae%c0%ae/`))
    expect(answer.status).toBe(400)
    expect(answer.type).toContain('application/problem+json')
  })

  test('bytes that are not UTF-8 are refused', async () => {
    expect((await problem(await raw(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])))).status).toBe(422)
  })

  test('a body beyond the limit is refused before it is read', async () => {
    expect((await problem(await raw(JSON.stringify({ ...kettle, subject: 'x'.repeat(10_000_000) })))).status).toBe(413)
  })

  test.each([
    ['an unknown field', { ...kettle, colour: 'red' }, 'colour'],
    ['an unknown field inside', { ...kettle, message: { text: 'x', bold: true } }, 'message.bold'],
    ['no subject', { ...kettle, subject: '  ' }, 'subject'],
    ['a long subject', { ...kettle, subject: 'x'.repeat(5000) }, 'subject'],
    ['a kind that does not exist', { ...kettle, kind: 'riddle' }, 'kind'],
    ['a team that does not exist', { ...kettle, teamId: 99999 }, 'teamId'],
    ['somebody else’s attachment', { ...kettle, message: { text: 'x', attachmentIds: [99999] } }, 'attachmentIds'],
    ['no message', { subject: 'x', requester: { name: 'x' } }, 'message'],
  ])('%s is refused naming the field', async (_name, body, field) => {
    const answer = await app.as('administrator')<Problem>('POST', '/api/cases', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map(error => error.field)).toContain(field)
  })

  test.each([
    'limit=0',
    'limit=-5',
    'limit=1000',
    'limit=abc',
    'cursor=abcd',
    'sort=sideways',
    'assignee=-1',
    'nothing=1',
  ])('the list refuses %s', async query => {
    const answer = await app.as('administrator')<Problem>('GET', `/api/cases?${query}`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.length).toBeGreaterThan(0)
  })

  test.each(['0', '-1', '1.5', 'abc', '99999999999999999999', '1e400'])(
    'an id of %s is refused or not found',
    async id => {
      expect([404, 422]).toContain((await app.as('administrator')('GET', `/api/cases/${id}`)).status)
    },
  )

  test('NUL bytes, lone surrogates and control characters are cleaned, not fatal', async () => {
    const id = await open({ subject: 'a\u0000b\ud800c\u0007', message: { text: 'x\u0000y\udfff' } })
    const messages = await app.as('adviser')<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)
    expect(messages.body.items[0]?.text.isWellFormed()).toBe(true)
    expect(messages.body.items[0]?.text).not.toContain('\u0000')
  })

  test('card numbers are gone from every answer, whether text, number or key', async () => {
    const id = await open({
      subject: 'Card 4242 4242 4242 4242',
      message: { text: 'pay with 5555555555554444' },
      requester: { name: 'Pan 4111111111111111', email: 'pan@example.org' },
    })
    const all = [
      await app.as('adviser')('GET', `/api/cases/${id}`),
      await app.as('adviser')('GET', `/api/cases/${id}/messages`),
      await app.as('adviser')('GET', `/api/cases/${id}/timeline`),
    ]
    const text = JSON.stringify(all.map(answer => answer.body))
    expect(text).not.toMatch(/4242 ?4242 ?4242|5555555555554444|4111111111111111/)
  })

  test('a view whose condition names no field is refused with its path', async () => {
    const answer = await app.as('adviser')<Problem>('POST', '/api/views', {
      name: 'x',
      condition: {
        any: [
          { field: 'status', op: 'is', value: 'open' },
          { field: 'nonsense', op: 'is', value: 1 },
        ],
      },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.[0]?.field).toBe('any[1].field')
  })

  test('a page of another site cannot act in the name of who is signed in', async () => {
    const signIn = await fetch(`${app.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body: JSON.stringify({ email: 'adviser@trial.test', password: 'a long enough password' }),
    })
    expect(signIn.status).toBe(200)
    const cookie = signIn.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; ')
    const body = JSON.stringify(kettle)
    const from = (origin: string) =>
      fetch(`${app.url}/api/cases`, {
        method: 'POST',
        body,
        headers: { cookie, origin, 'content-type': 'application/json' },
      })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from('null')).status).toBe(403)
    expect((await from('not an address')).status).toBe(403)
    expect((await from(app.url)).status).toBe(201)
  })
})
