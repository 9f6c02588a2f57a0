import { expect, test } from 'vitest'
import { expectAccessible, follow, picture, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const ids: number[] = []
for (let i = 0; i < 12; i++) ids.push(await openCase(`Matter ${i + 1}`, { severity: i < 4 ? 4 - i : 1 }))
const page = await pageOf('adviser')
const adviser = () => app.as('adviser')

const opened = (id: number | undefined) => page.getByRole('article', { name: `Case ${id}` }).waitFor()
const bar = () => page.getByRole('region', { name: 'One case after the other' })

test('cases are handed out one at a time; one is skipped with a reason that stays with it', async () => {
  await page.getByRole('button', { name: 'Next case' }).click()
  await opened(ids[0])
  await bar().getByText('Cases are handed to you one at a time').waitFor()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('We look into it.')
  await page.keyboard.press('Control+Enter')
  await opened(ids[1])
  await bar().getByText('One case done').waitFor()
  await bar().getByRole('button', { name: 'Skip…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Skip this case' })
  await dialog.getByLabel('It needs somebody senior').check()
  await dialog.getByLabel('In your own words (optional)').fill('A refund above my limit')
  await picture(page, 'skip')
  await expectAccessible(page, 'skip')
  await dialog.getByRole('button', { name: 'Skip', exact: true }).click()
  await opened(ids[2])
  await picture(page, 'playing')
  await expectAccessible(page, 'playing')
  await bar().getByRole('button', { name: 'Stop' }).click()
  expect(await bar().count()).toBe(0)
  const { items } = (
    await adviser()<{ items: { type: string; sentence: string }[] }>('GET', `/api/cases/${ids[1]}/timeline`)
  ).body
  expect(items.find(item => item.type === 'case.skipped')?.sentence).toContain('A refund above my limit')
})

test('a reply goes out and the next case is there', async () => {
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('This one too.')
  await page.keyboard.press('Control+Shift+Enter')
  await opened(ids[3])
  expect(await bar().count()).toBe(0)
})

test('a case read ahead opens without grey bones, and the list keeps its place', async () => {
  await follow(page, '/queue')
  const row = page.locator(`[data-row="${ids[11]}"]`)
  const scroll = page.locator('.rp-queue-scroll')
  await row.scrollIntoViewIfNeeded()
  const before = await scroll.evaluate(element => element.scrollTop)
  const read = page.waitForResponse(answer => answer.url().endsWith(`/api/cases/${ids[11]}/messages?limit=200`))
  await row.hover()
  await read
  await page.waitForTimeout(300)
  await page.evaluate(() => {
    const seen = { bones: 0 }
    Object.assign(window, { seen })
    new MutationObserver(() => {
      if (document.querySelector('.rp-queue-main .rp-bone')) seen.bones++
    }).observe(document.body, { childList: true, subtree: true })
  })
  await row.click()
  await opened(ids[11])
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  expect(await page.evaluate(() => (window as unknown as { seen: { bones: number } }).seen.bones)).toBe(0)
  await page.getByRole('button', { name: 'The case alone, without the list' }).click()
  expect(await scroll.isVisible()).toBe(false)
  await picture(page, 'full-view')
  await page.keyboard.press('u')
  await scroll.waitFor()
  await picture(page, 'full-list')
  await expectAccessible(page, 'full list')
  expect(await scroll.evaluate(element => element.scrollTop)).toBeGreaterThanOrEqual(Math.min(before, 1))
  await page.reload()
  await scroll.waitFor()
  expect(await page.locator('.rp-queue').getAttribute('data-layout')).toBe('full')
  await page.getByRole('button', { name: 'The case alone, without the list' }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('1 selected').waitFor()
  await page.getByRole('link', { name: 'People' }).first().click()
  await page.waitForURL(/people/)
  await page.goBack()
  await page.getByText('1 selected').waitFor()
})
