import { afterAll, beforeAll, expect, test } from 'vitest'
import { limitsFrom, rowsOf } from '../src/modules/authority/ui/limit-rows.ts'
import { digitsOf, minorOf, money } from '../src/shared/money.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Act = 'refund' | 'goodwill' | 'discount' | 'replacement' | 'policy_exception' | 'closing_complaint'
type Limit = {
  act: Act
  currency: string | null
  most: number | null
  perCustomer: number | null
  perShift: number | null
  referTo: number | null
}
type Holder = { kind: string; id: number; name: string; limits: Limit[]; version: number }
type Problem = { errors?: { field: string }[] }

const admin = () => app.as('administrator')
const all = async () => (await admin()<{ items: Holder[] }>('GET', '/api/authority/limits')).body.items
const role = async (key: string) => {
  const { items } = (await admin()<{ items: { id: number; key: string }[] }>('GET', '/api/roles')).body
  const id = items.find(one => one.key === key)?.id
  return (await all()).find(one => one.kind === 'role' && one.id === id) as Holder
}
const put = (kind: string, id: number, limits: object[], more: object = {}) =>
  admin()<Holder & Problem>('PUT', '/api/authority/limits', { kind, id, limits, ...more })
const set = async (key: string, limits: object[], version?: number) =>
  put('role', (await role(key)).id, limits, version === undefined ? {} : { version })
const limit = (more: Partial<Limit> = {}): Limit => ({
  act: 'refund',
  currency: 'GBP',
  most: 5000,
  perCustomer: null,
  perShift: null,
  referTo: null,
  ...more,
})

test('nobody decides anything alone until a limit is set; then it is read back and everybody is told their own', async () => {
  const supervisor = await role('supervisor')
  expect(supervisor.limits).toEqual([])
  const check = { act: 'refund', currency: 'GBP', amount: 1 }
  expect((await app.as('adviser')('POST', '/api/authority/check', check)).body).toMatchObject({
    allowed: false,
    upTo: 0,
    limit: null,
  })
  const limits = [limit({ referTo: supervisor.id }), limit({ act: 'goodwill', most: 0, referTo: supervisor.id })]
  expect((await set('adviser', limits)).body.limits).toEqual(limits)
  await set('supervisor', [limit({ most: null })])
  expect((await role('adviser')).limits).toEqual(limits)
  expect((await app.as('adviser')('POST', '/api/authority/check', check)).body).toMatchObject({
    allowed: true,
    upTo: 5000,
    decider: { name: 'Some supervisor' },
    sentence: 'Up to £50.00 yours, by the limit of the role Adviser. Beyond that Some supervisor decides.',
  })
  expect((await app.as('supervisor')('POST', '/api/authority/check', check)).body).toMatchObject({
    allowed: true,
    upTo: null,
    decider: null,
  })
})

test('what makes no sense is refused, naming the entry', async () => {
  const [adviser, manager] = [await role('adviser'), await role('line_manager')]
  const fieldOf = async (limits: object[]) => (await set('adviser', limits)).body.errors?.[0]?.field
  expect(await fieldOf([limit(), limit({ most: 1 })])).toBe('limits[1].act')
  expect(await fieldOf([{ ...limit(), act: 'gift' }])).toBe('limits[0].act')
  expect(await fieldOf([limit({ currency: 'XQZ' })])).toBe('limits[0].currency')
  expect(await fieldOf([limit({ currency: null })])).toBe('limits[0].currency')
  expect(await fieldOf([limit({ act: 'replacement' })])).toBe('limits[0].currency')
  expect(await fieldOf([limit({ most: -1 })])).toBe('limits[0].most')
  expect(await fieldOf([limit({ perCustomer: -1 })])).toBe('limits[0].perCustomer')
  expect(await fieldOf([limit({ perShift: -1 })])).toBe('limits[0].perShift')
  expect(await fieldOf([limit({ most: 0.5 })])).toBe('limits[0].most')
  expect(await fieldOf([limit({ referTo: 999_999 })])).toBe('limits[0].referTo')
  expect(await fieldOf([limit({ referTo: adviser.id })])).toBe('limits[0].referTo')
  expect(await fieldOf([limit({ most: null, referTo: manager.id })])).toBe('limits[0].referTo')
  expect((await put('team', 999_999, [limit()])).status).toBe(404)
  expect((await put('person', 999_999, [limit()])).status).toBe(404)
})

test('roles do not refer to each other in a circle, also when two are changed at the same moment', async () => {
  const [adviser, receptionist, driver] = [await role('adviser'), await role('receptionist'), await role('driver')]
  const discount = (referTo: number) => [limit({ act: 'discount', referTo })]
  expect((await set('adviser', discount(receptionist.id))).status).toBe(200)
  expect((await set('receptionist', discount(driver.id))).status).toBe(200)
  expect((await set('driver', discount(adviser.id))).body.errors?.[0]?.field).toBe('limits[0].referTo')
  await set('adviser', [])
  await set('receptionist', [])
  const both = await Promise.all([set('adviser', discount(driver.id)), set('driver', discount(adviser.id))])
  expect(both.map(answer => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422])
})

test('only who gives access sets limits, on the version they have seen, and it is on record', async () => {
  const { id, version } = await role('adviser')
  const asManager = await app.as('line_manager')('PUT', '/api/authority/limits', {
    kind: 'role',
    id,
    limits: [limit()],
  })
  expect(asManager.status).toBe(403)
  expect((await set('adviser', [limit()], version)).status).toBe(200)
  expect((await set('adviser', [limit({ most: 1 })], version)).status).toBe(412)
  const { rows } = await app.program.kernel.database.owner.query<{ after: { limits: Limit[] } }>(
    `select after from events where type = 'authority.limits_set' and subject_id = $1 order by id desc limit 1`,
    [id],
  )
  expect(rows[0]?.after.limits).toEqual([limit()])
})

test('the most specific limit holds: one’s own before the team’s, of several teams the highest, and that before the role’s', async () => {
  const staffId = app.staffId('receptionist')
  const check = async () => {
    const body = { act: 'discount', currency: 'EUR', amount: 0 }
    return (
      await app.as('receptionist')<{ upTo: number; limit: { source: string; sourceName: string } }>(
        'POST',
        '/api/authority/check',
        body,
      )
    ).body
  }
  const discount = (most: number) => [limit({ act: 'discount', currency: 'EUR', most })]
  await set('receptionist', discount(900))
  expect(await check()).toMatchObject({ upTo: 900, limit: { source: 'role', sourceName: 'Receptionist' } })
  await put('team', app.teamId, discount(100))
  expect(await check()).toMatchObject({ upTo: 100, limit: { source: 'team' } })
  await admin()('PATCH', `/api/staff/${staffId}`, { teamIds: [app.teamId, app.otherTeamId] })
  await put('team', app.otherTeamId, discount(200))
  expect(await check()).toMatchObject({ upTo: 200, limit: { source: 'team', sourceName: 'Other team' } })
  await put('person', staffId, discount(50))
  expect(await check()).toMatchObject({ upTo: 50, limit: { source: 'person' } })
  await put('person', staffId, [])
  expect(await check()).toMatchObject({ upTo: 200 })
})

test('line managers answer to somebody in the end, also when two are changed at the same moment', async () => {
  const [adviser, supervisor, manager] = [
    app.staffId('adviser'),
    app.staffId('supervisor'),
    app.staffId('line_manager'),
  ]
  const answerTo = (id: number, managerId: number | null) =>
    admin()<{ managerId: number | null } & Problem>('PATCH', `/api/staff/${id}`, { managerId })
  expect((await answerTo(adviser, supervisor)).body.managerId).toBe(supervisor)
  expect((await answerTo(supervisor, manager)).status).toBe(200)
  expect((await answerTo(manager, adviser)).body.errors?.[0]?.field).toBe('managerId')
  expect((await answerTo(adviser, adviser)).body.errors?.[0]?.field).toBe('managerId')
  expect((await answerTo(adviser, 999_999)).body.errors?.[0]?.field).toBe('managerId')
  await answerTo(supervisor, null)
  await answerTo(adviser, null)
  const both = await Promise.all([answerTo(adviser, supervisor), answerTo(supervisor, adviser)])
  expect(both.map(answer => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422])
})

test('the form says what is stored and stores what it says, in pounds as in yen, and leaves other currencies alone', () => {
  const counted = { currency: null, most: 2, perShift: 6, referTo: 3 }
  const stored = [
    limit({ referTo: 3, perCustomer: 8000 }),
    limit({ act: 'goodwill', most: null }),
    limit({ act: 'discount', most: 0, referTo: 3 }),
    limit({ act: 'replacement', ...counted }),
    limit({ currency: 'JPY' }),
  ]
  expect(rowsOf(stored, 'GBP').slice(0, 4)).toMatchObject([
    { act: 'refund', extent: 'upTo', amount: 50, perCustomer: 80, perShift: '', referTo: 3 },
    { act: 'goodwill', extent: 'everything', amount: '', referTo: null },
    { act: 'discount', extent: 'nothing', amount: '', referTo: 3 },
    { act: 'replacement', extent: 'upTo', currency: null, amount: 2, perShift: 6 },
  ])
  expect(rowsOf(stored, 'JPY')[0]).toMatchObject({ extent: 'upTo', amount: 5000 })
  for (const currency of ['GBP', 'JPY', 'BHD'])
    expect(limitsFrom(rowsOf(stored, currency), stored, currency).toSorted(byText)).toEqual(stored.toSorted(byText))
  expect(limitsFrom([{ ...rowsOf([], 'GBP')[0]!, extent: 'upTo', amount: 19.99 }], [], 'GBP')[0]?.most).toBe(1999)
  // A person who may do nothing is told apart from one for whom the role's limit holds.
  const nothing = [limit({ act: 'refund', most: 0 })]
  expect(rowsOf(nothing, 'GBP', 'inherit').map(row => row.extent)).toEqual(['nothing', ...Array(5).fill('inherit')])
  expect(limitsFrom(rowsOf(nothing, 'GBP', 'inherit'), nothing, 'GBP', 'inherit')).toEqual(nothing)
  expect([digitsOf('GBP'), digitsOf('JPY'), digitsOf('BHD')]).toEqual([2, 0, 3])
  expect([money(8000, 'GBP'), money(8000, 'JPY'), money(2, null)]).toEqual(['£80.00', 'JP¥8,000', '2'])
  expect([minorOf(19.99, 'GBP'), minorOf(5, null)]).toEqual([1999, 5])
})

const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))
