import { expect, test } from 'vitest'
import { expectAccessible, follow, picture, ready, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()

test('many cases are chosen by keys, changed with a count beforehand, and changed back; one is put to sleep', async () => {
  for (let i = 1; i <= 6; i++)
    await openCase(`Recall ${i}`, {
      by: 'supervisor',
      requester: { name: `Customer ${i}`, email: `c${i}@example.org` },
    })
  const page = await pageOf('supervisor')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText('3 selected').waitFor()
  await expectAccessible(page, 'selected')
  await picture(page, 'bulk-bar')
  await page.getByRole('button', { name: 'Change…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('This changes 3 cases.').waitFor()
  await dialog.getByLabel('Severity').selectOption('4')
  await dialog.getByLabel('Add tags').fill('recall')
  await expectAccessible(page, 'bulk')
  await picture(page, 'bulk')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByText('3 cases are changed.').waitFor()
  const tagged = async () =>
    (await app.as('supervisor')<{ items: { tags: string[] }[] }>('GET', '/api/cases?limit=50')).body.items.filter(one =>
      one.tags.includes('recall'),
    ).length
  expect(await tagged()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('3 cases are as they were.').waitFor()
  expect(await tagged()).toBe(0)
  await follow(page, '/queue')
  await ready(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Snooze…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click()
  await page
    .getByText(/Asleep until/)
    .first()
    .waitFor()
  await follow(page, '/queue/snoozed')
  await ready(page)
  expect(await page.locator('[data-row]').count()).toBe(1)
  await page.locator('[data-row]').click()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Wake now' }).waitFor()
  await page.keyboard.press('Escape')
  await expectAccessible(page, 'a case that sleeps')
  await picture(page, 'case-asleep')
  await page.getByRole('button', { name: 'Wake now' }).click()
  await page.getByText('The case is back in the queue.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page
    .getByText(/Asleep until/)
    .first()
    .waitFor()
  const { body } = await app.as('adviser')<{ items: unknown[] }>('GET', '/api/cases?snoozed=true')
  expect(body.items).toHaveLength(1)
  await page.context().close()
})
