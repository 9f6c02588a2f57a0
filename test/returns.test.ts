import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T10:00:00Z')
let roleIds: Map<string, number>
beforeAll(async () => {
  app = await startApp({ clock: () => now })
  const { rows } = await app.program.kernel.database.owner.query<{ id: number; key: string }>(
    'select id, key from roles',
  )
  roleIds = new Map(rows.map(row => [row.key, Number(row.id)]))
  await limits('adviser', { most: 5000, referTo: roleIds.get('supervisor') })
  await limits('supervisor', { most: null })
})
afterAll(() => app.close())

const limits = (role: RoleKey, more: object) =>
  app.as('administrator')('PUT', '/api/authority/limits', {
    kind: 'role',
    id: roleIds.get(role),
    limits: [{ act: 'refund', currency: 'GBP', most: 0, perCustomer: null, perShift: null, referTo: null, ...more }],
  })

type Option = {
  outcome: string
  basis: string
  rule: string
  amountMinor: number
  feeMinor: number
  carriageMinor: number
  payBy: string | null
  lastDay: string | null
  carriageBack: string
}
type Assessment = {
  options: Option[]
  rights: { rule: string; lastDay: string | null; ended: boolean }[]
  refused: { citation: string; why: string }[]
  house: { rule: string } | null
  houseRefused: { rule: string; why: string }[]
}
type Problem = { errors?: { field: string; message: string }[]; detail?: string }
type Refund = { id: number; tender: string; amountMinor: number; state: string; payBy: string }
type Return = {
  id: number
  caseId: number
  state: string
  totalMinor: number
  person: { name: string } | null
  lines: { id: number; goods: string; amountMinor: number; clause: string }[]
  refunds: Refund[]
}
type Made = {
  id: number
  lines: { id: number; returned: number; refundedMinor: number }[]
  carriageRefundedMinor: number
}

const desk: ReturnType<TestApp['as']> = (...args) => app.as('adviser')(...args)
let numbers = 0
const bought = async (line: object = {}, more: object = {}) => {
  const made = await desk<Made>('POST', '/api/purchases', {
    number: `R-${++numbers}`,
    boughtAt: now.toISOString(),
    customer: { name: 'Rita Return', email: `rita${numbers}@example.org` },
    lines: [{ name: 'Kettle', paidMinor: 2999, ...line }],
    ...more,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return { id: made.body.id, lineId: made.body.lines[0]?.id as number }
}
const later = (days: number) => {
  now = new Date(now.getTime() + days * 86_400_000)
}
const assess = async (line: object, channel = 'desk') => {
  const { body } = await desk<{ items: Assessment[] } & Problem>('POST', '/api/returns/assess', {
    channel,
    lines: [line],
  })
  return body.items?.[0] as Assessment
}
let keys = 0
const settle = (line: object, more: object = {}, role: RoleKey = 'adviser') =>
  app.as(role)<Return & Problem>('POST', '/api/returns', {
    key: `k${++keys}`,
    reason: 'It does not boil.',
    tender: 'cash',
    lines: [line],
    ...more,
  })
const shown = ({ options }: Assessment) => options.map(one => [one.basis, one.outcome, one.amountMinor])
const purchase = async (id: number) => (await desk<Made>('GET', `/api/purchases/${id}`)).body

describe('what the customer is entitled to', () => {
  test('faulty within thirty days: all of it, shown first, paid in cash at once or by the day the law says', async () => {
    const { id, lineId } = await bought()
    later(5)
    const found = await assess({ lineId, reason: 'faulty' })
    expect(found.rights[0]).toMatchObject({ rule: 'cra.short_reject', lastDay: '2026-12-02', ended: false })
    const reject = found.options.find(one => one.rule === 'cra.short_reject')
    expect(reject).toMatchObject({ outcome: 'refund', amountMinor: 2999, payBy: '2026-11-20', carriageBack: 'trader' })
    const { status, body } = await settle({ lineId, reason: 'faulty', outcome: 'refund', basis: 'law' })
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body).toMatchObject({ state: 'in_progress', totalMinor: 2999, person: { name: 'Rita Return' } })
    expect(body.refunds).toMatchObject([{ tender: 'cash', amountMinor: 2999, state: 'done' }])
    expect(body.lines[0]?.clause).toContain('CRA 2015')
    expect((await purchase(id)).lines[0]).toMatchObject({ returned: 1, refundedMinor: 2999 })
    const again = await settle({ lineId, reason: 'faulty', outcome: 'refund', basis: 'law' })
    expect(again.body.errors?.[0]?.field).toBe('lines[0].quantity')
  })

  test('faulty on day forty: repair or another one, no money back; after one repair the money', async () => {
    const { lineId } = await bought()
    later(40)
    const first = await assess({ lineId, reason: 'faulty' })
    expect(shown(first)).toEqual([
      ['law', 'repair', 0],
      ['law', 'exchange', 0],
    ])
    const refused = await settle({ lineId, reason: 'faulty', outcome: 'refund', basis: 'law' })
    expect(refused.body.errors?.[0]?.field).toBe('lines[0].outcome')
    const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
    const earlier = [{ kind: 'repair', askedOn: day(-10), backOn: day(-3), failed: true }]
    const second = await assess({ lineId, reason: 'faulty', earlier })
    expect(shown(second)).toEqual(expect.arrayContaining([['law', 'refund', 2999]]))
  })

  test('bought from a distance and no longer wanted: all of it with the usual carriage, once it is back', async () => {
    const sale = { channel: 'distance', carriageMinor: 395, carriageExtraMinor: 600 }
    const { id, lineId } = await bought({ deliveredAt: now.toISOString() }, sale)
    later(10)
    const found = await assess({ lineId, reason: 'change_of_mind' })
    const cancel = found.options.find(one => one.basis === 'law' && one.outcome === 'refund')
    expect(cancel).toMatchObject({ amountMinor: 2999, carriageMinor: 395, carriageBack: 'customer' })
    const { body } = await settle({ lineId, reason: 'change_of_mind', outcome: 'refund', basis: 'law' })
    expect(body.totalMinor).toBe(3394)
    expect((await purchase(id)).carriageRefundedMinor).toBe(395)
    const late = await bought({ deliveredAt: now.toISOString() }, { channel: 'distance' })
    later(15)
    expect((await assess({ lineId: late.lineId, reason: 'change_of_mind' })).options).toEqual([])
  })

  test('nobody is given less than the law gives, and nobody more without saying why', async () => {
    const { lineId } = await bought()
    const less = await settle({ lineId, reason: 'faulty', outcome: 'refund', basis: 'law', amountMinor: 2000 })
    expect(less.body.errors).toMatchObject([{ field: 'lines[0].amountMinor' }])
    expect(less.body.detail).toContain('CRA 2015')
    const more = await settle({ lineId, reason: 'faulty', outcome: 'refund', basis: 'law', amountMinor: 3000 })
    expect(more.body.errors?.[0]?.field).toBe('lines[0].amountMinor')
    const mood = { lineId, reason: 'change_of_mind', outcome: 'refund', basis: 'exception', amountMinor: 2999 }
    expect((await settle(mood)).body.errors?.[0]?.field).toBe('exceptionReason')
    const kind = await settle(mood, { exceptionReason: 'Bought twice by mistake, unopened.' })
    expect(kind.body).toMatchObject({ totalMinor: 2999 })
    const register = await app.as('auditor')<{ items: { exception: boolean; exceptionReason: string }[] }>(
      'GET',
      '/api/decisions?exceptions=true',
    )
    expect(register.body.items[0]).toMatchObject({
      exception: true,
      exceptionReason: 'Bought twice by mistake, unopened.',
    })
  })
})

const unwanted = {
  id: 'unwanted',
  name: 'Changed their mind',
  clause: 'Unused, within 28 days, with any proof of purchase.',
  reasons: ['change_of_mind', 'gift'],
  window: { days: 28, from: 'item_delivery' },
  proofs: ['receipt', 'order', 'card', 'loyalty'],
  accepted: ['unopened', 'unused'],
  outcomes: ['refund', 'exchange', 'store_credit'],
  fee: { percent: 10, waivedFor: ['exchange', 'store_credit'] },
}
const noProof = {
  id: 'no_proof',
  name: 'Nothing shows when it was bought',
  clause: 'Without proof of purchase we give credit for what it costs now.',
  reasons: ['change_of_mind', 'gift', 'faulty'],
  window: null,
  proofs: ['none', 'receipt'],
  accepted: ['unopened', 'unused', 'used', 'damaged'],
  outcomes: ['store_credit', 'refund'],
}
const manager: ReturnType<TestApp['as']> = (...args) => app.as('line_manager')(...args)
const draft = (rules: object[]) =>
  manager<Problem & { version: number }>('PUT', '/api/return-policies/draft', { rules })

describe('what the house offers beyond', () => {
  test('is written as a draft, put in force, and never changed afterwards', async () => {
    expect((await draft([unwanted])).status).toBe(200)
    expect((await draft([unwanted, noProof])).status).toBe(200)
    const { lineId } = await bought()
    expect((await assess({ lineId, reason: 'change_of_mind', condition: 'unused' })).house).toBeNull()
    expect((await manager('POST', '/api/return-policies/draft/publish')).status).toBe(200)
    expect((await manager('POST', '/api/return-policies/draft/publish')).status).toBe(409)
    await expect(
      app.program.kernel.database.owner.query("update return_policies set note = 'x' where published_at is not null"),
    ).rejects.toThrow(/is not changed/)
    expect((await assess({ lineId, reason: 'change_of_mind', condition: 'unused' })).house?.rule).toBe('unwanted')
    expect((await desk('PUT', '/api/return-policies/draft', { rules: [] })).status).toBe(403)
  })

  test('counts its days from delivery, takes its fee where it is not waived, and says why it gives nothing', async () => {
    const { lineId } = await bought()
    later(27)
    const found = await assess({ lineId, reason: 'change_of_mind', condition: 'unused' })
    expect(found.options.map(one => [one.outcome, one.amountMinor, one.feeMinor])).toEqual([
      ['refund', 2699, 300],
      ['exchange', 0, 0],
      ['store_credit', 2999, 0],
    ])
    const used = await assess({ lineId, reason: 'change_of_mind', condition: 'used' })
    expect(used.houseRefused).toMatchObject([{ rule: 'unwanted', why: 'It does not take back what is used' }])
    later(2)
    const late = await assess({ lineId, reason: 'change_of_mind', condition: 'unused', proof: 'card' })
    expect(late.houseRefused[0]?.why).toMatch(/^Its last day was/)
    expect(late.options).toEqual([])
  })

  test('gives credit for what nothing shows to have been bought, and for a gift without a word to the giver', async () => {
    const line = { name: 'A blue jug', reason: 'change_of_mind', proof: 'none', condition: 'unused' }
    const credit = { ...line, outcome: 'store_credit', basis: 'house', amountMinor: 1200 }
    const { body } = await settle(credit, { tender: null })
    expect(body.refunds, JSON.stringify(body)).toMatchObject([
      { tender: 'store_credit', amountMinor: 1200, state: 'to_pay' },
    ])
    const { lineId } = await bought({}, { giftNumber: 'G-1' })
    const gift = await settle({ lineId, reason: 'gift', condition: 'unused', outcome: 'store_credit', basis: 'house' })
    expect(gift.body.person?.name).toMatch(/^Customer at the desk, /)
    const broken = { reason: 'faulty', outcome: 'refund', basis: 'law' }
    const other = await bought({}, { giftNumber: 'G-2' })
    const faulty = await settle({ lineId: other.lineId, ...broken }, { gift: true })
    expect(faulty.body.person?.name).toMatch(/^Customer at the desk, /)
    const kase = await desk<{ requester: { name: string } }>('GET', `/api/cases/${gift.body.caseId}`)
    expect(kase.body.requester.name).toMatch(/^Customer at the desk, /)
  })

  test('that is less than the law gives is refused, with the clause', async () => {
    const faulty = { ...unwanted, id: 'broken', reasons: ['faulty'], window: { days: 30, from: 'item_delivery' } }
    const wrong = async (more: object) => {
      const { status, body } = await draft([{ ...faulty, fee: null, ...more }])
      return [status, body.errors?.[0]?.field, body.errors?.[0]?.message.includes('CRA 2015')]
    }
    expect(await wrong({ window: { days: 14, from: 'item_delivery' } })).toEqual([422, 'rules[0].window', true])
    expect(await wrong({ window: { days: 60, from: 'order' } })).toEqual([422, 'rules[0].window', true])
    expect(await wrong({ outcomes: ['repair'] })).toEqual([422, 'rules[0].outcomes', true])
    expect(await wrong({ fee: { percent: 5 } })).toEqual([422, 'rules[0].fee', true])
    expect(await wrong({ proofs: ['receipt'] })).toEqual([422, 'rules[0].proofs', true])
    expect((await draft([unwanted, unwanted])).body.errors?.[0]?.field).toBe('rules[1].id')
    const condition = { field: 'moon', op: 'is', value: 1 }
    expect((await draft([{ ...unwanted, condition }])).status).toBe(422)
    expect((await draft([{ ...faulty, fee: null }])).status).toBe(200)
  })
})

describe('a draft', () => {
  test('is tried over what came back before it is put in force: what changes, and what it costs', async () => {
    const accepted = ['unopened', 'unused', 'used']
    const longer = { ...unwanted, window: { days: 90, from: 'item_delivery' }, fee: null, accepted }
    const { lineId } = await bought({ paidMinor: 5000 })
    later(20)
    const mood = { lineId, reason: 'change_of_mind', condition: 'unused', outcome: 'refund', basis: 'house' }
    expect((await settle(mood)).body.totalMinor).toBe(4500)
    await draft([longer, noProof])
    type Simulated = {
      returns: number
      changed: number
      totals: { beforeMinor: number; afterMinor: number }[]
      examples: { name: string; from: string; fromMinor: number; to: string; toMinor: number }[]
    }
    const { status, body } = await manager<Simulated>('POST', '/api/return-policies/draft/simulate', { days: 365 })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.returns).toBeGreaterThan(3)
    expect(body.changed).toBeLessThan(body.returns)
    expect(body.examples[0]).toMatchObject({ name: 'Kettle', from: 'refund', fromMinor: 4500, toMinor: 5000 })
    const [total] = body.totals
    expect((total?.afterMinor ?? 0) - (total?.beforeMinor ?? 0)).toBeGreaterThanOrEqual(500)
    expect((await desk('POST', '/api/return-policies/draft/simulate', {})).status).toBe(403)
    expect((await manager('POST', '/api/return-policies/draft/publish')).status).toBe(200)
    expect((await manager('POST', '/api/return-policies/draft/simulate', {})).status).toBe(409)
  })
})

describe('settling', () => {
  const faulty = { reason: 'faulty', outcome: 'refund', basis: 'law' }

  test('told twice by the same key it is one return; two desks at once make one of the same thing', async () => {
    const { lineId } = await bought()
    const both = await Promise.all([
      settle({ lineId, ...faulty }, { key: 'same' }),
      settle({ lineId, ...faulty }, { key: 'same' }),
    ])
    expect(both[0]?.body.id).toBe(both[1]?.body.id)
    const other = await bought()
    const many = await Promise.all(Array.from({ length: 8 }, () => settle({ lineId: other.lineId, ...faulty })))
    expect(many.filter(one => one.status === 201)).toHaveLength(1)
    expect((await purchase(other.id)).lines[0]).toMatchObject({ returned: 1, refundedMinor: 2999 })
  })

  test('beyond one’s limit it waits for whoever decides: approved, with less, or declined', async () => {
    const ask = async () => {
      const { id, lineId } = await bought({ paidMinor: 8000 })
      const { body } = await settle({ lineId, ...faulty }, { tender: 'bank_transfer' })
      expect(body, JSON.stringify(body)).toMatchObject({
        state: 'awaiting_approval',
        refunds: [{ state: 'awaiting_approval' }],
      })
      type Referrals = { items: { id: number; form: { amount: number } }[] }
      const { items } = (await app.as('supervisor')<Referrals>('GET', `/api/cases/${body.caseId}/referrals`)).body
      expect(items[0]?.form.amount).toBe(8000)
      return { purchaseId: id, returnId: body.id, referral: items[0]?.id }
    }
    const now_ = async (id: number) => (await desk<Return>('GET', `/api/returns/${id}`)).body
    const decide = (id: number | undefined, verdict: object) =>
      app.as('supervisor')('POST', `/api/referrals/${id}/answer`, verdict)
    const [yes, less, no] = [await ask(), await ask(), await ask()]
    expect((await decide(yes.referral, { answer: 'approve', reason: 'Right.' })).status).toBe(200)
    await eventually(async () => (await now_(yes.returnId)).refunds[0]?.state === 'to_pay')
    await decide(less.referral, { answer: 'approve_less', amount: 5000, reason: 'It was used for a while.' })
    await eventually(async () => (await now_(less.returnId)).refunds[0]?.state === 'to_pay')
    expect(await now_(less.returnId)).toMatchObject({ totalMinor: 5000, lines: [{ amountMinor: 5000 }] })
    expect((await purchase(less.purchaseId)).lines[0]).toMatchObject({ returned: 1, refundedMinor: 5000 })
    await decide(no.referral, { answer: 'decline', reason: 'It was dropped.' })
    await eventually(async () => (await now_(no.returnId)).state === 'declined')
    expect((await purchase(no.purchaseId)).lines[0]).toMatchObject({ returned: 0, refundedMinor: 0 })
  })

  test('what is not cash is promised by a day, listed, given to the bank, and noted when it was paid', async () => {
    const { lineId } = await bought({}, { payments: [{ tender: 'card', amountMinor: 2999 }] })
    const { body } = await settle({ lineId, ...faulty })
    expect(body.refunds).toMatchObject([{ tender: 'card', state: 'to_pay' }])
    const promises = await desk<{ items: { kind: string; dueAt: string }[] }>(
      'GET',
      `/api/cases/${body.caseId}/promises`,
    )
    expect(promises.body.items).toMatchObject([{ kind: 'refund_payment', dueAt: body.refunds[0]?.payBy }])
    const payer: ReturnType<TestApp['as']> = (...args) => app.as('supervisor')(...args)
    const list = async () => (await payer<{ items: { id: number }[] }>('GET', '/api/refunds?limit=200')).body.items
    const id = body.refunds[0]?.id as number
    expect((await list()).map(one => one.id)).toContain(id)
    const table = await payer<string>('GET', '/api/refunds/export')
    expect(table.body).toContain('29.99,GBP,card')
    expect((await desk('POST', `/api/refunds/${id}/paid`)).status).toBe(403)
    expect((await payer('POST', `/api/refunds/${id}/paid`, { reference: 'batch 7' })).status).toBe(200)
    expect((await payer('POST', `/api/refunds/${id}/paid`)).status).toBe(200)
    expect((await list()).map(one => one.id)).not.toContain(id)
    const kept = await desk<{ items: { outcome: string }[] }>('GET', `/api/cases/${body.caseId}/promises`)
    expect(kept.body.items[0]?.outcome).toBe('kept')
  })

  test('goods go their own way: looked at, put back or written off, and nowhere they cannot be', async () => {
    const { lineId } = await bought()
    const { body } = await settle({ lineId, ...faulty, here: false })
    const path = `/api/returns/${body.id}/lines/${body.lines[0]?.id}/goods`
    const move = async (to: string) => {
      const answer = await desk<Return & Problem>('POST', path, { to })
      return answer.body.lines?.[0]?.goods ?? answer.body.errors?.[0]?.field
    }
    expect(body.lines[0]?.goods).toBe('expected')
    expect(await move('restocked')).toBe('to')
    expect(await move('received')).toBe('received')
    expect(await move('accepted_damaged')).toBe('accepted_damaged')
    expect(await move('supplier_claim')).toBe('supplier_claim')
    expect(await move('written_off')).toBe('written_off')
    expect(await move('received')).toBe('to')
    expect((await desk<Return>('GET', `/api/returns/${body.id}`)).body.state).toBe('resolved')
  })

  test('of a case that one may not see nothing is shown', async () => {
    const { lineId } = await bought()
    const { body } = await settle({ lineId, ...faulty })
    await app.as('supervisor')('PATCH', `/api/cases/${body.caseId}`, { confidential: true })
    expect((await app.as('outsider')('GET', `/api/returns/${body.id}`)).status).toBe(404)
    const list = await app.as('outsider')<{ items: { id: number }[] }>('GET', '/api/returns?limit=200')
    expect(list.body.items.map(one => one.id)).not.toContain(body.id)
  })
})
