import { afterAll, beforeAll, expect, test } from 'vitest'
import { digitsOf, limitsFrom, rowsOf } from '../src/modules/identity/ui/limits.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Limit = { act: string; currency: string; most: number | null; referTo: number | null }
type Role = { id: number; key: string; name: string; limits: Limit[]; version: number }
type Problem = { errors?: { field: string }[] }

const admin = () => app.as('administrator')
const role = async (key: string) =>
  (await admin()<{ items: Role[] }>('GET', '/api/roles')).body.items.find(one => one.key === key) as Role
const set = async (key: string, limits: object[], version?: number) =>
  admin()<Role & Problem>('PATCH', `/api/roles/${(await role(key)).id}`, { limits, ...(version ? { version } : {}) })
const limit = (more: Partial<Limit> = {}): Limit => ({
  act: 'refund',
  currency: 'GBP',
  most: 5000,
  referTo: null,
  ...more,
})

test('nobody decides anything alone until a role is given a limit; then it is read back and everybody is told their own', async () => {
  const supervisor = await role('supervisor')
  expect(supervisor.limits).toEqual([])
  expect((await app.as('adviser')<{ limits: object[] }>('GET', '/api/me')).body.limits).toEqual([])
  const limits = [limit({ referTo: supervisor.id }), limit({ act: 'goodwill', most: 0, referTo: supervisor.id })]
  expect((await set('adviser', limits)).body.limits).toEqual(limits)
  await set('supervisor', [limit({ most: null })])
  expect((await role('adviser')).limits).toEqual(limits)
  expect((await app.as('adviser')<{ limits: object[] }>('GET', '/api/me')).body.limits).toEqual([
    { act: 'refund', currency: 'GBP', most: 5000, referTo: { id: supervisor.id, name: 'Supervisor' } },
    { act: 'goodwill', currency: 'GBP', most: 0, referTo: { id: supervisor.id, name: 'Supervisor' } },
  ])
  expect((await app.as('supervisor')<{ limits: object[] }>('GET', '/api/me')).body.limits).toEqual([
    { act: 'refund', currency: 'GBP', most: null, referTo: null },
  ])
})

test('what makes no sense is refused, naming the entry', async () => {
  const [adviser, manager] = [await role('adviser'), await role('line_manager')]
  const fieldOf = async (limits: object[]) => (await set('adviser', limits)).body.errors?.[0]?.field
  expect(await fieldOf([limit(), limit({ most: 1 })])).toBe('limits[1].act')
  expect(await fieldOf([limit({ act: 'gift' })])).toBe('limits[0].act')
  expect(await fieldOf([limit({ currency: 'XQZ' })])).toBe('limits[0].currency')
  expect(await fieldOf([limit({ most: -1 })])).toBe('limits[0].most')
  expect(await fieldOf([limit({ most: 0.5 })])).toBe('limits[0].most')
  expect(await fieldOf([limit({ referTo: 999_999 })])).toBe('limits[0].referTo')
  expect(await fieldOf([limit({ referTo: adviser.id })])).toBe('limits[0].referTo')
  expect(await fieldOf([limit({ most: null, referTo: manager.id })])).toBe('limits[0].referTo')
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
  expect((await app.as('line_manager')('PATCH', `/api/roles/${id}`, { limits: [limit()] })).status).toBe(403)
  expect((await set('adviser', [limit()], version)).status).toBe(200)
  expect((await set('adviser', [limit({ most: 1 })], version)).status).toBe(412)
  const { rows } = await app.program.kernel.database.owner.query<{ after: { limits: Limit[] } }>(
    `select after from events where type = 'role.changed' and subject_id = $1 order by id desc limit 1`,
    [id],
  )
  expect(rows[0]?.after.limits).toEqual([limit()])
})

test('the form says what is stored and stores what it says, in pounds as in yen, and leaves other currencies alone', () => {
  const stored = [
    { ...limit({ referTo: 3 }), act: 'refund' as const },
    { ...limit({ most: null }), act: 'goodwill' as const },
    { ...limit({ most: 0, referTo: 3 }), act: 'discount' as const },
    { ...limit({ currency: 'JPY', most: 5000 }), act: 'refund' as const },
  ]
  expect(rowsOf(stored, 'GBP')).toEqual([
    { act: 'refund', extent: 'upTo', amount: 50, referTo: 3 },
    { act: 'goodwill', extent: 'everything', amount: '', referTo: null },
    { act: 'discount', extent: 'nothing', amount: '', referTo: 3 },
    { act: 'policy_exception', extent: 'nothing', amount: '', referTo: null },
  ])
  expect(rowsOf(stored, 'JPY')[0]).toMatchObject({ extent: 'upTo', amount: 5000 })
  for (const currency of ['GBP', 'JPY', 'BHD'])
    expect(limitsFrom(rowsOf(stored, currency), stored, currency).toSorted(byText)).toEqual(stored.toSorted(byText))
  expect(limitsFrom([{ act: 'refund', extent: 'upTo', amount: 19.99, referTo: null }], [], 'GBP')[0]?.most).toBe(1999)
  expect([digitsOf('GBP'), digitsOf('JPY'), digitsOf('BHD')]).toEqual([2, 0, 3])
})

const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))
