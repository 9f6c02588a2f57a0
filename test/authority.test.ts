import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAwayOf, decideAlone, deciderFor, setLimits, takeBackDecision } from '../src/modules/authority/index.ts'
import type { Actor } from '../src/platform/permissions/actor.ts'
import { system } from '../src/platform/permissions/actor.ts'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-20T10:00:00Z')
const kernel = () => app.program.kernel
const limit = (act: string, most: number | null, more: object = {}) => ({
  act,
  currency: act === 'replacement' || act === 'closing_complaint' ? null : 'GBP',
  most,
  perCustomer: null,
  perShift: null,
  referTo: null,
  ...more,
})
let roleIds: Map<string, number>
const setFor = (role: RoleKey, limits: object[]) =>
  kernel().work(system, work => setLimits(work, { kind: 'role', id: roleIds.get(role) ?? 0, limits: limits as never }))
beforeAll(async () => {
  app = await startApp({ jobs: false, clock: () => now })
  const { rows } = await kernel().database.owner.query<{ id: number; key: string }>('select id, key from roles')
  roleIds = new Map(rows.map(row => [row.key, Number(row.id)]))
})
afterAll(() => app.close())

const actor = (role: RoleKey): Actor => ({ ...system, kind: 'staff', id: app.staffId(role), name: role })
let people = 0
const somebody = async (): Promise<number> => {
  const name = `Customer ${++people}`
  const { body } = await app.as('adviser')<{ id: number }>('POST', '/api/people', { name })
  return body.id
}
const wish = (personId: number, amount: number, more: object = {}) => ({
  act: 'refund' as const,
  amount,
  currency: 'GBP',
  reason: 'Cracked lid',
  exception: false,
  exceptionReason: '',
  policy: '',
  subject: { kind: 'case', id: 1 },
  personId,
  ...more,
})
const give = (role: RoleKey, personId: number, amount: number, more: object = {}) =>
  kernel().work(actor(role), work => decideAlone(work, wish(personId, amount, more)))
const check = (role: RoleKey, body: object) =>
  app.as(role)<{
    allowed: boolean
    upTo: number | null
    by: string
    decider: { name: string } | null
    sentence: string
  }>('POST', '/api/authority/check', body)

describe('limits', () => {
  const acts = ['refund', 'goodwill', 'discount', 'replacement', 'policy_exception', 'closing_complaint']
  const mosts: [RoleKey, number | null | undefined][] = [
    ['driver', undefined],
    ['receptionist', 0],
    ['adviser', 50],
    ['supervisor', 500],
    ['line_manager', null],
  ]
  // Every role and act with amounts on, below and beyond each limit.
  const matrix = mosts.flatMap(([role, most]) =>
    acts.flatMap(act => [0, 1, 49, 50, 51, 499, 500, 501, 1_000_000].map(amount => ({ role, most, act, amount }))),
  )

  beforeAll(async () => {
    for (const [role, most] of mosts)
      if (most !== undefined)
        await setFor(
          role,
          acts.map(act => limit(act, most)),
        )
  })

  test.each(mosts)('%s: the answer is yes exactly as far as the limit goes', async (role, most) => {
    for (const { act, amount } of matrix.filter(one => one.role === role)) {
      const { body } = await check(role, { act, amount, ...(limit(act, 0).currency ? { currency: 'GBP' } : {}) })
      const allowed = most !== undefined && (most === null || amount <= most)
      expect(body.allowed, `${role} ${act} ${amount}`).toBe(allowed)
      if (allowed) continue
      // Beyond it somebody is named, and their limit goes far enough.
      const next = mosts.find(([, far]) => far === null || (far !== undefined && amount <= far))?.[0] ?? ''
      expect(body.decider?.name, `${role} ${act} ${amount}`).toBe(`Some ${next.replace('_', ' ')}`)
    }
  })

  test('the database refuses what the program would: beyond the limit, to oneself, in one’s own check, or changed later', async () => {
    const personId = await somebody()
    const row = (more: object) =>
      kernel().work(actor('adviser'), work =>
        work.tx
          .insertInto('decisions')
          .values({
            act: 'refund',
            amount: 50,
            asked: 50,
            currency: 'GBP',
            reason: 'x',
            subject_kind: 'case',
            subject_id: 1,
            person_id: personId,
            made_by: app.staffId('adviser'),
            decided_by: app.staffId('adviser'),
            at: now,
            outcome: 'own',
            ...more,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
    await expect(row({ amount: 51, asked: 51 })).rejects.toThrow('beyond the limit')
    await expect(row({ amount: -1, asked: 50 })).rejects.toThrow()
    await expect(row({ outcome: 'approved', verdict: 'fine' })).rejects.toThrow('who asks does not decide')
    await expect(row({ outcome: 'declined', amount: 0, verdict: 'no' })).rejects.toThrow('who asks does not decide')
    await expect(row({ decided_by: app.staffId('supervisor') })).rejects.toThrow()
    await expect(
      row({ decided_by: app.staffId('supervisor'), outcome: 'approved', amount: 501, asked: 501, verdict: 'x' }),
    ).rejects.toThrow('beyond the limit')
    await expect(row({ exception: true })).rejects.toThrow()
    const { id } = await row({})
    await expect(
      kernel().work(system, work => work.tx.updateTable('decisions').set({ amount: 1 }).where('id', '=', id).execute()),
    ).rejects.toThrow()
    await expect(kernel().database.owner.query('update decisions set amount = 1 where id = $1', [id])).rejects.toThrow(
      'append-only',
    )
    await expect(kernel().database.owner.query('delete from decisions where id = $1', [id])).rejects.toThrow(
      'append-only',
    )
  })

  test('nobody gives to themselves, whatever their limit', async () => {
    const { rows } = await kernel().database.owner.query<{ id: number }>(
      `insert into people (name, staff_id, created_at) values ('Some line manager', $1, now()) returning id`,
      [app.staffId('line_manager')],
    )
    await expect(give('line_manager', Number(rows[0]?.id), 10)).rejects.toThrow('Nobody gives to themselves')
  })
})

describe('sums', () => {
  beforeAll(() => setFor('account_manager', [limit('refund', 5000, { perCustomer: 8000, perShift: 12_000 })]))

  test('what a customer had from anybody in 90 days counts, and no longer after that', async () => {
    const personId = await somebody()
    expect((await give('supervisor', personId, 500)).decided).toMatchObject({ outcome: 'own' })
    expect((await give('account_manager', personId, 5000)).decided).not.toBeNull()
    const second = await give('account_manager', personId, 3000)
    expect(second).toMatchObject({ decided: null, beyond: { upTo: 2500, by: 'customer' } })
    const { body } = await check('account_manager', { act: 'refund', currency: 'GBP', amount: 3000, personId })
    expect(body.sentence).toBe(
      'Up to £25.00 yours: this customer had £55.00 of £80.00 in 90 days, from all of us together. Beyond that Some line manager decides.',
    )
    const before = now
    now = new Date(now.getTime() + 91 * 86_400_000)
    expect((await give('account_manager', personId, 5000)).decided).not.toBeNull()
    now = before
  })

  test('a shift is the day where the organisation is: at midnight it begins anew', async () => {
    const before = now
    now = new Date('2026-07-01T21:00:00Z')
    for (const amount of [5000, 5000])
      expect((await give('account_manager', await somebody(), amount)).decided).not.toBeNull()
    expect(await give('account_manager', await somebody(), 2001)).toMatchObject({ beyond: { upTo: 2000, by: 'shift' } })
    // 23:05 in London in summer is 22:05 UTC; ten minutes past eleven UTC is tomorrow there.
    now = new Date('2026-07-01T22:05:00Z')
    expect(await give('account_manager', await somebody(), 2001)).toMatchObject({ decided: null })
    now = new Date('2026-07-01T23:10:00Z')
    expect((await give('account_manager', await somebody(), 5000)).decided).not.toBeNull()
    now = before
  })

  test('two at the same moment do not slip past the sum together', async () => {
    const personId = await somebody()
    const both = await Promise.all([
      give('account_manager', personId, 5000),
      give('account_manager', personId, 5000),
      give('account_manager', personId, 5000),
    ])
    expect(both.filter(one => one.decided)).toHaveLength(1)
    const { rows } = await kernel().database.owner.query<{ sum: string }>(
      `select sum(amount) from decisions where person_id = $1`,
      [personId],
    )
    expect(Number(rows[0]?.sum)).toBe(5000)
  })

  test('in the database too: two transactions that both looked before either wrote', async () => {
    const personId = await somebody()
    now = new Date('2026-12-01T10:00:00Z')
    const insert = `insert into decisions (act, amount, asked, currency, reason, subject_kind, subject_id, person_id, made_by, decided_by, at, outcome)
      values ('refund', 5000, 5000, 'GBP', 'x', 'case', 1, $1, $2, $2, $3, 'own')`
    const values = [personId, app.staffId('account_manager'), now]
    const [one, other] = [await kernel().database.owner.connect(), await kernel().database.owner.connect()]
    try {
      await one.query('begin')
      await other.query('begin')
      await one.query(insert, values)
      const second = other.query(insert, values).then(
        () => 'written',
        (problem: Error) => problem.message,
      )
      await one.query('commit')
      expect(await second).toBe('beyond the limit of whoever decides')
      await other.query('rollback')
    } finally {
      one.release()
      other.release()
    }
  })

  test('what was taken back no longer counts, and the register keeps both', async () => {
    now = new Date('2026-12-02T10:00:00Z')
    const personId = await somebody()
    const first = await give('account_manager', personId, 5000)
    const id = first.decided?.id ?? 0
    await expect(kernel().work(actor('supervisor'), work => takeBackDecision(work, id))).rejects.toThrow('Only whoever')
    await kernel().work(actor('account_manager'), work => takeBackDecision(work, id))
    await expect(kernel().work(actor('account_manager'), work => takeBackDecision(work, id))).rejects.toThrow('already')
    expect((await give('account_manager', personId, 5000)).decided).not.toBeNull()
    expect((await give('account_manager', personId, 4000)).decided).toBeNull()
    const late = await give('account_manager', personId, 100)
    now = new Date(now.getTime() + 61_000)
    await expect(
      kernel().work(actor('account_manager'), work => takeBackDecision(work, late.decided?.id ?? 0)),
    ).rejects.toThrow('more than a minute')
    const { body } = await app.as('auditor')<{ items: { outcome: string; takenBack: boolean }[] }>(
      'GET',
      `/api/decisions?personId=${personId}`,
    )
    expect(body.items.map(one => [one.outcome, one.takenBack])).toEqual([
      ['own', false],
      ['own', false],
      ['taken_back', false],
      ['own', true],
    ])
  })
})

describe('who decides', () => {
  const what = { act: 'refund' as const, currency: 'GBP', amount: 60, personId: null }
  const ask = (more: object = {}) =>
    kernel().read(system, reading => deciderFor(reading, { makerId: app.staffId('adviser'), what, ...more }))

  test('the next level up by role, then by line manager, passing over who is away, left, or may not go so far', async () => {
    await setFor('adviser', [limit('refund', 50, { referTo: roleIds.get('supervisor') })])
    await setFor('supervisor', [limit('refund', 500, { referTo: roleIds.get('line_manager') })])
    expect((await ask()).decider?.name).toBe('Some supervisor')
    const back = askAwayOf(async (_, ids) => new Set(ids.filter(id => id === app.staffId('supervisor'))))
    expect(await ask()).toEqual({
      decider: { id: app.staffId('line_manager'), name: 'Some line manager' },
      trail: [
        { id: app.staffId('supervisor'), name: 'Some supervisor', by: 'role', passedOver: 'away' },
        { id: app.staffId('line_manager'), name: 'Some line manager', by: 'role', passedOver: null },
      ],
    })
    back()
    expect((await ask({ what: { ...what, amount: 501 } })).trail).toMatchObject([
      { name: 'Some supervisor', passedOver: 'limit' },
      { name: 'Some line manager', passedOver: null },
    ])
    expect((await ask({ namedId: app.staffId('receptionist') })).trail[0]).toMatchObject({
      by: 'named',
      passedOver: 'limit',
    })
    expect((await ask({ namedId: app.staffId('adviser') })).trail[0]).toMatchObject({ passedOver: 'asks_themselves' })
    await app.as('administrator')('PATCH', `/api/staff/${app.staffId('supervisor')}`, { ended: true })
    expect((await ask({ namedId: app.staffId('supervisor') })).trail).toMatchObject([
      { by: 'named', passedOver: 'left' },
      { name: 'Some line manager', passedOver: null },
    ])
    await app.as('administrator')('PATCH', `/api/staff/${app.staffId('supervisor')}`, { ended: false })
  })

  test('for advice nobody needs a limit: the person named, else their line manager', async () => {
    await app.as('administrator')('PATCH', `/api/staff/${app.staffId('driver')}`, { managerId: app.staffId('auditor') })
    const plain = { makerId: app.staffId('adviser'), namedId: app.staffId('driver') }
    const find = () => kernel().read(system, reading => deciderFor(reading, plain))
    expect((await find()).decider?.name).toBe('Some driver')
    const back = askAwayOf(async (_, ids) => new Set(ids.filter(id => id === app.staffId('driver'))))
    expect((await find()).decider?.name).toBe('Some auditor')
    back()
  })
})

describe('register', () => {
  test('it is filtered by act, person, days and exceptions, and exported as a table without formulas', async () => {
    const personId = await somebody()
    const unusual = { act: 'goodwill', exceptionReason: 'Third time this month', reason: '=1+1', policy: 'Returns 4.2' }
    await give('line_manager', personId, 700, { ...unusual, exception: true })
    const list = async (query: string) =>
      (await app.as('auditor')<{ items: { reason: string }[] }>('GET', `/api/decisions?personId=${personId}${query}`))
        .body.items
    const day = now.toISOString().slice(0, 10)
    expect(await list('&exceptions=true')).toMatchObject([
      {
        act: 'goodwill',
        amount: 700,
        exception: true,
        exceptionReason: 'Third time this month',
        limitName: 'Line manager',
      },
    ])
    expect(await list('&act=refund')).toEqual([])
    expect(await list(`&staffId=${app.staffId('line_manager')}&from=${day}&to=${day}`)).toHaveLength(1)
    expect(await list('&to=2020-01-01')).toEqual([])
    const csv = await app.as('auditor')<string>('GET', `/api/decisions/export?personId=${personId}`)
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.body).toContain("'=1+1")
    expect(csv.body).toContain('£7.00')
    expect((await app.as('adviser')('GET', '/api/decisions')).status).toBe(403)
  })

  test('it goes on page by page', async () => {
    const page = (await app.as('auditor')<{ items: { id: number }[]; next: string }>('GET', '/api/decisions?limit=2'))
      .body
    const more = (
      await app.as('auditor')<{ items: { id: number }[] }>('GET', `/api/decisions?limit=2&cursor=${page.next}`)
    ).body
    expect(page.items).toHaveLength(2)
    expect(more.items[0]?.id).not.toBe(page.items[1]?.id)
  })
})
