import { expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
const adviser = app.as('adviser')

const give = async (subject: string) => {
  const id = await openCase(subject, { from: 'Mia Hart', text: 'When does it come?' })
  await app.as('supervisor')('PATCH', `/api/cases/${id}`, { assigneeId: app.staffId('adviser') })
  return id
}
const assigneeOf = async (id: number) =>
  (await app.as('line_manager')<{ assignee: { name: string } | null }>('GET', `/api/cases/${id}`)).body.assignee?.name
const customerMails = async () =>
  (
    await app.as('administrator')<{ items: { kind: string }[] }>('GET', '/api/mail/outgoing?limit=200')
  ).body.items.filter(mail => mail.kind !== 'notification' && mail.kind !== 'acknowledgement').length

test('a sick adviser is covered with two keys and three clicks, no customer notices, and what is open returns', async () => {
  const ids = [await give('Wardrobe without doors'), await give('Lamp hums'), await give('Chair wobbles')]
  await adviser('POST', `/api/cases/${ids[1]}/promises`, {
    kind: 'call_back',
    withinMinutes: 60,
    title: 'Ring about the lamp',
  })
  const mails = await customerMails()
  const page = await pageOf('supervisor')
  await follow(page, '/queue')
  await settled(page)
  const acts: string[] = []
  const press = async (key: string) => {
    acts.push(key)
    await page.keyboard.press(key)
  }
  const click = async (name: string | RegExp) => {
    acts.push(String(name))
    await page.getByRole('button', { name }).click()
  }
  await press('g')
  await press('h')
  await page.getByRole('heading', { name: 'Who is here' }).waitFor()
  await page.getByText('3 open cases').waitFor()
  await expectAccessible(page, 'who is here')
  await picture(page, 'who-is-here')
  await click('Note that Some adviser is away')
  await page.getByRole('dialog', { name: 'Note that Some adviser is away' }).waitFor()
  await expectAccessible(page, 'note an absence')
  await picture(page, 'away')
  await click('Note it and see what they hold')
  await page.getByRole('heading', { name: 'What Some adviser holds' }).waitFor()
  const rows = page.getByRole('list', { name: 'What is to be handed over' }).getByRole('listitem')
  await rows.nth(3).waitFor()
  expect(await rows.first().textContent()).toMatch(/Ring about the lamp|Lamp hums/)
  await expectAccessible(page, 'plan')
  await picture(page, 'plan')
  await click('Hand all 4 over')
  await page.getByText('Handed over: 4. No customer was told.').waitFor()
  expect(acts).toHaveLength(5)
  await page.getByText('Nothing is left with Some adviser').waitFor()
  await picture(page, 'handed')
  for (const id of ids) expect(await assigneeOf(id)).not.toBe('Some adviser')
  expect(await customerMails()).toBe(mails)

  await follow(page, `/cases/${ids[0]}`)
  await settled(page)
  await page.keyboard.press('a')
  await page.getByRole('option', { name: /Some adviser \(away until further notice\)/ }).click()
  await page.getByText('Some adviser is away until further notice. They will not see this before.').waitFor()
  await expectAccessible(page, 'warned')

  const own = await pageOf('adviser')
  await follow(own, '/account')
  await settled(own)
  await own.getByText('Ill', { exact: true }).waitFor()
  await own.getByRole('button', { name: 'I am back' }).click()
  await own.getByText(/Back again\. Returned: 3/).waitFor()
  await own.getByText('You are here, and nothing is planned.').waitFor()
  await expectAccessible(own, 'account')
  await picture(own, 'account-away')
  await eventually(async () => ((await assigneeOf(ids[1] ?? 0)) === 'Some adviser' ? true : undefined))
  expect(await customerMails()).toBe(mails)
})

test('a shift is handed to a colleague in one go, with notes, also on a telephone and on paper', async () => {
  const page = await pageOf('adviser', phone)
  await follow(page, '/cover/shift')
  await settled(page)
  const note = page.getByLabel(/Where it stands.*Lamp hums/)
  await note.fill('She is at home from six; the new bulb is in the van.')
  expect(await overflow(page)).toBe(0)
  await expectAccessible(page, 'shift on a telephone')
  await picture(page, 'shift-phone')
  await page.emulateMedia({ media: 'print' })
  await page.getByText('She is at home from six; the new bulb is in the van.').last().waitFor()
  await picture(page, 'shift-print')
  await page.emulateMedia({ media: 'screen' })
  await page.getByLabel('Who goes on').selectOption({ label: 'Some receptionist' })
  await page.getByRole('button', { name: /^Hand over \d+ cases?$/ }).click()
  await page.getByText('You hold no open case').waitFor()
  await expectAccessible(page, 'shift handed over')
  const small = await pageOf('supervisor', phone)
  await follow(small, '/cover')
  await settled(small)
  await small.getByText('Some receptionist').first().waitFor()
  expect(await overflow(small)).toBe(0)
  await expectAccessible(small, 'who is here on a telephone')
  await picture(small, 'who-is-here-phone')
})
