import { expect, test } from 'vitest'
import { expectAccessible, follow, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const page = await pageOf('adviser')

const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const adviser = () => app.as('adviser')
const add = async (name: string, email: string) =>
  (await adviser()<{ id: number }>('POST', '/api/people', { name, identities: [{ kind: 'email', value: email }] })).body
    .id

test('somebody is added, found while one types, and what is known of them stands before the answer', async () => {
  await follow(page, '/people')
  await page.getByText('Nobody yet').waitFor()
  await expectAccessible(page, 'nobody yet')
  await button('Add a person').click()
  await dialog().getByLabel('Name').fill('Inés Delgado')
  await dialog().getByLabel('E-mail').fill('not an address')
  await dialog().getByLabel('Phone').fill('07700 900102')
  await dialog().getByLabel('E-mail').fill('ines@example.com')
  await expectAccessible(page, 'add a person')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Inés Delgado' }).waitFor()

  for (const typed of ['ines', '900102', 'ines@exam']) {
    await follow(page, '/people')
    await page.getByRole('searchbox').fill(typed)
    await page.getByRole('link', { name: /Inés Delgado/ }).waitFor()
  }
  await page.getByRole('searchbox').fill('nobody of this name')
  await page.getByText('Nobody found').waitFor()
  await page.getByRole('searchbox').fill('ines')
  await page.getByRole('link', { name: /Inés Delgado/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Inés Delgado' }).waitFor()

  await button('Edit').click()
  await dialog().getByLabel('Adjustments').fill('Deaf. Please write; no voicemail.')
  await dialog().getByLabel('Needs', { exact: true }).fill('Large parcels to the side door.')
  await dialog().getByLabel('Needs particular care').check({ force: true })
  await expectAccessible(page, 'edit a person')
  await picture(page, 'person-edit')
  await button('Save').click()
  await page.getByText('Deaf. Please write; no voicemail.').waitFor()
  await picture(page, 'person')
  await expectAccessible(page, 'person')

  const id = Number(new URL(page.url()).pathname.split('/').at(-1))
  const kase = await openCase('Where is my parcel', { requester: { personId: id } })
  await follow(page, `/cases/${kase}`)
  const card = page.getByRole('complementary', { name: 'The person' })
  await card.getByText('Before you answer').waitFor()
  await card.getByText('Deaf. Please write; no voicemail.').waitFor()
  await card.getByText('Large parcels to the side door.').waitFor()
  await card.getByText('Needs particular care').waitFor()
})

test('an address that belongs to somebody else is refused beside its field, with whose it is', async () => {
  await add('Rosa Delgado', 'rosa@example.com')
  const id = await add('Mateo Delgado', 'mateo@example.com')
  await follow(page, `/people/${id}`)
  await button('Add a way to reach them').click()
  const field = page.getByRole('textbox', { name: 'E-mail' })
  await field.fill('Rosa@Example.com')
  await button('Add').click()
  await page.getByText('This belongs to Rosa Delgado already.').waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await expectAccessible(page, 'a conflict')
  await picture(page, 'identity-conflict')
  await field.fill('mateo.delgado@example.com')
  await button('Add').click()
  await page.getByText('mateo.delgado@example.com').waitFor()
  await button('Remove mateo@example.com').click()
  await dialog().getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('mateo@example.com', { exact: true }).waitFor({ state: 'detached' })
  const person = await adviser()<{ identities: { value: string }[] }>('GET', `/api/people/${id}`)
  expect(person.body.identities.map(one => one.value)).toEqual(['mateo.delgado@example.com'])

  await follow(page, '/people')
  await button('Add a person').click()
  await dialog().getByLabel('Name').fill('Another Rosa')
  await dialog().getByLabel('Phone').fill('020 7946 0101')
  await dialog().getByLabel('E-mail').fill('rosa@example.com')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await dialog().locator('input[aria-invalid=true]').waitFor()
  expect(await dialog().getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
})

test('people are put into a household and an organisation, and seen with it', async () => {
  const id = await add('Joan Whitcombe', 'joan@example.org')
  await follow(page, '/organisation/groups')
  await page.getByText('No groups yet').waitFor()
  await button('Add a group').click()
  await dialog().getByLabel('Name').fill('Whitcombe & Daughter')
  await dialog().getByLabel('Mail domains').fill('whitcombe.example')
  await page.keyboard.press('Enter')
  await expectAccessible(page, 'add a group')
  await button('Save').click()
  await page.getByText('Whitcombe & Daughter').waitFor()
  await button('Edit Whitcombe & Daughter').click()
  await dialog().getByLabel('Name').fill('Whitcombe and Daughter')
  await button('Save').click()
  await page.getByText('Whitcombe and Daughter').waitFor()
  await follow(page, `/people/${id}`)
  await settled(page)
  await page
    .getByRole('combobox', { name: 'Groups' })
    .or(page.getByRole('textbox', { name: 'Groups' }))
    .first()
    .click()
  await page.getByRole('option', { name: /Whitcombe and Daughter/ }).click()
  await expect
    .poll(async () =>
      (await adviser()<{ groups: { name: string }[] }>('GET', `/api/people/${id}`)).body.groups.map(one => one.name),
    )
    .toEqual(['Whitcombe and Daughter'])
  await follow(page, '/organisation/groups')
  await page.getByText('1 person').waitFor()
  await picture(page, 'groups')
})

test('two records that share a telephone are merged, opened under the old address, and taken apart again', async () => {
  const add = async (name: string, phone: string) =>
    (
      await app.as('supervisor')<{ id: number }>('POST', '/api/people', {
        name,
        identities: [{ kind: 'phone', value: phone }],
      })
    ).body.id
  const [kept, other] = [await add('Carla Voss', '020 7946 0222'), await add('C. Voss', '020 7946 0222')]
  const page = await pageOf('supervisor')
  await follow(page, '/people/duplicates')
  await page.getByText('the same telephone').waitFor()
  await expectAccessible(page, 'duplicates')
  await picture(page, 'duplicates')
  await follow(page, `/people/${kept}`)
  await page.getByRole('button', { name: 'Merge C. Voss into this record' }).click()
  await page.getByText('C. Voss is part of this record now.').waitFor()
  await follow(page, `/people/${other}`)
  await page.waitForURL(`${app.url}/people/${kept}`)
  await page.getByRole('button', { name: 'Take the merge of C. Voss back' }).click()
  await page.getByText('C. Voss is a record of its own again.').waitFor()
  await page.context().close()
})
