import { expect, test } from 'vitest'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
const admin = app.as('administrator')

test('a rule is built, tried on the last month, switched on, fires, is seen in the log, and is switched off when it fails', async () => {
  await openCase('Kettle burnt me', { from: 'Bea Long', kind: 'complaint' })
  await openCase('Opening hours', { from: 'Cal Short' })
  const page = await pageOf('administrator')
  await follow(page, '/organisation/rules')
  await settled(page)
  await page.getByText('Nothing is done by itself yet').waitFor()
  await expectAccessible(page, 'rules-empty')
  await page.getByRole('link', { name: 'Write a rule' }).click()
  await page.getByLabel('Name').fill('Complaints come first')
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('combobox', { name: 'Value' }).or(page.getByLabel('Value')).first().click()
  await page.getByRole('listbox').getByRole('option', { name: 'Complaint', exact: true }).click()
  await page.getByLabel('Severity').selectOption('3')
  await page.getByRole('button', { name: 'Do something more' }).click()
  await page.getByLabel('What the note says').fill('Ring {{customer.first_name}} today.')
  await page.getByText(/When a case is opened, if kind is complaint: change the case, leave a note\./i).waitFor()
  await page.getByRole('button', { name: 'Try it on the last month' }).click()
  await page.getByText('It would have been met once.').waitFor()
  await page.getByRole('link', { name: /Kettle burnt me/ }).waitFor()
  await expectAccessible(page, 'rule-builder')
  await picture(page, 'rule-builder')
  await page.getByRole('button', { name: 'Save and switch on' }).click()
  await page.getByRole('heading', { name: 'What it did' }).waitFor()
  const fired = await openCase('Toaster on fire', { from: 'Dan Hot', kind: 'complaint' })
  await page.getByRole('link', { name: /Toaster on fire/ }).waitFor()
  await page.getByText('Change the case · Leave a note').waitFor()
  await expectAccessible(page, 'rule-log')
  await picture(page, 'rule-log')
  await follow(page, `/cases/${fired}`)
  await settled(page)
  await page.getByText('Ring Dan today.').first().waitFor()

  const made = await admin<{ id: number }>('POST', '/api/rules', {
    name: 'Thanks by mail',
    when: { event: 'case.opened' },
    condition: { field: 'kind', op: 'is', value: 'compliment' },
    actions: [{ do: 'reply', text: 'Thank you.' }],
    enabled: true,
  })
  for (let i = 0; i < 5; i++) {
    const opened = await admin('POST', '/api/cases', {
      subject: `Well done ${i}`,
      kind: 'compliment',
      channel: 'email',
      requester: { name: 'Eve Unknown' },
      message: { text: 'Well done.' },
      teamId: app.teamId,
    })
    expect(opened.status).toBe(201)
  }
  await follow(page, '/organisation/rules')
  await settled(page)
  await expect
    .poll(
      async () => {
        await page.reload()
        await settled(page)
        return page.getByText(/It failed 5 times in a row/).count()
      },
      { timeout: 20_000 },
    )
    .toBe(1)
  await expectAccessible(page, 'rules')
  await picture(page, 'rules')
  await page.getByRole('button', { name: 'Ask “Thanks by mail” sooner' }).click()
  await expect
    .poll(async () => (await admin<{ items: { id: number }[] }>('GET', '/api/rules')).body.items[0]?.id)
    .toBe(made.body.id)

  const small = await pageOf('administrator', phone)
  await follow(small, `/organisation/rules/${made.body.id}`)
  await settled(small)
  await small.getByText(/This rule was switched off/).waitFor()
  expect(await overflow(small)).toBe(0)
  await expectAccessible(small, 'rule-stopped-phone')
  await picture(small, 'rule-stopped-phone')
  await follow(small, '/notifications')
  await small.getByText('A rule of yours was switched off because it failed again and again').first().waitFor()
})

test('cases find whoever is able and has room, and say why', async () => {
  const page = await pageOf('administrator')
  await follow(page, '/organisation/workloads')
  await settled(page)
  await page.getByRole('button', { name: 'Declare a skill' }).click()
  await page.getByRole('dialog').getByLabel('Skill').fill('German')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Edit Some adviser' }).click()
  const form = page.getByRole('dialog', { name: 'What Some adviser takes on' })
  await form.getByLabel('German').selectOption({ label: 'Good' })
  await form.getByLabel('Takes on at most').fill('8')
  await expectAccessible(page, 'workload-form')
  await picture(page, 'workload-form')
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/of 8 · .*German \(Good\)/).waitFor()
  await expectAccessible(page, 'workloads')
  await picture(page, 'workloads')

  await follow(page, '/organisation/assignment')
  await settled(page)
  await page.getByText('No case is given by rule yet').waitFor()
  await expectAccessible(page, 'assignment-empty')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const rule = page.getByRole('dialog', { name: 'Add a rule' })
  await rule.getByLabel('Name').fill('In German')
  await rule.getByLabel('German').selectOption({ label: 'Good' })
  await expectAccessible(page, 'assignment-form')
  await picture(page, 'assignment-form')
  await rule.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/Whoever has most room · German \(Good\)/).waitFor()
  await expectAccessible(page, 'assignment')
  await picture(page, 'assignment')

  const id = await openCase('Heizung kalt', { from: 'Hans Kalt' })
  await expect
    .poll(async () => (await admin<{ assignee: { id: number } | null }>('GET', `/api/cases/${id}`)).body.assignee?.id)
    .toBe(app.staffId('adviser'))
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page
    .getByText(/because of “In German”: most room/)
    .first()
    .waitFor()
  const small = await pageOf('administrator', phone)
  for (const place of ['workloads', 'assignment', 'rules']) {
    await follow(small, `/organisation/${place}`)
    await settled(small)
    expect(await overflow(small), place).toBe(0)
    await picture(small, `${place}-phone`)
  }
})
