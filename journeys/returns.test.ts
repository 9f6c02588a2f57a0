import { expect, test } from 'vitest'
import {
  barriersOn,
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

const { app, browser, pageOf } = await startJourney()

const dayMs = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString()
const { items: roles } = (await app.as('administrator')<{ items: { id: number; key: string }[] }>('GET', '/api/roles'))
  .body
const roleId = (key: string) => roles.find(one => one.key === key)?.id
const limit = (role: string, most: number | null, referTo: number | null) =>
  app.as('administrator')('PUT', '/api/authority/limits', {
    kind: 'role',
    id: roleId(role),
    limits: [{ act: 'refund', currency: 'GBP', most, perCustomer: null, perShift: null, referTo }],
  })
await limit('adviser', 5000, roleId('supervisor') ?? null)
await limit('supervisor', null, null)

const rules = [
  {
    id: 'unwanted',
    name: 'Changed their mind',
    clause: 'Unused, within 28 days, with any proof of purchase.',
    reasons: ['change_of_mind', 'gift'],
    window: { days: 28, from: 'item_delivery' },
    proofs: ['receipt', 'order', 'card', 'serial', 'loyalty'],
    accepted: ['unopened', 'unused'],
    outcomes: ['refund', 'exchange', 'store_credit'],
    fee: { fixedMinor: 0, percent: 10, waivedFor: ['exchange', 'store_credit'] },
  },
  {
    id: 'no_proof',
    name: 'Nothing shows when it was bought',
    clause: 'Without proof of purchase we give credit for what it costs now.',
    reasons: ['change_of_mind', 'gift'],
    window: null,
    proofs: ['none'],
    accepted: ['unopened', 'unused'],
    outcomes: ['store_credit'],
  },
]
const manager = app.as('line_manager')
const draft = (wanted: object[]) => manager('PUT', '/api/return-policies/draft', { rules: wanted })
await draft(rules)
await manager('POST', '/api/return-policies/draft/publish')

const bought = async (number: string, days: number, lines: object[], more: object = {}) => {
  const customer = { name: 'Rita Return', email: 'rita@example.org' }
  const made = await manager('POST', '/api/purchases', { number, boughtAt: ago(days), customer, lines, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
}
const kettle = { name: 'Kettle Dawn red', paidMinor: 2999 }
await bought('R-1', 9, [kettle, { name: 'Lamp Dusk', paidMinor: 4500, quantity: 2 }], {
  payments: [{ tender: 'card', amountMinor: 7499 }],
})
await bought('R-2', 40, [{ ...kettle, serial: 'SN-77' }])
await bought('R-5', 40, [{ ...kettle, serial: 'SN-78' }])
await bought('R-3', 5, [kettle], { giftNumber: 'G-3', payments: [{ tender: 'cash', amountMinor: 2999 }] })
await bought('R-4', 5, [{ name: 'Coffee machine', paidMinor: 18_900 }], {
  payments: [{ tender: 'online', amountMinor: 18_900 }],
})

const page = await pageOf('adviser')
let strokes = 0
const press = async (...keys: string[]) => {
  for (const key of keys) {
    strokes += 1
    await page.keyboard.press(key)
  }
}
/** What a barcode reader does: a code and Enter. */
const scan = async (code: string) => {
  await page
    .getByLabel(/^Receipt, gift receipt/)
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}
const chosen = () => page.locator('.rp-tile[aria-pressed=true]:focus')
const next = () => page.getByRole('button', { name: 'Next customer' }).click()

test('with a receipt inside the window it takes four keys after the scan', async () => {
  await follow(page, '/returns')
  await page.getByText('No returns yet').waitFor()
  await expectAccessible(page, 'no returns')
  await picture(page, 'returns-none')
  await press('g', 'x')
  await page.waitForURL(/\/returns\/desk$/)
  await settled(page)
  await expectAccessible(page, 'the desk')
  await picture(page, 'desk')
  await scan('R-404')
  await page.getByText('Nothing has the number “R-404”').waitFor()
  await scan('R-1')
  await page
    .getByRole('button', { name: /Kettle Dawn red/ })
    .and(page.locator(':focus'))
    .waitFor()
  await expectAccessible(page, 'lines to pick')
  await picture(page, 'desk-lines')
  strokes = 0
  await press('1', 'c')
  await chosen().waitFor()
  await page.getByText('Unused, within 28 days').waitFor()
  expect(await chosen().textContent()).toContain('£26.99')
  await expectAccessible(page, 'what can be done')
  await picture(page, 'desk-options')
  await press('Enter')
  await page.getByRole('heading', { name: 'Settled' }).waitFor()
  expect(strokes).toBeLessThanOrEqual(5)
  await page.getByText(/Card, promised by/).waitFor()
  await expectAccessible(page, 'settled')
  await picture(page, 'desk-result')
  await page.emulateMedia({ media: 'print' })
  await picture(page, 'desk-slip')
  await page.emulateMedia({ media: 'screen' })
  await next()
})

test('faulty on day forty a repair is offered and no money; once it was repaired in vain, the money is', async () => {
  await scan('SN-77')
  await page
    .getByRole('button', { name: /Kettle Dawn red/ })
    .and(page.locator(':focus'))
    .waitFor()
  await press('f')
  await chosen().waitFor()
  expect(await page.locator('.rp-tile').allTextContents()).toEqual([
    expect.stringContaining('Repair'),
    expect.stringContaining('Exchange'),
    expect.stringContaining('Something else'),
  ])
  await page.getByText(/^This right ended on/).waitFor()
  await page.getByText('Why', { exact: true }).last().click()
  await expectAccessible(page, 'faulty on day forty')
  await picture(page, 'desk-faulty')
  await page.getByText('It was repaired or replaced before').click()
  await page.getByRole('button', { name: 'Add what was tried' }).click()
  await page.getByLabel('Asked for on').fill(ago(20).slice(0, 10))
  await page.getByLabel('Back on').fill(ago(8).slice(0, 10))
  await page.getByLabel('It did not help').check()
  await page
    .getByRole('button', { name: /^Refund £29.99/ })
    .first()
    .waitFor()
  await page.getByText('What else is true').click()
  await expectAccessible(page, 'repaired in vain')
  await picture(page, 'desk-earlier')
  await page.getByLabel('How the money goes back').selectOption('Bank transfer')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/Bank transfer, promised by/).waitFor()
  await next()
})

test('without a receipt credit is given for what it is worth', async () => {
  await page
    .getByLabel(/^Receipt, gift receipt/)
    .and(page.locator(':focus'))
    .waitFor()
  await press('Enter')
  await page.getByLabel('What it is', { exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('A blue jug')
  await press('Enter', 'c')
  await chosen().waitFor()
  await page.getByRole('button', { name: /^Store credit$/ }).click()
  await page.getByText('Say how much').waitFor()
  await page.getByLabel('How much').and(page.locator(':focus')).waitFor()
  await expectAccessible(page, 'without a receipt')
  await picture(page, 'desk-without')
  // Slower than a reader, whose codes end with Enter too.
  await page.keyboard.type('12.50', { delay: 80 })
  await page.waitForTimeout(80)
  await page.keyboard.press('Enter')
  await page.getByText(/Store credit, promised by/).waitFor()
  await page.getByText('£12.50').first().waitFor()
  await next()
})

test('a gift tells its bearer neither prices nor the buyer', async () => {
  await scan('G-3')
  await page.getByText('prices and the buyer stay hidden').waitFor()
  await press('n')
  await chosen().waitFor()
  const said = await page.locator('#main').innerText()
  expect(said).not.toContain('29.99')
  expect(said).not.toContain('Rita')
  await expectAccessible(page, 'a gift')
  await picture(page, 'desk-gift')
  await page
    .getByRole('button', { name: /^Store credit/ })
    .first()
    .click()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Settled' }).waitFor()
  expect(await page.locator('#main').innerText()).not.toContain('Rita')
  await next()
})

test('beyond the limit it is sent for approval, and the list and the case say so', async () => {
  await scan('R-4')
  await page
    .getByRole('button', { name: /Coffee machine/ })
    .and(page.locator(':focus'))
    .waitFor()
  await press('f')
  await chosen().waitFor()
  await press('Enter')
  await page.getByRole('heading', { name: 'Sent for approval' }).waitFor()
  await page.getByText(/^It waits for/).waitFor()
  await expectAccessible(page, 'sent for approval')
  await picture(page, 'desk-approval')
  await page.getByRole('link', { name: /^Case #/ }).click()
  await page.locator('.rp-joined', { hasText: 'Returns' }).getByText('Coffee machine').waitFor()
  await picture(page, 'case-returns')
  await follow(page, '/returns')
  await expectAccessible(page, 'returns')
  await picture(page, 'returns')
  await page.getByText('Awaiting approval', { exact: true }).first().click()
  await page.getByRole('link', { name: /Coffee machine/ }).waitFor()
  await expect.poll(() => page.locator('.rp-return-row').count()).toBe(1)
})

test('goods are moved on, and a refund is noted as paid', async () => {
  const boss = await pageOf('supervisor')
  await follow(boss, '/returns?show=goods')
  await boss
    .getByRole('link', { name: /Kettle Dawn red.*/ })
    .last()
    .click()
  await boss.getByRole('heading', { name: 'Kettle Dawn red' }).waitFor()
  await expectAccessible(boss, 'a return')
  await picture(boss, 'return')
  await boss.getByRole('button', { name: 'Accept', exact: true }).click()
  await boss.getByRole('button', { name: 'Back on the shelf' }).click()
  await boss.getByText('Back on the shelf').waitFor()
  await follow(boss, '/returns/refunds')
  await expectAccessible(boss, 'refunds')
  await picture(boss, 'refunds')
  await boss.getByRole('button', { name: /^Paid: £26.99 to Rita Return/ }).click()
  await boss.getByLabel('Reference').fill('batch 7')
  await expectAccessible(boss, 'paid')
  await picture(boss, 'refund-paid')
  await boss.getByRole('button', { name: 'Note it as paid' }).click()
  await boss.getByText('Noted.').waitFor()
  await boss.getByText('Paid', { exact: true }).first().click()
  await boss.getByText(/batch 7/).waitFor()
})

test('a policy that is less than the law is refused with its clause, and one that is not is put in force', async () => {
  const boss = await pageOf('line_manager')
  await follow(boss, '/organisation/returns')
  await expectAccessible(boss, 'policy')
  await picture(boss, 'policy')
  await boss.getByRole('button', { name: 'Write the next version' }).click()
  await boss.getByRole('button', { name: 'Add a rule' }).click()
  await boss.getByLabel('Name', { exact: true }).and(boss.locator(':focus')).waitFor()
  await boss.keyboard.type('Broken')
  await boss.getByLabel('As it is told to customers').fill('We put right what is broken, for 14 days.')
  await boss.getByLabel('Reasons it is meant for').first().focus()
  await boss.keyboard.press('ArrowDown')
  await boss.getByRole('option', { name: 'Faulty' }).click()
  await boss.keyboard.press('Escape')
  await boss.getByLabel('Days', { exact: true }).fill('14')
  await boss.getByRole('button', { name: 'Save draft' }).click()
  await boss.getByText(/CRA 2015.*Do not promise fewer/).waitFor()
  await expectAccessible(boss, 'less than the law')
  await picture(boss, 'policy-less')
  await boss.getByLabel('Days', { exact: true }).fill('60')
  await boss.getByRole('button', { name: 'Save draft' }).click()
  await boss.getByRole('button', { name: 'Put in force' }).click()
  await boss.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
  await boss.getByText('Version 2, in force since').waitFor()
  await boss.getByText('Version 1, since').waitFor()
  await picture(boss, 'policy-two')
})

const shown = ['/returns', '/returns/1', '/returns/refunds', '/organisation/returns', '/returns/desk?code=SN-78']

test('it all works on a telephone and in dark colours', async () => {
  const small = await openPage(browser, phone)
  await signIn(small, app, 'administrator')
  const dark = await pageOf('administrator')
  await dark.emulateMedia({ colorScheme: 'dark' })
  for (const address of shown) {
    const name = address.replaceAll(/\W+/g, '-')
    for (const one of [small, dark]) {
      await follow(one, address)
      if (address.includes('code')) {
        await one.getByRole('button', { name: 'Faulty' }).click()
        await one.locator('.rp-tile').first().waitFor()
      }
    }
    expect(await overflow(small), address).toBeLessThanOrEqual(0)
    await expectAccessible(small, `${address} on a telephone`)
    await picture(small, `phone${name}`)
    expect(await barriersOn(dark, 'color-contrast'), address).toEqual([])
    await picture(dark, `dark${name}`)
  }
  await small.locator('.rp-return-bar').scrollIntoViewIfNeeded()
  await picture(small, 'phone-desk-decided')
})
