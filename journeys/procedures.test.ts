import { expect, test } from 'vitest'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const adviser = app.as('adviser')
const yesNo = { type: 'yes_no' }
const steps = [
  { key: 'listen', part: 'listen', title: 'Let them finish, then say it back', help: 'Do not explain yet.' },
  { key: 'what', part: 'facts', title: 'What happened', answer: { type: 'text' } },
  { key: 'receipt', part: 'facts', title: 'Is there a receipt', answer: yesNo },
  {
    key: 'proof',
    part: 'facts',
    title: 'What else shows that it is ours',
    answer: { type: 'text' },
    when: { field: 'answer.receipt', op: 'is', value: false },
  },
  {
    key: 'wish',
    part: 'options',
    title: 'What the customer wants',
    answer: { type: 'choice', choices: ['Money back', 'A new one', 'A repair'] },
  },
  {
    key: 'ask',
    part: 'options',
    title: 'Ask for a picture',
    required: false,
    act: { does: 'ask', text: 'Dear {{customer.name}}, could you send us a picture of it?' },
  },
  {
    key: 'call',
    part: 'act',
    title: 'Call back with the answer',
    act: { does: 'promise', kind: 'call_back', title: 'Call with the answer', withinMinutes: 240 },
  },
]
const made = await adviser<{ id: number }>('POST', '/api/procedures', {
  name: 'Complaint',
  condition: { field: 'kind', op: 'is', value: 'complaint' },
  steps,
  phrases: [
    { tone: 'listening', text: 'Please tell me from the beginning.' },
    { tone: 'apology', text: 'I am sorry that this happened, {{customer.first_name}}.' },
  ],
})
expect(made.status).toBe(201)
expect((await app.as('supervisor')('POST', `/api/procedures/${made.body.id}/publish`, {})).status).toBe(200)

type Promises = { items: { kind: string; title: string; outcome: string | null }[] }
const promisesOf = async (id: number) => (await adviser<Promises>('GET', `/api/cases/${id}/promises`)).body.items

test('a complaint is handled by its procedure under pressure, one step at a time, and closed with a check-back', async () => {
  const later = await openCase('A question about opening hours', { from: 'Una Bell' })
  const id = await openCase('Cracked kettle', { from: 'Mia Hart', text: 'The lid is cracked.', kind: 'complaint' })
  const page = await pageOf('adviser')
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  // The complaint is the more urgent of the two, though it came later.
  await page.waitForURL(`${app.url}/calm?case=${id}`)
  await page.getByRole('heading', { name: 'Let them finish, then say it back' }).waitFor()
  await page.getByText('Mia Hart wrote').waitFor()
  await page.getByText('I am sorry that this happened, Mia.').waitFor()
  await expectAccessible(page, 'one step')
  await picture(page, 'calm')
  await page.getByRole('button', { name: 'Done' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')

  await page.getByRole('textbox', { name: 'What happened' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('The lid cracked on the first day')
  await picture(page, 'calm-fact')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Yes' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What else shows that it is ours' }).waitFor()
  await page.getByRole('button', { name: 'Leave out' }).click()
  await page.getByLabel('Why it is left out').fill('The batch is printed below')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Money back' }).and(page.locator(':focus')).waitFor()
  await picture(page, 'calm-choice')
  await expectAccessible(page, 'a choice')
  await page.getByRole('button', { name: 'A new one' }).click()

  const question = page.getByLabel('Question to the customer')
  await question.waitFor()
  expect(await question.inputValue()).toBe('Dear Mia Hart, could you send us a picture of it?')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Call back with the answer' }).waitFor()
  const messages = await adviser<{ items: { direction: string; text: string }[] }>('GET', `/api/cases/${id}/messages`)
  expect(messages.body.items.at(-1)).toMatchObject({ direction: 'out' })
  await page.getByRole('button', { name: 'Promise it within 4 hours' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Every step is done' }).waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Solve this case' })
  await dialog.getByLabel('They said yes').check()
  await dialog.getByLabel('Check back').selectOption('In 3 working days')
  await expectAccessible(page, 'closing')
  await picture(page, 'calm-closing')
  await dialog.getByRole('button', { name: 'Solve' }).click()

  await page.waitForURL(`${app.url}/calm?case=${later}`)
  await page.getByText('There is no procedure for this case').waitFor()
  await expectAccessible(page, 'no procedure')
  await page.keyboard.press('Escape')
  await page.waitForURL(`${app.url}/cases/${later}`)
  expect((await adviser<{ status: string; needMet: string }>('GET', `/api/cases/${id}`)).body).toMatchObject({
    status: 'solved',
    needMet: 'yes',
  })
  const promised = await promisesOf(id)
  expect(promised.map(one => one.kind).toSorted()).toEqual(expect.arrayContaining(['call_back', 'follow_up']))
  await page.context().close()
})

test('in the case the steps stand beside it; phrases go into the reply, and closing says what is missing', async () => {
  const id = await openCase('Loose handle', { from: 'Ola Finch', kind: 'complaint' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  await settled(page)
  const panel = page.getByRole('region', { name: 'Step by step' })
  await panel.getByText('5 steps are missing').waitFor()
  await page.keyboard.press('Shift+Q')
  await panel.getByRole('button', { name: 'Done', exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await panel.getByRole('textbox', { name: 'What happened' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('It came off')
  await page.keyboard.press('Enter')
  await panel.getByText('3 steps are missing').waitFor()
  await expectAccessible(page, 'case with its steps')
  await picture(page, 'case-procedure')
  await panel.getByText('Words at hand').click()
  await panel.getByRole('button', { name: /Into the reply: I am sorry/ }).click()
  await page
    .getByRole('textbox', { name: /^Reply to/ })
    .getByText('I am sorry that this happened, Ola.')
    .waitFor()

  await panel.getByRole('button', { name: /Let them finish/ }).press('ArrowDown')
  await panel
    .getByRole('button', { name: /What happened/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.locator('[data-heading]').focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Solve this case' })
  await dialog
    .getByText('Still missing in “Complaint”: Is there a receipt; What the customer wants; Call back with the answer.')
    .waitFor()
  await expectAccessible(page, 'closing with steps missing')
  await picture(page, 'missing')
  await page.context().close()

  const small = await pageOf('adviser', phone)
  await follow(small, `/calm?case=${id}`)
  await settled(small)
  await small.getByRole('heading', { name: 'Is there a receipt' }).waitFor()
  expect(await overflow(small)).toBe(0)
  await expectAccessible(small, 'one step on a telephone')
  await picture(small, 'calm-phone')
  await small.context().close()
})

test('a procedure is written as a draft and put in force', async () => {
  const page = await pageOf('supervisor')
  await follow(page, '/organisation/procedures')
  await settled(page)
  await expectAccessible(page, 'procedures')
  await picture(page, 'procedures')
  await page.getByRole('button', { name: 'New procedure' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Lost property')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('heading', { name: 'Lost property' }).waitFor()
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByLabel('Step', { exact: true }).fill('Was it handed in')
  await page.getByLabel('What is noted').selectOption('Yes or no')
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByLabel('Step', { exact: true }).fill('Where it is kept')
  await page.getByLabel('What is noted').selectOption('Some words')
  await page.getByLabel('Only after').selectOption('Was it handed in')
  await page.getByLabel('where it', { exact: true }).selectOption('Yes')
  await page.getByRole('button', { name: 'Add a phrase' }).click()
  await page.getByLabel('Phrase', { exact: true }).fill('We will look for it together.')
  await expectAccessible(page, 'editor')
  await picture(page, 'procedure-editor')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('Saved').waitFor()
  await page.getByRole('button', { name: 'Put in force' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
  await page.getByText('Version 1 is in force.').waitFor()
  type Procedure = { items: { id: number; name: string }[] }
  const { items } = (await adviser<Procedure>('GET', '/api/procedures')).body
  const { id = 0 } = items.find(one => one.name === 'Lost property') ?? {}
  const { body } = await adviser<{ published: { steps: { key: string; when: unknown }[] } }>(
    'GET',
    `/api/procedures/${id}`,
  )
  expect(body.published.steps.map(one => one.key)).toEqual(['was_it_handed_in', 'where_it_is_kept'])
  expect(body.published.steps[1]?.when).toEqual({
    all: [{ field: 'answer.was_it_handed_in', op: 'is', value: true }],
  })
  await page.context().close()
})
