import { expect, test } from 'vitest'
import { expectAccessible, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false, sample: true })

test('the day begins with what waits, a case is handed over with a note, and the wall shows teams and no customer', async () => {
  const id = await openCase('Wet carpet', { by: 'supervisor', assigneeId: 'me' })
  const page = await pageOf('supervisor')
  await page.getByRole('link', { name: 'My day' }).click()
  await page.getByRole('heading', { name: 'My day' }).waitFor()
  await settled(page)
  await expectAccessible(page, 'day')
  await picture(page, 'day')
  await page.getByRole('link', { name: /Wet carpet/ }).click()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Hand over…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'To' }).selectOption({ label: 'Some adviser' })
  await dialog.getByLabel('Where it stands, and what comes next').fill('The plumber comes at four.')
  await expectAccessible(page, 'hand over')
  await picture(page, 'hand-over')
  await dialog.getByRole('button', { name: 'Hand over', exact: true }).click()
  await page.getByText('Handed over to Some adviser.').waitFor()
  await page.getByText('The plumber comes at four.').waitFor()
  expect((await app.as('adviser')<{ assignee: { name: string } }>('GET', `/api/cases/${id}`)).body.assignee.name).toBe(
    'Some adviser',
  )
  await page.goto(`${app.url}/wall`)
  await page.getByRole('columnheader', { name: 'Longest wait' }).waitFor()
  await settled(page)
  await expectAccessible(page, 'wall')
  await picture(page, 'wall')
  await page.context().close()
})
