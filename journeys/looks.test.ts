import { expect, test } from 'vitest'
import { desk, expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const id = await openCase('The kettle leaks', { kind: 'complaint', severity: 4, text: 'What can you do? مرحبا' })
const write = (kind: string, text: string) => app.as('adviser')('POST', `/api/cases/${id}/messages`, { kind, text })
await write('note', 'Look at the seal first.')
await write('reply', 'We send you a new one.')
const page = await pageOf('adviser')

const choose = async (what: string, value: string) => {
  await follow(page, '/account')
  await page.getByRole('combobox', { name: what }).or(page.getByLabel(what)).first().click()
  await page.getByRole('option', { name: value }).click()
  await page.keyboard.press('Escape')
}
const look = async (name: string, where = page) => {
  await where.goto(`${app.url}/queue?case=${id}`)
  await where.getByRole('article', { name: /^Message from/ }).waitFor()
  await settled(where)
  await picture(where, name)
  await expectAccessible(where, name)
}
test('text grows and shrinks with everything around it', async () => {
  await choose('Size of text', '150 %')
  await look('text-150')
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('24px')
  await choose('Size of text', '80 %')
  await look('text-80')
  await choose('Size of text', '100 %')
})

test('more contrast, light and dark', async () => {
  await choose('Contrast', 'High')
  await look('contrast-light')
  await choose('Colours', 'Dark')
  await look('contrast-dark')
  await choose('Colours', 'As the device')
  await choose('Contrast', 'As the device')
})

test('the screen is read from right to left, on every width', async () => {
  await choose('Direction of reading', 'From right to left')
  await expect.poll(() => page.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await picture(page, 'rtl-account')
  await look('rtl-1440')
  const list = await page.locator('.rp-queue-side').boundingBox()
  const talk = await page.locator('.rp-queue-main').boundingBox()
  expect(list?.x ?? 0).toBeGreaterThan(talk?.x ?? 0)
  for (const device of [{ ...desk, width: 1024, height: 768 }, phone]) {
    const other = await pageOf('adviser', device)
    await look(`rtl-${device.width}`, other)
    expect(await overflow(other)).toBeLessThanOrEqual(0)
    await other.context().close()
  }
  for (const address of ['/people', '/organisation/hours', '/notifications']) {
    await follow(page, address)
    await picture(page, `rtl${address.replaceAll('/', '-')}`)
    await expectAccessible(page, `rtl ${address}`)
  }
  await choose('Direction of reading', 'From left to right')
})

test('movement is as one wishes, whatever the device says', async () => {
  const moving = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('button') as Element).transitionProperty)
  await choose('Movement', 'As little as possible')
  await page.evaluate(() => document.querySelector('button')?.style.setProperty('transition', 'color 1s'))
  await expect.poll(moving).toBe('none')
  // The browser of these journeys asks for less motion; somebody may want it all the same.
  await choose('Movement', 'As designed')
  await page.evaluate(() => document.querySelector('button')?.style.setProperty('transition', 'color 1s'))
  await expect.poll(moving).toBe('color')
})
