import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receive } from '../src/modules/cases/index.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-01T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now })
})
afterAll(() => app.close())

type Kase = {
  id: number
  status: string
  severity: number
  waitingSince: string | null
  messageCount: number
  confidential: boolean
  tags: string[]
  conversations: { id: number; participants: { name: string; part: string }[] }[]
}
type Problem = { code: string; detail: string; errors?: { field: string; message: string }[] }
type Joined = {
  merges: { id: number; source: { id: number } }[]
  splits: { id: number; part: string; other: { id: number } }[]
  links: { id: number; kind: string; outward: boolean; other: { id: number } }[]
  hidden: number
}

const open = async (who: string, text: string, more: object = {}) =>
  (
    await app.as('administrator')<{ id: number }>('POST', '/api/cases', {
      subject: `${who} writes`,
      channel: 'email',
      requester: { name: who, email: `${who.toLowerCase()}@example.org` },
      message: { text },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const call: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)
const get = async (id: number) => (await call<Kase>('GET', `/api/cases/${id}`)).body
const texts = async (id: number) =>
  (await call<{ items: { text: string }[] }>('GET', `/api/cases/${id}/messages`)).body.items.map(one => one.text)
const merge = (id: number, sourceId: number, share?: string) =>
  call<{ id: number; mergeId: number } & Problem>('POST', `/api/cases/${id}/merge`, {
    sourceId,
    ...(share ? { share } : {}),
  })
const later = (days: number) => {
  now = new Date(now.getTime() + days * 86_400_000)
}
/** What a customer's mail does: it names the conversation it answers. */
const answered = (kase: number, conversationId: number, text: string) =>
  app.program.kernel.work(system, work => receive(work, kase, { channel: 'email', text, conversationId }))

describe('merging', () => {
  test('two cases of one customer become one, and the old number leads there', async () => {
    const [a, b] = [
      await open('Mia', 'The lamp is broken.'),
      await open('Mia', 'And the bulb too.', { tags: ['lamp'] }),
    ]
    const merged = await merge(a, b)
    expect(merged.status).toBe(201)
    expect(await texts(a)).toEqual(['The lamp is broken.', 'And the bulb too.'])
    expect(await get(b)).toMatchObject({ id: a, messageCount: 2, tags: ['lamp'] })
    expect(await texts(b)).toEqual(await texts(a))
    const list = await call<{ items: Kase[] }>('GET', '/api/cases?status=active&limit=200')
    expect(list.body.items.map(one => one.id)).not.toContain(b)
    const found = await call<{ items: { id: number }[] }>('GET', '/api/search?q=bulb')
    expect(found.body.items.map(one => one.id)).toContain(a)
    expect(found.body.items.map(one => one.id)).not.toContain(b)
    const joined = await call<Joined>('GET', `/api/cases/${a}/joined`)
    expect(joined.body.merges).toMatchObject([{ id: merged.body.mergeId, source: { id: b } }])
  })

  test('of two customers, somebody says who sees what; taken back a month later, each has what they wrote since', async () => {
    const [a, b] = [await open('Ana', 'No water in flat 3.'), await open('Ben', 'No water in flat 4.')]
    const silent = await merge(a, b)
    expect(silent.status).toBe(422)
    expect(silent.body.errors?.[0]?.field).toBe('share')
    const { body } = await merge(a, b, 'separate')
    const [anas, bens] = (await get(a)).conversations
    expect(anas?.participants.map(one => one.name)).toEqual(['Ana'])
    expect(bens?.participants.map(one => one.name)).toEqual(['Ben'])
    later(10)
    await answered(a, bens?.id ?? 0, 'Ben: still dry.')
    await answered(a, anas?.id ?? 0, 'Ana: now there is some.')
    expect((await texts(a)).length).toBe(4)
    later(20)
    const undone = await call<{ id: number; targetId: number }>('POST', `/api/merges/${body.mergeId}/undo`, {})
    expect(undone.body).toEqual({ id: b, targetId: a })
    expect(await texts(a)).toEqual(['No water in flat 3.', 'Ana: now there is some.'])
    expect(await texts(b)).toEqual(['No water in flat 4.', 'Ben: still dry.'])
    const ben = await get(b)
    expect(ben).toMatchObject({ id: b, status: 'open', messageCount: 2 })
    expect(ben.waitingSince).toEqual(expect.any(String))
    const list = await call<{ items: Kase[] }>('GET', '/api/cases?status=active&limit=200')
    expect(list.body.items.map(one => one.id)).toEqual(expect.arrayContaining([a, b]))
  })

  test('together lets each customer into the other conversation, and taking it back shows them out again', async () => {
    const [a, b] = [await open('Cem', 'Noise.'), await open('Dee', 'Noise too.')]
    const { body } = await merge(a, b, 'together')
    const names = async (id: number) =>
      (await get(id)).conversations.map(one => one.participants.map(p => p.name).sort())
    expect(await names(a)).toEqual([
      ['Cem', 'Dee'],
      ['Cem', 'Dee'],
    ])
    await call('POST', `/api/merges/${body.mergeId}/undo`, {})
    expect(await names(a)).toEqual([['Cem']])
    expect(await names(b)).toEqual([['Dee']])
  })

  test('two people who merge the same pair crosswise make one case of it, not two or none', async () => {
    const [a, b] = [await open('Eva', 'One.'), await open('Eva', 'Two.')]
    const answers = await Promise.all([merge(a, b), merge(b, a)])
    expect(answers.map(one => one.status).toSorted((a, b) => a - b)).toEqual([201, 409])
    const lost = answers.find(one => one.status === 409)
    expect(lost?.body.detail).toContain('one case already')
    expect((await get(a)).id).toBe((await get(b)).id)
    expect((await texts(a)).length).toBe(2)
  })

  test('a merge can be taken back after its target was merged again', async () => {
    const [a, b, c] = [await open('Fay', 'A.'), await open('Fay', 'B.'), await open('Fay', 'C.')]
    const first = await merge(b, a)
    const second = await merge(c, b)
    expect((await get(a)).id).toBe(c)
    expect(await texts(c)).toEqual(['A.', 'B.', 'C.'])
    await call('POST', `/api/merges/${first.body.mergeId}/undo`, {})
    expect(await texts(a)).toEqual(['A.'])
    expect(await texts(c)).toEqual(['B.', 'C.'])
    await call('POST', `/api/merges/${second.body.mergeId}/undo`, {})
    expect(await texts(b)).toEqual(['B.'])
    expect(await texts(c)).toEqual(['C.'])
    const again = await call<Problem>('POST', `/api/merges/${first.body.mergeId}/undo`, {})
    expect(again.status).toBe(409)
  })

  test('whoever may not see a case cannot merge it, and a confidential one makes the other confidential', async () => {
    const a = await open('Gus', 'Open matter.')
    const b = await open('Gus', 'Closed matter.', { confidential: true })
    expect((await app.as('outsider')('POST', `/api/cases/${a}/merge`, { sourceId: b })).status).toBe(404)
    const mine = await app.as('supervisor')<Problem>('POST', `/api/cases/${a}/merge`, { sourceId: b })
    expect(mine.status).toBe(201)
    expect((await app.as('supervisor')<Kase>('GET', `/api/cases/${a}`)).body.confidential).toBe(true)
    expect((await app.as('outsider')('GET', `/api/cases/${b}`)).status).toBe(404)
  })

  test('a draft written in the case that goes away comes along', async () => {
    const [a, b] = [await open('Hal', 'One.'), await open('Hal', 'Two.')]
    await call('PUT', `/api/cases/${b}/drafts/reply`, { text: 'Dear Hal, half a' })
    await merge(a, b)
    const drafts = await call<{ items: { text: string }[] }>('GET', `/api/cases/${a}/drafts`)
    expect(drafts.body.items.map(one => one.text)).toEqual(['Dear Hal, half a'])
  })

  test('who was writing in both cases finds both texts in the one that stays, each with its formatting', async () => {
    const [a, b] = [await open('Ivy', 'One.'), await open('Ivy', 'Two.')]
    await call('PUT', `/api/cases/${a}/drafts/reply`, { text: 'Bring <it> in' })
    await call('PUT', `/api/cases/${b}/drafts/reply`, { text: 'pack it', html: '<p>pack <strong>it</strong></p>' })
    await merge(a, b)
    const drafts = await call<{ items: { text: string; html: string }[] }>('GET', `/api/cases/${a}/drafts`)
    expect(drafts.body.items).toMatchObject([
      { text: 'Bring <it> in\n\npack it', html: '<p>Bring &lt;it&gt; in</p><p>pack <strong>it</strong></p>' },
    ])
  })

  test('what a window still shows of the case that went away grows the joined draft, and replaces nothing', async () => {
    const [a, b] = [await open('Lea', 'One.'), await open('Lea', 'Two.')]
    const write = (id: number, text: string, html?: string) =>
      call('PUT', `/api/cases/${id}/drafts/reply`, { text, ...(html ? { html } : {}) })
    const joined = async () =>
      (await call<{ items: { text: string }[] }>('GET', `/api/cases/${a}/drafts`)).body.items[0]?.text
    await write(a, 'Dear Lea')
    await write(b, 'On Friday')
    await merge(a, b)
    await write(b, 'On Friday at noon')
    expect(await joined()).toBe('Dear Lea\n\nOn Friday at noon')
    await write(b, 'On Friday at noon.')
    await write(b, '')
    expect(await joined()).toBe('Dear Lea\n\nOn Friday at noon.')
    await write(b, 'Or Monday', '<p>Or <em>Monday</em></p>')
    expect(await joined()).toBe('Dear Lea\n\nOn Friday at noon.\n\nOr Monday')
  })

  test('taken back, the case that stayed is as it was too, but for what somebody changed since', async () => {
    const [a, b] = [await open('Joy', 'Done with.'), await open('Kit', 'It burns!', { severity: 4, tags: ['fire'] })]
    await call('POST', `/api/cases/${a}/messages`, { kind: 'reply', text: 'Gladly.', status: 'solved' })
    const before = await get(a)
    expect(before).toMatchObject({ status: 'solved', waitingSince: null, severity: 2 })
    const { body } = await merge(a, b, 'separate')
    expect(await get(a)).toMatchObject({
      status: 'open',
      severity: 4,
      tags: ['fire'],
      waitingSince: expect.any(String),
    })
    await call('PATCH', `/api/cases/${a}`, { tags: ['fire', 'kitchen'] })
    later(30)
    await call('POST', `/api/merges/${body.mergeId}/undo`, {})
    expect(await get(a)).toMatchObject({ status: 'solved', severity: 2, tags: ['kitchen'], waitingSince: null })
    expect(await get(b)).toMatchObject({ status: 'new', severity: 4, tags: ['fire'], waitingSince: expect.any(String) })
  })
})

describe('splitting', () => {
  test('messages become a case of whoever wrote them, and come back', async () => {
    const a = await open('Ida', 'My order is late.')
    await call('POST', `/api/cases/${a}/received`, { channel: 'email', text: 'By the way, my chair broke.' })
    const { items } = (await call<{ items: { id: number }[] }>('GET', `/api/cases/${a}/messages`)).body
    const chair = items[1]?.id
    const all = await call<Problem>('POST', `/api/cases/${a}/split`, {
      messageIds: items.map(one => one.id),
      subject: 'All',
    })
    expect(all.body.errors?.[0]?.field).toBe('messageIds')
    const split = await call<{ id: number; splitId: number }>('POST', `/api/cases/${a}/split`, {
      messageIds: [chair],
      subject: 'Broken chair',
    })
    expect(split.status).toBe(201)
    expect(await texts(a)).toEqual(['My order is late.'])
    expect(await texts(split.body.id)).toEqual(['By the way, my chair broke.'])
    expect((await get(split.body.id)).status).toBe('open')
    await call('POST', `/api/cases/${split.body.id}/messages`, { kind: 'note', text: 'Seen since.' })
    await call('POST', `/api/splits/${split.body.splitId}/undo`, {})
    expect(await texts(a)).toEqual(['My order is late.', 'By the way, my chair broke.', 'Seen since.'])
    expect((await get(split.body.id)).id).toBe(a)
  })
})

describe('linking', () => {
  test('a link is seen from both ends, once, and not by whoever cannot see the other', async () => {
    const [a, b] = [await open('Jon', 'Flood.'), await open('Kim', 'Flood damage.', { confidential: true })]
    const linked = await app.as('supervisor')<{ id: number }>('POST', `/api/cases/${b}/links`, {
      toId: a,
      kind: 'caused_by',
    })
    expect(linked.status).toBe(201)
    const twice = await app.as('supervisor')<Problem>('POST', `/api/cases/${b}/links`, { toId: a, kind: 'caused_by' })
    expect(twice.status).toBe(409)
    const seen = await app.as('supervisor')<Joined>('GET', `/api/cases/${a}/joined`)
    expect(seen.body.links).toMatchObject([{ kind: 'caused_by', outward: false, other: { id: b } }])
    const blind = await app.as('adviser')<Joined>('GET', `/api/cases/${a}/joined`)
    expect(blind.body).toMatchObject({ links: [], hidden: 1 })
    await app.as('supervisor')('DELETE', `/api/links/${linked.body.id}`)
    expect((await app.as('supervisor')<Joined>('GET', `/api/cases/${a}/joined`)).body.links).toEqual([])
  })
})

describe('mail after a merge', () => {
  test('an answer to the old case, by its reference or its number, finds the case that holds it now', async () => {
    const [a, b] = [await open('Lea', 'Roof leaks.'), await open('Lea', 'Roof leaks again.')]
    await call('POST', `/api/cases/${b}/messages`, { kind: 'reply', text: 'We come on Monday.' })
    await merge(a, b)
    const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
    await transport.sendMail({
      from: 'lea@example.org',
      to: 'help@trial.test',
      subject: `Re: Roof leaks [#${b}]`,
      text: 'Thank you, Monday is fine.',
    })
    transport.close()
    await eventually(async () => (await texts(a)).includes('Thank you, Monday is fine.'))
    expect((await get(b)).id).toBe(a)
  })
})
