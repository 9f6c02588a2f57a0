import { expect, test } from 'vitest'
import {
  expectAccessible,
  follow,
  openPage,
  overflow,
  phone,
  picture,
  settled,
  signIn,
  startJourney,
} from './browser.ts'

const { app, browser, pageOf, openCase } = await startJourney()

type Named = { id: number; name: string }
const manager = app.as('line_manager')
const post = async (path: string, body: object) => (await manager<Named>('POST', path, body)).body
const [here, there] = [
  await post('/api/places', { name: 'Quayside' }),
  await post('/api/places', { name: 'High Street' }),
]
const kettles = await post('/api/product-families', {
  name: 'Kettles',
  attributes: [{ key: 'volume', label: 'Volume', type: 'number', unit: 'l' }],
})
const kettle = async (name: string, number: string, at: Named, state: string, more: object = {}) => {
  const made = await post('/api/products', {
    name,
    number,
    familyId: kettles.id,
    priceMinor: 2999,
    attributes: { volume: 1.7 },
    ...more,
  })
  await manager('PUT', `/api/products/${made.id}/availability/${at.id}`, { state })
  return made
}
const wanted = await kettle('Kettle Dawn red', 'KE-1', here, 'out', {
  warnings: 'Hot steam',
  faults: [{ text: 'The lid jams', workaround: 'Press twice' }],
})
await kettle('Kettle Dawn steel', 'KE-2', here, 'in_stock')
await kettle('Kettle Dusk', 'KE-3', there, 'low', { attributes: { volume: 1 } })

test('a product that is not there is noted in one key, an alternative is taken, and the register shows it', async () => {
  const id = await openCase('The red kettle', { from: 'Mia Wish' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  const panel = page.locator('.rp-asked-for')
  await panel.getByRole('textbox', { name: 'Product they asked for' }).fill('dawn red')
  await page.getByRole('option', { name: /Kettle Dawn red/ }).click()
  await panel.getByText('Hot steam').waitFor({ state: 'detached' })
  await panel.getByLabel('Wanted at').selectOption('Quayside')
  await expectAccessible(page, 'what they asked for')
  await page.locator('article [data-heading]').focus()
  await page.keyboard.press('Shift+U')
  await panel.getByText('still open').waitFor()
  await panel.getByRole('button', { name: 'Offer Kettle Dawn steel' }).click()
  await picture(page, 'asked-for')
  await expectAccessible(page, 'alternatives in a case')
  await panel.getByRole('button', { name: 'Took it: Kettle Dawn steel' }).click()
  await panel.getByText('took something else').waitFor()
  await panel.getByLabel('Why, in their words').fill('Same size')
  await page.locator('article [data-heading]').focus()
  await page.keyboard.press('r')
  await page
    .getByLabel(/^Reply to/)
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type('We also have $dusk')
  await page.getByRole('listbox', { name: 'Products' }).getByText('Kettle Dusk').waitFor()
  await page.keyboard.press('Enter')
  await page
    .getByLabel(/^Reply to/)
    .getByText('We also have Kettle Dusk, £29.99')
    .waitFor()

  const boss = await pageOf('line_manager')
  await follow(boss, '/demand')
  const row = boss.getByRole('row', { name: /Kettle Dawn red/ })
  expect(await row.textContent()).toContain('Kettle Dawn steel 1')
  await expectAccessible(boss, 'register')
  await picture(boss, 'demand-register')
  await row.getByRole('button', { name: /Note a review of/ }).click()
  await boss.getByLabel('In words').fill('Forty more are ordered')
  await expectAccessible(boss, 'review')
  await boss.getByRole('button', { name: 'Save' }).click()
  await boss.getByText('Ordered: Forty more are ordered').waitFor()
}, 90_000)

test('the catalogue is searched, a product read, its stock said and a need matched; on a telephone too', async () => {
  const page = await pageOf('line_manager')
  await follow(page, '/catalogue')
  await page.getByLabel('Name, number or barcode').fill('ke-1')
  await page.getByRole('link', { name: /Kettle Dawn red/ }).waitFor()
  await expectAccessible(page, 'catalogue')
  await picture(page, 'catalogue')
  await page.getByRole('link', { name: /Kettle Dawn red/ }).click()
  await page.getByRole('heading', { name: 'Kettle Dawn red' }).waitFor()
  await page.getByText('The lid jams').waitFor()
  await page.getByLabel('At Quayside', { exact: true }).selectOption('Low')
  await page.getByText('said by Some line manager').first().waitFor()
  await settled(page)
  await expectAccessible(page, 'product')
  await picture(page, 'product')
  await follow(page, `/catalogue/${wanted.id}/edit`)
  await expectAccessible(page, 'product editor')
  await page.getByLabel('Price').fill('24.50')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('£24.50').first().waitFor()
  await follow(page, '/catalogue/find')
  await page.getByLabel('Family').selectOption('Kettles')
  await page.getByRole('button', { name: 'Add a wish' }).click()
  await page.getByLabel('Value').fill('1.5')
  await page.getByText('Volume: 1 l, wanted at least 1.5 l').waitFor()
  await expectAccessible(page, 'finder')
  await picture(page, 'finder')
  for (const address of ['/organisation/families', '/organisation/places', '/catalogue/import']) {
    await follow(page, address)
    await expectAccessible(page, address)
  }
  await page.locator('input[type=file]').setInputFiles({
    name: 'stock.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('product;place;state\nKE-3;Quayside;in stock\nKE-9;Quayside;out\n'),
  })
  await page.getByText('There is no product KE-9').waitFor()
  await expectAccessible(page, 'import')
  await picture(page, 'import')
  await page.getByText('The rows that are right, without the others').click()
  await page.getByRole('button', { name: 'Bring in' }).click()
  await page.getByText('Brought in: 1 new').waitFor()

  const small = await openPage(browser, phone)
  await signIn(small, app, 'adviser')
  for (const address of ['/catalogue', `/catalogue/${wanted.id}`, '/catalogue/find']) {
    await follow(small, address)
    expect(await overflow(small), address).toBeLessThanOrEqual(0)
    await expectAccessible(small, `${address} on a telephone`)
  }
  await picture(small, 'finder-phone')
}, 90_000)

test('at the counter it is noted with one press before there is a case, and the case gets it', async () => {
  const page = await pageOf('receptionist')
  await follow(page, '/counter')
  await page.getByRole('textbox', { name: 'Product they asked for' }).fill('dusk')
  await page.getByRole('option', { name: /Kettle Dusk/ }).click()
  await page.getByRole('button', { name: 'Not there: note it' }).click()
  await page.getByRole('button', { name: 'Noted: Kettle Dusk' }).waitFor()
  await expectAccessible(page, 'counter with a wish')
  await picture(page, 'counter-wish')
  type Demands = { items: { product: Named; caseId: number | null; tellBy: string | null; outcome: string }[] }
  const latest = async () => (await manager<Demands>('GET', '/api/demands')).body.items[0]
  expect(await latest()).toMatchObject({ product: { name: 'Kettle Dusk' }, caseId: null })
  await page.getByLabel('Tell them when it is back').check()
  await page.getByRole('textbox', { name: 'Who is it?' }).fill('Wanda Wall')
  await page.getByLabel('What do they need?').fill('A kettle in dusk')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(async () => (await latest())?.outcome).toBe('waits')
  expect((await latest())?.caseId).not.toBeNull()
  expect((await latest())?.tellBy).not.toBeNull()
}, 60_000)
