import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAwayOf } from '../src/modules/authority/index.ts'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-20T10:00:00Z')
let roleIds: Map<string, number>
beforeAll(async () => {
  app = await startApp({ jobs: false, clock: () => now })
  const { rows } = await app.program.kernel.database.owner.query<{ id: number; key: string }>(
    'select id, key from roles',
  )
  roleIds = new Map(rows.map(row => [row.key, Number(row.id)]))
  await limits('adviser', { most: 5000, referTo: roleIds.get('supervisor') })
  await limits('supervisor', { most: 50_000, referTo: roleIds.get('line_manager') })
  await limits('line_manager', { most: null })
})
afterAll(() => app.close())

const limits = (role: RoleKey, more: object, act = 'refund', currency: string | null = 'GBP') =>
  app.as('administrator')('PUT', '/api/authority/limits', {
    kind: 'role',
    id: roleIds.get(role),
    limits: [{ act, currency, most: 0, perCustomer: null, perShift: null, referTo: null, ...more }],
  })

type Problem = {
  detail: string
  errors?: { field: string }[]
  decider?: { name: string }
  state?: string
  answer?: string
  granted?: number
}
type Referral = {
  id: number
  state: string
  to: { id: number; name: string } | null
  madeBy: { name: string }
  answeredBy: { name: string } | null
  answer: string
  granted: number | null
  form: { amount: number } | null
  can: string[]
  dueAt: string | null
  trail: { name: string; passedOver: string | null }[]
  version: number
  conversationId: number
}
type OfCase = {
  items: Referral[]
  decisions: {
    outcome: string
    amount: number
    madeBy: { name: string }
    decidedBy: { name: string }
    takenBack: boolean
    verdict: string
  }[]
}
let cases = 0
const open = async (more: object = {}) =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject: `Cracked kettle ${++cases}`,
      channel: 'email',
      requester: { name: `Customer ${cases}`, email: `customer${cases}@example.org` },
      message: { text: 'The lid is cracked.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const form = (amount: number, more: object = {}) => ({
  act: 'refund',
  amount,
  currency: 'GBP',
  reason: 'Cracked lid, second time',
  ...more,
})
const give = (role: RoleKey, id: number, amount: number, more: object = {}) =>
  app.as(role)<{ decisionId: number } & Problem>('POST', `/api/cases/${id}/give`, form(amount, more))
const refer = (role: RoleKey, id: number, more: object = {}) =>
  app.as(role)<{ id: number; to: string; trail: Referral['trail'] } & Problem>('POST', `/api/cases/${id}/referrals`, {
    reason: 'outside_authority',
    toKind: 'decider',
    question: 'May I refund all of it?',
    ...more,
  })
const answer = (role: RoleKey | 'outsider', id: number, body: object) =>
  app.as(role)<Referral & Problem>('POST', `/api/referrals/${id}/answer`, { reason: 'Good customer', ...body })
const ofCase = async (id: number) => (await app.as('adviser')<OfCase>('GET', `/api/cases/${id}/referrals`)).body
const notes = async (id: number) =>
  (
    await app.as('adviser')<{ items: { text: string; direction: string; conversationId: number }[] }>(
      'GET',
      `/api/cases/${id}/messages`,
    )
  ).body.items
const post = <T = Referral & Problem>(role: RoleKey, id: number, what: string, body: object = {}) =>
  app.as(role)<T>('POST', `/api/referrals/${id}/${what}`, body)

describe('giving', () => {
  test('within the limit it is decided, noted and in the register; beyond it one is told who decides', async () => {
    const id = await open()
    expect((await give('adviser', id, 5000)).status).toBe(201)
    expect((await ofCase(id)).decisions).toMatchObject([
      { outcome: 'own', amount: 5000, decidedBy: { name: 'Some adviser' } },
    ])
    expect((await notes(id)).at(-1)).toMatchObject({ direction: 'note' })
    expect((await notes(id)).at(-1)?.text).toContain('Refund, £50.00')
    const beyond = await give('adviser', id, 5001)
    expect(beyond.status).toBe(403)
    expect(beyond.body).toMatchObject({
      detail: 'Up to £50.00 yours, by the limit of the role Adviser. Beyond that Some supervisor decides.',
      errors: [{ field: 'amount' }],
      decider: { name: 'Some supervisor' },
    })
    const allowance = await app.as('adviser')('GET', `/api/cases/${id}/allowance?act=refund&amount=5001`)
    expect(allowance.body).toMatchObject({
      allowed: false,
      upTo: 5000,
      currency: 'GBP',
      decider: { name: 'Some supervisor' },
    })
  })

  test('an exception needs its reason, an amount is needed, and a complaint is not given', async () => {
    const id = await open()
    const fieldOf = async (amount: number, more: object) =>
      (await give('adviser', id, amount, more)).body.errors?.[0]?.field
    expect(await fieldOf(100, { exception: true })).toBe('exceptionReason')
    expect(await fieldOf(0, {})).toBe('amount')
    expect(await fieldOf(-1, {})).toBe('amount')
    expect(await fieldOf(100, { currency: null })).toBe('currency')
    expect(await fieldOf(1, { act: 'closing_complaint', currency: null })).toBe('act')
    expect(
      (await give('adviser', id, 100, { exception: true, exceptionReason: 'Out of the 30 days', policy: 'Returns 2' }))
        .status,
    ).toBe(201)
  })
})

describe('referring', () => {
  test('80 with a limit of 50 becomes a referral with the form, decided by the supervisor; who asked cannot, even by API', async () => {
    const id = await open()
    const made = await refer('adviser', id, { form: form(8000) })
    expect(made).toMatchObject({ status: 201, body: { to: 'Some supervisor' } })
    const [referral] = (await ofCase(id)).items
    expect(referral).toMatchObject({
      state: 'open',
      form: { amount: 8000, reason: 'Cracked lid, second time' },
      can: ['withdraw'],
    })
    expect(referral?.dueAt).toEqual(expect.any(String))
    const own = await answer('adviser', made.body.id, { answer: 'approve' })
    expect(own).toMatchObject({ status: 403, body: { detail: 'You asked this yourself: somebody else answers it.' } })
    expect((await post('adviser', made.body.id, 'take-over')).status).toBe(403)
    const decided = await answer('supervisor', made.body.id, { answer: 'approve' })
    expect(decided).toMatchObject({
      status: 200,
      body: { state: 'decided', granted: 8000, answeredBy: { name: 'Some supervisor' } },
    })
    expect((await ofCase(id)).decisions).toMatchObject([
      {
        outcome: 'approved',
        amount: 8000,
        madeBy: { name: 'Some adviser' },
        decidedBy: { name: 'Some supervisor' },
        verdict: 'Good customer',
      },
    ])
    const said = await notes(id)
    expect(said.slice(-2).map(one => one.conversationId)).toEqual([referral?.conversationId, referral?.conversationId])
    expect(said.at(-1)?.text).toBe('Approved: Refund, £80.00\n\nGood customer')
    const { rows } = await app.program.kernel.database.owner.query<{ outcome: string }>(
      `select outcome from promises where subject_kind = 'case' and subject_id = $1 and kind = 'answer_colleague'`,
      [id],
    )
    expect(rows.map(row => row.outcome)).toEqual(['kept'])
  })

  test('approved in part, declined, advised; and never beyond the limit of whoever decides', async () => {
    const id = await open()
    const ask = async (amount?: number) =>
      (
        await refer(
          'adviser',
          id,
          amount ? { form: form(amount) } : { toKind: 'role', toId: roleIds.get('supervisor') },
        )
      ).body.id
    const part = await ask(9000)
    expect((await answer('supervisor', part, { answer: 'approve_less' })).body.errors?.[0]?.field).toBe('amount')
    expect((await answer('supervisor', part, { answer: 'approve_less', amount: 9000 })).body.errors?.[0]?.field).toBe(
      'amount',
    )
    expect((await answer('supervisor', part, { answer: 'approve_less', amount: 6000 })).body.granted).toBe(6000)
    expect((await answer('supervisor', await ask(9000), { answer: 'decline' })).body).toMatchObject({
      state: 'decided',
      granted: 0,
    })
    expect((await answer('supervisor', await ask(), { answer: 'advise' })).body).toMatchObject({
      state: 'answered',
      granted: null,
    })
    expect((await answer('supervisor', await ask(), { answer: 'approve' })).body.errors?.[0]?.field).toBe('answer')
    const big = await refer('adviser', id, { form: form(50_001) })
    expect(big.body.to).toBe('Some line manager')
    expect(big.body.trail).toMatchObject([{ name: 'Some supervisor', passedOver: 'limit' }, { passedOver: null }])
    const beyond = await answer('supervisor', big.body.id, { answer: 'approve' })
    expect(beyond).toMatchObject({ status: 403, body: { decider: { name: 'Some line manager' } } })
    expect((await answer('supervisor', big.body.id, { answer: 'approve_less', amount: 50_000 })).status).toBe(200)
  })

  test('two decide at once: one does, the other is told what was decided, and the register has one line', async () => {
    const id = await open()
    const { body } = await refer('adviser', id, { form: form(8000) })
    const both = await Promise.all([
      answer('supervisor', body.id, { answer: 'approve', reason: 'Fine' }),
      answer('line_manager', body.id, { answer: 'decline', reason: 'No' }),
    ])
    expect(both.map(one => one.status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const [winner, loser] = both[0]?.status === 200 ? both : both.toReversed()
    expect(loser?.body.detail).toContain(
      `${winner?.body.answeredBy?.name} decided this already. They said: “${winner?.body.answer}”`,
    )
    expect(loser?.body).toMatchObject({ state: 'decided', answer: winner?.body.answer, granted: winner?.body.granted })
    expect((await ofCase(id)).decisions).toHaveLength(1)
  })

  test('whoever is away is passed over, and where nobody is there the way that was gone is told', async () => {
    const id = await open()
    const away = (...roles: RoleKey[]) =>
      askAwayOf(async (_, ids) => new Set(ids.filter(one => roles.some(role => app.staffId(role) === one))))
    let back = away('supervisor')
    const next = await refer('adviser', id, { form: form(8000) })
    expect(next.body.to).toBe('Some line manager')
    expect(next.body.trail).toMatchObject([
      { name: 'Some supervisor', passedOver: 'away' },
      { name: 'Some line manager', passedOver: null },
    ])
    back()
    back = away('supervisor', 'line_manager')
    const nobody = await refer('adviser', id, { form: form(8000) })
    expect(nobody).toMatchObject({ status: 409, body: { detail: 'Nobody is here who may decide this.' } })
    expect(nobody.body.trail.map(step => step.passedOver)).toEqual(['away', 'away'])
    back()
    const passed = await refer('adviser', id, { form: form(8000) })
    expect((await post('supervisor', passed.body.id, 'pass-on', { note: 'I know the customer' })).body).toMatchObject({
      to: { name: 'Some line manager' },
      state: 'open',
    })
  })

  test('taken over, the case is with whoever was asked; handed back, it is with whoever asked', async () => {
    const id = await open()
    const assignee = async () =>
      (await app.as('adviser')<{ assignee: { name: string } | null }>('GET', `/api/cases/${id}`)).body.assignee?.name
    const { body } = await refer('adviser', id, {
      reason: 'unable_to_deal',
      toKind: 'colleague',
      toId: app.staffId('supervisor'),
      how: 'face_to_face',
      said: 'He shouts at me.',
    })
    expect((await post('supervisor', body.id, 'take-over', { reason: 'Leave him to me' })).body.state).toBe(
      'taken_over',
    )
    expect(await assignee()).toBe('Some supervisor')
    expect((await post('line_manager', body.id, 'hand-back', { note: 'x' })).status).toBe(403)
    expect((await post('supervisor', body.id, 'hand-back', { note: 'He is calm now.' })).body.state).toBe('handed_back')
    expect(await assignee()).toBe('Some adviser')
    expect((await notes(id)).map(one => one.text).join('\n')).toContain('Face to face, it was said: He shouts at me.')
  })

  test('an answer can be taken back within a minute: the referral is open again and the register keeps both', async () => {
    const id = await open()
    const { body } = await refer('adviser', id, { form: form(8000) })
    await answer('supervisor', body.id, { answer: 'approve' })
    expect((await post('line_manager', body.id, 'undo')).status).toBe(403)
    expect((await post('supervisor', body.id, 'undo')).body).toMatchObject({ state: 'open', granted: null })
    expect((await ofCase(id)).decisions).toMatchObject([{ outcome: 'approved', takenBack: true }])
    await answer('supervisor', body.id, { answer: 'decline' })
    const before = now
    now = new Date(now.getTime() + 61_000)
    expect((await post('supervisor', body.id, 'undo')).status).toBe(409)
    now = before
  })

  test('a team is asked: any of its members answers; the customer is told with it; what nobody answered is withdrawn', async () => {
    const id = await open()
    const { body } = await refer('adviser', id, {
      reason: 'outside_expertise',
      toKind: 'team',
      toId: app.otherTeamId,
      tellCustomer: 'I have asked our workshop and write again tomorrow.',
    })
    const kase = await app.as('adviser')<{ status: string }>('GET', `/api/cases/${id}`)
    expect(kase.body.status).toBe('waiting_other')
    const mine = await app.as('outsider')<{ items: Referral[] }>('GET', '/api/referrals?whose=mine')
    expect(mine.body.items.map(one => one.id)).toContain(body.id)
    expect((await answer('outsider', body.id, { answer: 'advise', reason: 'Descale it.' })).body.state).toBe('answered')
    const other = await refer('adviser', id, { reason: 'seeking_advice', toKind: 'team', toId: app.otherTeamId })
    expect((await post<object>('supervisor', other.body.id, 'withdraw')).status).toBe(403)
    expect((await post<object>('adviser', other.body.id, 'withdraw')).status).toBe(200)
    expect((await answer('outsider', other.body.id, { answer: 'advise' })).status).toBe(409)
  })

  test('what makes no sense is refused, naming the field', async () => {
    const id = await open()
    const fieldOf = async (more: object) => (await refer('adviser', id, more)).body.errors?.[0]?.field
    expect(await fieldOf({})).toBe('form')
    expect(await fieldOf({ toKind: 'colleague' })).toBe('toId')
    expect(await fieldOf({ toKind: 'colleague', toId: app.staffId('adviser') })).toBe('toId')
    expect(await fieldOf({ toKind: 'colleague', toId: 999_999 })).toBe('toId')
    expect(await fieldOf({ toKind: 'manager' })).toBe('toKind')
    expect(await fieldOf({ toKind: 'team', toId: 999_999 })).toBe('toId')
    expect(await fieldOf({ toKind: 'colleague', toId: app.staffId('supervisor'), how: 'by_phone' })).toBe('said')
    expect(await fieldOf({ form: form(-1) })).toBe('form.amount')
    expect(await fieldOf({ form: form(0) })).toBe('amount')
    const past = { toKind: 'colleague', toId: app.staffId('supervisor'), dueAt: '2020-01-01T00:00:00Z' }
    expect(await fieldOf(past)).toBe('dueAt')
  })
})

describe('the desk', () => {
  test('open referrals by age and by worth, mine, of my teams and all, page by page', async () => {
    const ids: number[] = []
    for (const amount of [6000, 9000, 7000]) {
      now = new Date(now.getTime() + 1000)
      ids.push((await refer('adviser', await open(), { form: form(amount) })).body.id)
    }
    const list = async (query: string, role: RoleKey = 'supervisor') =>
      (
        await app.as(role)<{ items: Referral[]; next: string | null }>('GET', `/api/referrals?limit=200&${query}`)
      ).body.items
        .map(one => one.id)
        .filter(id => ids.includes(id))
    expect(await list('whose=mine')).toEqual(ids)
    expect(await list('whose=team&sort=worth')).toEqual([ids[1], ids[2], ids[0]])
    expect(await list('whose=all', 'line_manager')).toEqual(ids)
    expect(await list('whose=mine', 'line_manager')).toEqual([])
    expect(await list('whose=asked', 'adviser')).toEqual(ids)
    const all: number[] = []
    for (let cursor = ''; ; ) {
      const { body } = await app.as('supervisor')<{ items: Referral[]; next: string | null }>(
        'GET',
        `/api/referrals?whose=mine&limit=1&sort=worth${cursor}`,
      )
      all.push(...body.items.map(one => one.id))
      if (!body.next) break
      cursor = `&cursor=${body.next}`
    }
    expect(all.filter(id => ids.includes(id))).toEqual([ids[1], ids[2], ids[0]])
    expect(new Set(all).size).toBe(all.length)
  })

  test('one page has what is needed to decide: the case, the form, what the customer had, how far I may go', async () => {
    const id = await open()
    await give('adviser', id, 1000)
    const { body } = await refer('adviser', id, { form: form(8000) })
    const panel = await app.as('supervisor')('GET', `/api/referrals/${body.id}`)
    expect(panel.body).toMatchObject({
      referral: { can: ['decide', 'advise', 'take_over', 'pass_on'], form: { amount: 8000 } },
      preview: 'The lid is cracked.',
      history: [{ amount: 1000, outcome: 'own' }],
      allowance: { allowed: true, upTo: 50_000 },
    })
  })

  test('of a confidential case only whom it was referred to hears, besides those who see the case', async () => {
    const made = await app.as('line_manager')<{ id: number }>('POST', '/api/cases', {
      subject: 'Grievance',
      requester: { name: 'Quiet Person' },
      channel: 'letter',
      message: { text: 'x' },
      teamId: app.teamId,
      confidential: true,
    })
    const colleague = { reason: 'seeking_advice', toKind: 'colleague', toId: app.staffId('receptionist') }
    const { body } = await refer('line_manager', made.body.id, colleague)
    expect((await app.as('outsider')('GET', `/api/referrals/${body.id}`)).status).toBe(404)
    expect((await app.as('adviser')('GET', `/api/referrals/${body.id}`)).status).toBe(404)
    expect((await app.as('receptionist')('GET', `/api/referrals/${body.id}`)).status).toBe(200)
    const adviser = await app.as('adviser')<{ items: Referral[] }>('GET', '/api/referrals?whose=all&limit=200')
    expect(adviser.body.items.map(one => one.id)).not.toContain(body.id)
  })
})

describe('closing a complaint', () => {
  test('all may until somebody has a limit for it; then it asks for authority, and beyond it is referred and closed by the decision', async () => {
    const complaint = () => open({ kind: 'complaint' })
    const solve = (role: RoleKey, id: number) =>
      app.as(role)<{ status: string } & Problem>('PATCH', `/api/cases/${id}`, { status: 'solved' })
    expect((await solve('adviser', await complaint())).status).toBe(200)
    const keep = { act: 'refund', currency: 'GBP', most: 50_000, perCustomer: null, perShift: null, referTo: null }
    const closing = { ...keep, act: 'closing_complaint', currency: null, most: 1 }
    await app.as('administrator')('PUT', '/api/authority/limits', {
      kind: 'role',
      id: roleIds.get('supervisor'),
      limits: [keep, closing],
    })
    const id = await complaint()
    expect((await solve('adviser', id)).body).toMatchObject({
      errors: [{ field: 'status' }],
      decider: { name: 'Some supervisor' },
    })
    const byReply = await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
      kind: 'reply',
      text: 'x',
      status: 'solved',
    })
    expect(byReply.status).toBe(403)
    expect((await solve('supervisor', await complaint())).body.status).toBe('solved')
    const wish = { act: 'closing_complaint', amount: 1, currency: null, reason: 'They are content', needMet: 'yes' }
    const { body } = await refer('adviser', id, { form: wish, question: 'May I close it?' })
    expect((await answer('supervisor', body.id, { answer: 'approve' })).body.state).toBe('decided')
    const kase = await app.as('adviser')<{ status: string; needMet: string }>('GET', `/api/cases/${id}`)
    expect(kase.body).toMatchObject({ status: 'solved', needMet: 'yes' })
    expect((await ofCase(id)).decisions).toMatchObject([{ outcome: 'approved', madeBy: { name: 'Some adviser' } }])
  })
})
