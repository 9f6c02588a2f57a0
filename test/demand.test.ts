import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let today = new Date('2026-11-25T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => today })
})
afterAll(() => app.close())

type Named = { id: number; name: string }
type Problem = { code?: string; errors?: { field: string }[] }
type Demand = Problem & {
  id: number
  reason: string
  outcome: string
  caseId: number | null
  person: Named | null
  worthMinor: number | null
  accepted: Named | null
  offers: { name: string; answer: string }[]
  tellBy: string | null
  toldAt: string | null
  transfers: { id: number; state: string }[]
  words: string
  version: number
}
type Deficiency = {
  product: Named
  asked: number
  customers: number
  lostMinor: number
  offered: number
  accepted: number
  waiting: number
  askedSinceReview: boolean
  review: { outcome: string; words: string } | null
  acceptedInstead: { name: string; count: number }[]
}

const adviser = () => app.as('adviser')
const manager = () => app.as('line_manager')
let made = 0
const place = async () => (await manager()<Named>('POST', '/api/places', { name: `Place ${++made}` })).body
const product = async (body: object = {}) =>
  (
    await manager()<Named>('POST', '/api/products', {
      name: `Thing ${++made}`,
      number: `D-${made}`,
      priceMinor: 2500,
      ...body,
    })
  ).body
const say = (id: number, at: Named, state: string, expectedOn?: string) =>
  adviser()('PUT', `/api/products/${id}/availability/${at.id}`, { state, ...(expectedOn ? { expectedOn } : {}) })
const open = async (email: string | null, more: object = {}) =>
  (
    await adviser()<{ id: number }>('POST', '/api/cases', {
      subject: 'A wish',
      channel: email ? 'email' : 'face_to_face',
      requester: { name: `Customer ${++made}`, ...(email ? { email } : {}) },
      message: { text: 'Do you have it?' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const note = (body: object) => adviser()<Demand>('POST', '/api/demands', body)
const change = (id: number, body: object) => adviser()<Demand>('PATCH', `/api/demands/${id}`, body)
const register = async (query = '') =>
  (await manager()<{ items: Deficiency[] }>('GET', `/api/demand-register${query}`)).body.items

test('what could not be had is noted with who, where, why and its worth; an alternative that was taken is no loss', async () => {
  const [here, there] = [await place(), await place()]
  const [wanted, twin] = [await product({ name: 'Red kettle' }), await product({ name: 'Steel kettle' })]
  await say(wanted.id, here, 'out')
  await say(wanted.id, there, 'in_stock')
  const caseId = await open('ann.wish@example.org')
  const noted = await note({ productId: wanted.id, placeId: here.id, caseId, quantity: 2, words: 'For a wedding' })
  expect(noted.status, JSON.stringify(noted.body)).toBe(201)
  expect(noted.body).toMatchObject({ reason: 'not_here', outcome: 'open', caseId, worthMinor: 5000 })
  const kase = await adviser()<{ product: Named }>('GET', `/api/cases/${caseId}`)
  expect(kase.body.product.id).toBe(wanted.id)
  const offered = await change(noted.body.id, { offers: [{ productId: twin.id }] })
  expect(offered.body.offers).toMatchObject([{ name: 'Steel kettle', answer: 'offered' }])
  expect((await register()).find(one => one.product.id === wanted.id)).toMatchObject({
    asked: 1,
    lostMinor: 5000,
    offered: 1,
    accepted: 0,
  })
  const accepted = await change(noted.body.id, {
    acceptedId: twin.id,
    answer: 'Same size',
    version: offered.body.version,
  })
  expect(accepted.body).toMatchObject({
    outcome: 'accepted',
    accepted: { name: 'Steel kettle' },
    offers: [{ answer: 'accepted' }],
  })
  expect((await change(noted.body.id, { outcome: 'left', version: offered.body.version })).status).toBe(412)
  expect((await register()).find(one => one.product.id === wanted.id)).toMatchObject({
    customers: 1,
    lostMinor: 0,
    accepted: 1,
    acceptedInstead: [{ name: 'Steel kettle', count: 1 }],
  })
  const timeline = await adviser()<{ items: { sentence: string }[] }>('GET', `/api/cases/${caseId}/timeline`)
  expect(timeline.body.items.map(item => item.sentence).join('\n')).toContain('took something else: Steel kettle')
})

test('at the counter one press notes it before there is a case, and the case is added afterwards', async () => {
  const wanted = await product()
  const noted = await note({ productId: wanted.id, outcome: 'left' })
  expect(noted.body).toMatchObject({ caseId: null, person: null, outcome: 'left', reason: 'out' })
  const caseId = await open(null)
  expect((await change(noted.body.id, { caseId })).body).toMatchObject({ caseId, person: { name: expect.any(String) } })
  const ofCase = await adviser()<{ items: Demand[] }>('GET', `/api/demands?caseId=${caseId}`)
  expect(ofCase.body.items.map(one => one.id)).toEqual([noted.body.id])
})

test('bad input is refused with the field it is about', async () => {
  const wanted = await product()
  const field = (answer: { body: Problem }) => answer.body.errors?.[0]?.field
  expect(field(await note({ productId: 999_999 }))).toBe('productId')
  expect(field(await note({ productId: wanted.id, placeId: 999_999 }))).toBe('placeId')
  expect((await note({ productId: wanted.id, caseId: 999_999 })).status).toBe(404)
  expect(field(await note({ productId: wanted.id, quantity: 0 }))).toBe('quantity')
  expect(field(await note({ productId: wanted.id, outcome: 'accepted' }))).toBe('outcome')
  const { id } = (await note({ productId: wanted.id })).body
  expect(field(await change(id, { outcome: 'accepted' }))).toBe('acceptedId')
  expect(field(await change(id, { outcome: 'left', acceptedId: wanted.id }))).toBe('acceptedId')
  expect(field(await change(id, { offers: [{ productId: wanted.id }] }))).toBe('offers[0].productId')
  expect(field(await adviser()('POST', `/api/demands/${id}/tell-when-back`, {}))).toBe('caseId')
  const badSpan = await manager()<Problem>('GET', '/api/demand-register?since=2026-02-01&until=2026-01-01')
  expect(field(badSpan)).toBe('until')
  expect((await manager()('GET', '/api/demand-register?since=yesterday')).status).toBe(422)
  expect((await adviser()('GET', '/api/demand-register')).status).toBe(403)
})

const letters = async (caseId: number) =>
  (await adviser()<{ items: { direction: string; text: string }[] }>('GET', `/api/cases/${caseId}/messages`)).body.items

test('what was promised to be told when it is back is kept by itself: once, by mail, and the case stays as it is', async () => {
  const here = await place()
  const wanted = await product({ name: 'Blue lamp' })
  await say(wanted.id, here, 'out', '2026-12-10')
  const caseId = await open('bob.waits@example.org')
  const noted = await note({ productId: wanted.id, placeId: here.id, caseId })
  const promised = await adviser()<Demand>('POST', `/api/demands/${noted.body.id}/tell-when-back`, {})
  expect(promised.body).toMatchObject({ outcome: 'waits', tellBy: '2026-12-11T17:00:00.000Z', toldAt: null })
  expect((await adviser()('POST', `/api/demands/${noted.body.id}/tell-when-back`, {})).status).toBe(409)
  const waiting = await adviser()<{ items: Demand[] }>('GET', '/api/demands?waiting=true')
  expect(waiting.body.items.map(one => one.id)).toContain(noted.body.id)
  const before = await adviser()<{ status: string; waitingSince: string | null }>('GET', `/api/cases/${caseId}`)
  await say(wanted.id, here, 'in_stock')
  const told = await eventually(async () => {
    const { items } = (await adviser()<{ items: Demand[] }>('GET', `/api/demands?caseId=${caseId}`)).body
    return items[0]?.toldAt ? items[0] : null
  })
  expect(told.tellBy).toBeNull()
  const sent = (await letters(caseId)).filter(one => one.direction === 'out')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.text).toContain(`“Blue lamp”. It is available again at ${here.name}.`)
  const after = await adviser()<{ status: string; waitingSince: string | null }>('GET', `/api/cases/${caseId}`)
  expect(after.body).toMatchObject({ status: before.body.status, waitingSince: before.body.waitingSince })
  const promises = await adviser()<{ items: { kind: string; outcome: string }[] }>(
    'GET',
    `/api/cases/${caseId}/promises`,
  )
  expect(promises.body.items.find(one => one.kind === 'tell_when_back')).toMatchObject({ outcome: 'kept' })
  await say(wanted.id, here, 'out')
  await say(wanted.id, here, 'low')
  await adviser()('POST', '/api/availability', { items: [{ product: 'D-none', place: here.id, state: 'out' }] })
  expect((await letters(caseId)).filter(one => one.direction === 'out')).toHaveLength(1)
})

test('who can be reached by no mail is told by somebody: the case says so, and the promise stays open', async () => {
  const here = await place()
  const wanted = await product({ name: 'Green lamp' })
  await say(wanted.id, here, 'out')
  const caseId = await open(null)
  const { id } = (await note({ productId: wanted.id, caseId })).body
  await adviser()('POST', `/api/demands/${id}/tell-when-back`, { by: '2026-12-24' })
  const number = (await manager()<{ number: string }>('GET', `/api/products/${wanted.id}`)).body.number
  await adviser()('POST', '/api/availability', { items: [{ product: number, place: here.name, state: 'in stock' }] })
  const noticed = await eventually(async () => (await letters(caseId)).find(one => one.direction === 'note'))
  expect(noticed.text).toContain('“Green lamp” is available again. No e-mail address is known')
  const promises = await adviser()<{ items: { kind: string; outcome: string | null }[] }>(
    'GET',
    `/api/cases/${caseId}/promises`,
  )
  expect(promises.body.items.find(one => one.kind === 'tell_when_back')?.outcome ?? 'open').toBe('open')
})

test('another place that has it is asked to send it; what it cannot send leaves the wish open', async () => {
  const [here, there] = [await place(), await place()]
  const wanted = await product()
  await say(wanted.id, there, 'in_stock')
  const { id } = (await note({ productId: wanted.id, placeId: here.id })).body
  const ask = (from: Named, to: Named) =>
    adviser()<Demand>('POST', `/api/demands/${id}/transfers`, { fromPlaceId: from.id, toPlaceId: to.id })
  expect((await ask(here, there)).body.errors?.[0]?.field).toBe('fromPlaceId')
  expect((await ask(there, there)).body.errors?.[0]?.field).toBe('toPlaceId')
  const asked = await ask(there, here)
  expect(asked.body).toMatchObject({ outcome: 'transfer', transfers: [{ state: 'requested' }] })
  const way = await adviser()<{ items: { id: number; version: number }[] }>('GET', `/api/transfers?placeId=${here.id}`)
  const [transfer] = way.body.items
  const settle = (state: string) => adviser()<{ state: string }>('PATCH', `/api/transfers/${transfer?.id}`, { state })
  expect((await settle('sent')).body.state).toBe('sent')
  expect((await settle('refused')).body.state).toBe('refused')
  expect((await settle('arrived')).status).toBe(409)
  expect((await adviser()<{ items: unknown[] }>('GET', `/api/transfers?placeId=${here.id}`)).body.items).toEqual([])
  const listed = await adviser()<{ items: Demand[] }>('GET', `/api/demands?productId=${wanted.id}`)
  expect(listed.body.items[0]?.outcome).toBe('open')
})

test('a deficiency is looked at with a choice and words, and comes back when it is asked for again', async () => {
  const wanted = await product()
  await note({ productId: wanted.id })
  const tried = (body: object) => manager()<Problem>('POST', `/api/products/${wanted.id}/demand-reviews`, body)
  expect((await tried({ outcome: 'ordered' })).body.errors?.[0]?.field).toBe('words')
  expect((await tried({ outcome: 'ordered', words: '  ' })).status).toBe(422)
  expect((await tried({ outcome: 'whatever', words: 'x' })).body.errors?.[0]?.field).toBe('outcome')
  expect(
    (await adviser()('POST', `/api/products/${wanted.id}/demand-reviews`, { outcome: 'nothing', words: 'x' })).status,
  ).toBe(403)
  today = new Date(today.getTime() + 60_000)
  expect((await tried({ outcome: 'ordered', words: '40 more from the supplier' })).status).toBe(201)
  const seen = async () => (await register('?open=true')).some(one => one.product.id === wanted.id)
  expect(await seen()).toBe(false)
  expect((await register()).find(one => one.product.id === wanted.id)).toMatchObject({
    askedSinceReview: false,
    review: { outcome: 'ordered', words: '40 more from the supplier' },
  })
  today = new Date(today.getTime() + 60_000)
  await note({ productId: wanted.id })
  expect(await seen()).toBe(true)
})

test('what customers say of a product comes from the cases one may see, and from no others', async () => {
  const wanted = await product()
  const seen = await open('said@example.org', { productId: wanted.id, kind: 'fault' })
  const hidden = await manager()<{ id: number }>('POST', '/api/cases', {
    subject: 'Quiet',
    requester: { name: 'Quiet Person' },
    message: { text: 'secret words' },
    teamId: app.teamId,
    confidential: true,
    productId: wanted.id,
  })
  expect(hidden.status, JSON.stringify(hidden.body)).toBe(201)
  const said = await adviser()<{ items: { caseId: number; text: string }[]; kinds: { kind: string; count: number }[] }>(
    'GET',
    `/api/products/${wanted.id}/said`,
  )
  expect(said.body.items).toMatchObject([{ caseId: seen, text: 'Do you have it?' }])
  expect(said.body.kinds).toEqual([{ kind: 'fault', count: 1 }])
  const noted = await manager()<Demand>('POST', '/api/demands', {
    productId: wanted.id,
    caseId: hidden.body.id,
    words: 'secret wish',
  })
  expect(noted.status, JSON.stringify(noted.body)).toBe(201)
  const listed = JSON.stringify((await adviser()('GET', `/api/demands?productId=${wanted.id}`)).body)
  expect(listed).not.toContain('secret wish')
  expect(listed).not.toContain('Quiet Person')
})
