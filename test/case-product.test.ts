import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Named = { id: number; name: string }
type Kase = { id: number; version: number; product: Named | null; can: string[] }

const adviser = () => app.as('adviser')
const product = async (name: string, number: string) =>
  (await app.as('line_manager')<Named>('POST', '/api/products', { name, number })).body
const open = async (body: object) =>
  adviser()<{ id: number; errors?: { field: string }[] }>('POST', '/api/cases', {
    subject: 'About a kettle',
    requester: { name: 'Somebody' },
    message: { text: 'It whistles' },
    teamId: app.teamId,
    ...body,
  })

test('a case is about a product: said when it is opened, changed, listed, sought, told and taken back', async () => {
  const [dawn, dusk] = [await product('Kettle Dawn', 'KD-1'), await product('Kettle Dusk', 'KD-2')]
  const { id } = (await open({ productId: dawn.id })).body
  const get = async () => (await adviser()<Kase>('GET', `/api/cases/${id}`)).body
  const before = await get()
  expect(before.product).toMatchObject({ id: dawn.id, name: 'Kettle Dawn' })
  expect((await open({ productId: 999_999 })).body.errors?.[0]?.field).toBe('productId')
  const wrong = await adviser()<{ errors: { field: string }[] }>('PATCH', `/api/cases/${id}`, { productId: 999_999 })
  expect(wrong.body.errors[0]?.field).toBe('productId')
  const changed = await adviser()<Kase>('PATCH', `/api/cases/${id}`, { productId: dusk.id, version: before.version })
  expect(changed.body.product?.name).toBe('Kettle Dusk')
  const listed = async (query: string) =>
    (await adviser()<{ items: { id: number }[] }>('GET', `/api/cases?${query}`)).body.items.map(item => item.id)
  expect(await listed(`product=${dusk.id}`)).toEqual([id])
  expect(await listed(`product=${dawn.id}`)).toEqual([])
  const sought = async (q: string) =>
    (await adviser()<{ items: { id: number }[] }>('GET', `/api/search?q=${encodeURIComponent(q)}`)).body.items.map(
      item => item.id,
    )
  expect(await sought('product:dusk')).toEqual([id])
  expect(await sought('product:kd-2 status:new')).toEqual([id])
  expect(await sought('-product:dusk product:"Kettle Dawn"')).toEqual([])
  const timeline = await adviser()<{ items: { sentence: string }[] }>('GET', `/api/cases/${id}/timeline`)
  expect(timeline.body.items.at(-1)?.sentence).toContain('changed the product from “Kettle Dawn” to “Kettle Dusk”')
  const undone = await adviser()<Kase>('POST', `/api/cases/${id}/undo-change`, { version: changed.body.version })
  expect(undone.body.product?.name).toBe('Kettle Dawn')
  const condition = { field: 'product', op: 'is', value: dawn.id }
  const view = await adviser()<{ id: number }>('POST', '/api/views', { name: 'Dawn', condition, columns: ['product'] })
  expect(await listed(`view=${view.body.id}`)).toEqual([id])
})
