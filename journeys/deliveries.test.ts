import { expect, test } from 'vitest'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { pageOf } = await startJourney()
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

test('deliveries come in from a table, after one has seen what it would do, and their speed is told with how many it is of', async () => {
  const page = await pageOf('adviser')
  await follow(page, '/promises')
  await settled(page)
  await page.getByRole('link', { name: 'Deliveries' }).click()
  await page.getByText('Nothing is to be delivered').waitFor()
  await expectAccessible(page, 'no deliveries')
  const table = [
    'id,order,what,ordered,promised,delivered',
    `D-1,Order 7,Wardrobe,${ago(30)},${ago(4)},${ago(5)}`,
    `D-2,Order 8,Lamp,${ago(30)},${ago(20)},${ago(10)}`,
    `D-3,Order 9,Chair,${ago(30)},${ago(-30)},`,
  ]
  const file = (lines: string[]) => ({ name: 'd.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  const input = page.locator('input[type="file"]')
  await input.setInputFiles(file([...table, 'D-4,Order 10,Desk,,soon,']))
  await page.getByText(/Must be a moment with its offset/).waitFor()
  expect(await page.getByRole('button', { name: 'Bring in' }).count()).toBe(0)
  await expectAccessible(page, 'mistakes')
  await picture(page, 'deliveries-wrong')
  await input.setInputFiles(file(table))
  await page.getByRole('button', { name: 'Bring in' }).click()
  await page.getByText('50 % (1 of 2)').waitFor()
  await page.getByText('Order 9').first().waitFor()
  await expectAccessible(page, 'deliveries')
  await picture(page, 'deliveries')
  await page.getByText('That came', { exact: true }).click()
  await page.getByText('late', { exact: true }).waitFor()
  const small = await pageOf('adviser', phone)
  await follow(small, '/deliveries')
  await settled(small)
  expect(await overflow(small)).toBe(0)
  await expectAccessible(small, 'deliveries on a telephone')
  await picture(small, 'deliveries-phone')
})
