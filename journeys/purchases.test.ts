import { expect, test } from 'vitest'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()

type Made = { id: number }
const manager = app.as('line_manager')
const product = async (name: string, number: string, barcode: string, priceMinor: number) =>
  (await manager<Made>('POST', '/api/products', { name, number, barcode, priceMinor })).body
await manager('POST', '/api/places', { name: 'Quayside' })
await product('Kettle Dawn red', 'KE-1', '5012345678900', 3499)
await product('Hand blender', 'TO-3', '5012345678917', 3299)
await openCase('A kettle', { from: 'Mia Buyer' })

const page = await pageOf('adviser')
const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
/** What a barcode reader does: a code and Enter, faster than any list can be read. */
const scan = async (code: string) => {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}
const focused = () => page.locator(':focus')

test('a sale is written down by keyboard alone, and what is missing is said where it is missing', async () => {
  await press('g', 'b')
  await page.waitForURL(/\/purchases$/)
  await settled(page)
  await page.getByText('No purchases yet').waitFor()
  await expectAccessible(page, 'no purchases')
  await picture(page, 'purchases-none')
  await follow(page, '/purchases/new')
  await page.getByLabel('Receipt or order number').and(focused()).waitFor()
  await press('Control+Enter')
  await page.getByText('Type or scan the number').waitFor()
  await page.getByText('Say what was sold').waitFor()
  await expectAccessible(page, 'what is missing')
  await picture(page, 'purchase-missing')
  await page.getByLabel('Receipt or order number').and(focused()).waitFor()
  await scan('R-100')
  await page.keyboard.type('kettle')
  await page.getByRole('option', { name: /Kettle Dawn red/ }).waitFor()
  await picture(page, 'purchase-choosing')
  await press('Enter')
  await page.getByLabel('Quantity').and(focused()).waitFor()
  await page.keyboard.type('2')
  await press('Enter')
  expect(await page.getByLabel('Paid in all').inputValue()).toBe('£69.98')
  await page.keyboard.type('66')
  await press('Enter')
  // A number that is scanned is taken at once, and the cursor waits for the next.
  await scan('5012345678917')
  const lines = page.locator('.rp-sale-line')
  await lines.nth(2).getByRole('textbox', { name: 'Product or service' }).and(focused()).waitFor()
  // What the catalogue does not have is taken in one's own words, however quickly Enter follows.
  await scan('Gift wrapping')
  await lines.nth(2).getByLabel('Quantity').and(focused()).waitFor()
  await press('Enter')
  await page.keyboard.type('2.5')
  await page.getByText('£101.49').waitFor()
  await picture(page, 'purchase-new')
  await expectAccessible(page, 'a purchase is recorded')
  await press('Control+Enter')
  await page.getByRole('heading', { name: 'Purchase R-100' }).waitFor()
  await settled(page)
  await page.getByText('£101.49').first().waitFor()
  await expectAccessible(page, 'a purchase')
  await picture(page, 'purchase')
})

test('the server’s refusals stand beside the fields', async () => {
  await follow(page, '/purchases/new')
  await page.getByLabel('Receipt or order number').fill('R-101')
  await page.getByRole('textbox', { name: 'Product or service' }).fill('Lamp')
  await page.getByLabel('Paid in all').fill('10')
  await page.getByLabel('Off the whole').fill('12')
  await page.getByRole('button', { name: 'Save purchase' }).click()
  await page.getByText('More is taken off than there is to pay').waitFor()
  await expectAccessible(page, 'refused')
  await picture(page, 'purchase-refused')
  await page.getByLabel('Off the whole').fill('2')
  await page.getByLabel('Gift receipt').fill('G-101')
  await page.getByLabel('How it was sold').selectOption('At a distance')
  await page.getByLabel('Serial number').fill('SN-101')
  await page.getByRole('textbox', { name: 'Who is it?' }).fill('Mia')
  await page.getByRole('option', { name: /^Mia Buyer/ }).click()
  await page.getByLabel('Paid by').selectOption('Not known')
  await press('Control+Enter')
  await page.getByRole('heading', { name: 'Purchase R-101' }).waitFor()
  await page.getByText('It is not known how this was paid.').waitFor()
  await page.getByRole('link', { name: 'Mia Buyer' }).waitFor()
  await page.getByText('On its way').waitFor()
})

test('a purchase is found by its number with Enter, given to a customer, corrected and delivered', async () => {
  await follow(page, '/purchases')
  await page
    .getByLabel(/^Receipt or order, gift/)
    .and(focused())
    .waitFor()
  await scan('nothing-like-it')
  await page.getByText('Nothing has exactly the number “nothing-like-it”.').waitFor()
  await page.getByText('No purchase like that').waitFor()
  await expectAccessible(page, 'not found')
  await scan('r-100')
  await page.getByRole('heading', { name: 'Purchase R-100' }).waitFor()
  await page.getByRole('button', { name: 'Whose purchase' }).click()
  const whose = page.getByRole('dialog', { name: 'Whose purchase R-100 is' })
  await whose.getByRole('textbox', { name: 'Who is it?' }).and(focused()).waitFor()
  await page.keyboard.type('Mia')
  await whose.getByRole('option', { name: /^Mia Buyer/ }).waitFor()
  await expectAccessible(page, 'whose it is')
  await picture(page, 'purchase-whose')
  await press('Enter')
  await whose.getByText('Known to us.').waitFor()
  await whose.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Mia Buyer' }).waitFor()
  await page.getByRole('button', { name: 'Correct', exact: true }).click()
  const correct = page.getByRole('dialog', { name: 'Correct purchase R-100' })
  await correct.getByLabel('Receipt or order').waitFor()
  await expectAccessible(page, 'corrected')
  await picture(page, 'purchase-correct')
  await correct.getByLabel('Gift receipt').fill('G-100')
  await correct.getByRole('button', { name: 'Save' }).click()
  await page.getByText('G-100').waitFor()
  await page.getByRole('button', { name: 'Change how many came: Kettle Dawn red' }).click()
  const came = page.getByRole('dialog', { name: 'Delivered: Kettle Dawn red' })
  await came.getByLabel('How many of the 2 have come').fill('1')
  await expectAccessible(page, 'how many came')
  await picture(page, 'purchase-delivered')
  await came.getByRole('button', { name: 'Note it' }).click()
  await page.getByText('1 of 2').waitFor()
  await page.getByText('On its way').waitFor()
  await page.getByRole('button', { name: 'All of it was delivered' }).click()
  await page.getByRole('dialog', { name: 'All of it was delivered' }).getByRole('button', { name: 'Note it' }).click()
  await page.getByText('2 of 2').waitFor()
  expect(await page.getByRole('button', { name: 'All of it was delivered' }).count()).toBe(0)
})

test('what a gift receipt finds tells its bearer neither prices nor who paid', async () => {
  await follow(page, '/purchases')
  await scan('G-100')
  await page.waitForURL(/gift=1/)
  await page.getByText('This was found by its gift receipt.').waitFor()
  await page.getByText('Kettle Dawn red').waitFor()
  expect(await page.locator('#main').innerText()).not.toMatch(/£|Mia|Cash/)
  await expectAccessible(page, 'a gift receipt')
  await picture(page, 'purchase-gift')
  await page.getByRole('button', { name: 'Show all the same' }).click()
  await page.getByText('£101.49').first().waitFor()
  await page.getByRole('link', { name: 'Mia Buyer' }).click()
  await page.getByRole('heading', { name: 'Mia Buyer' }).waitFor()
  await page.getByText('2 purchases, £109.49 in all').waitFor()
  await expectAccessible(page, 'what somebody bought')
  await picture(page, 'purchases-of')
})

const file = (...rows: string[]) => ({
  name: 'till.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['receipt,date,item,description,quantity,price,customer,shelf', ...rows].join('\n')),
})

test('a file is looked through with what is wrong in it, brought in, seen and taken back', async () => {
  const chief = await pageOf('supervisor')
  await follow(chief, '/purchases')
  await chief.getByRole('link', { name: 'Bring in a file' }).click()
  await settled(chief)
  await chief.getByText('No file was brought in yet').waitFor()
  await expectAccessible(chief, 'no file')
  await picture(chief, 'purchase-imports-none')
  const rows = [
    'T-1,2026-10-01 09:30,KE-1,Kettle Dawn red,2,34.99,C-7,a',
    'T-2,2026-10-02 11:00,TO-3,Hand blender,1,32.99,C-8,b',
    'T-3,2 October,TO-3,Hand blender,1,32.99,C-8,b',
    'T-4,2026-10-05 10:00,KE-1,Kettle Dawn red,-1,34.99,C-7,a',
  ]
  await chief.locator('input[type="file"]').setInputFiles(file(...rows))
  await chief.getByLabel('Where it comes from').fill('till 3')
  await chief.getByLabel('How it was sold').selectOption('In a shop')
  await picture(chief, 'purchase-imports-form')
  await chief.getByRole('button', { name: 'Look through it' }).click()
  await chief.getByRole('heading', { name: 'till.csv' }).waitFor()
  await chief.getByText('Must be a day or a moment').waitFor()
  await chief.getByText('£102.97').waitFor()
  await chief.getByText('shelf').waitFor()
  await expectAccessible(chief, 'looked through')
  await picture(chief, 'purchase-import-read')
  await chief.getByRole('button', { name: 'Bring in 3 rows' }).click()
  await chief.getByText('Purchases brought in: 2, with lines: 2.').waitFor()
  await expectAccessible(chief, 'brought in')
  await picture(chief, 'purchase-import-done')
  const at = new URL(chief.url()).pathname
  await chief.getByRole('link', { name: 'See its purchases' }).click()
  await chief.getByText('Only what one file brought in').waitFor()
  await chief.getByText('Partly came back').waitFor()
  await expectAccessible(chief, 'its purchases')
  await picture(chief, 'purchases-import')
  await chief.getByRole('link', { name: /T-1/ }).click()
  await chief.getByRole('heading', { name: 'Purchase T-1' }).waitFor()
  await settled(chief)
  await picture(chief, 'purchase-returned')
  await expectAccessible(chief, 'partly came back')
  await follow(chief, at)
  await chief.getByRole('button', { name: 'Take back' }).click()
  await expectAccessible(chief, 'taking back')
  await chief.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
  await chief.getByText('Taken back', { exact: true }).waitFor()
  await follow(chief, '/purchases/import')
  await chief.getByText('till 3').waitFor()
  await expectAccessible(chief, 'files')
  await picture(chief, 'purchase-imports')
  await chief.locator('input[type="file"]').setInputFiles({ ...file(), buffer: Buffer.from('a,b\n1,2\n') })
  await chief.getByLabel('Where it comes from').fill('till 3')
  await chief.getByRole('button', { name: 'Look through it' }).click()
  await chief.getByText('This file could not be read.').waitFor()
  await expectAccessible(chief, 'a file that could not be read')
  await picture(chief, 'purchase-import-failed')
})

test('on a telephone nothing is wider than the screen', async () => {
  const small = await pageOf('administrator', { ...phone, dark: true })
  const { items } = (await manager<{ items: Made[] }>('GET', '/api/purchases')).body
  const { items: files } = (await manager<{ items: Made[] }>('GET', '/api/purchase-imports')).body
  const screens = {
    list: '/purchases',
    one: `/purchases/${items.at(-1)?.id}`,
    gift: `/purchases/${items.at(-1)?.id}?gift=1`,
    new: '/purchases/new',
    imports: '/purchases/import',
    import: `/purchases/import/${files.at(-1)?.id}`,
  }
  for (const [name, address] of Object.entries(screens)) {
    await follow(small, address)
    expect(await overflow(small), name).toBe(0)
    await expectAccessible(small, `${name} on a telephone`)
    await picture(small, `purchases-phone-${name}`)
  }
})
