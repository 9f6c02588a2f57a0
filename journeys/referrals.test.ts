import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { expectAccessible, follow, overflow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()
const admin = app.as('administrator')
const { items: roles } = (await admin<{ items: { id: number; key: string }[] }>('GET', '/api/roles')).body
const roleId = (key: string) => roles.find(role => role.key === key)?.id
const limit = { currency: 'GBP', perCustomer: null, perShift: null, referTo: null }
const set = (key: string, limits: object[]) =>
  admin('PUT', '/api/authority/limits', { kind: 'role', id: roleId(key), limits })
await set('adviser', [{ ...limit, act: 'refund', most: 5000, referTo: roleId('supervisor') }])
await set('supervisor', [
  { ...limit, act: 'refund', most: 50_000, referTo: roleId('line_manager') },
  { ...limit, act: 'closing_complaint', currency: null, most: 1 },
])

type Referrals = { items: { id: number; state: string; answer: string }[]; decisions: { outcome: string }[] }
const ofCase = async (id: number) => (await app.as('adviser')<Referrals>('GET', `/api/cases/${id}/referrals`)).body

test('a refund of 80 by an adviser with a limit of 50 becomes a referral, decided by the supervisor with a reason; the same person cannot do both', async () => {
  const id = await openCase('Cracked kettle', { from: 'Mia Hart', text: 'The lid is cracked for the second time.' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.getByText('Refund: Up to £50.00 yours').waitFor()
  await page.getByRole('button', { name: 'Give…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give something' })
  await dialog.getByLabel('Amount').fill('40')
  await dialog.getByRole('button', { name: 'Give and note it' }).waitFor()
  await dialog.getByLabel('Amount').fill('80')
  await dialog.getByLabel('Reason', { exact: true }).fill('Cracked twice, loyal customer')
  await dialog.getByRole('button', { name: 'Refer to Some supervisor' }).waitFor()
  await dialog.getByLabel('Tell the customer').check()
  await expectAccessible(page, 'give')
  await picture(page, 'give')
  await dialog.getByRole('button', { name: 'Refer to Some supervisor' }).click()
  await page.getByText('Referred to Some supervisor.').waitFor()
  await page.getByRole('list', { name: 'Referrals of this case' }).getByText('Open', { exact: true }).waitFor()
  await page.getByText('I have asked a colleague who can help with this').first().waitFor()
  await expectAccessible(page, 'case with a referral')
  await picture(page, 'referred')

  const [referral] = (await ofCase(id)).items
  const own = await app.as('adviser')<{ detail: string }>('POST', `/api/referrals/${referral?.id}/answer`, {
    answer: 'approve',
    reason: 'I say so',
  })
  expect(own.status).toBe(403)

  const supervisor = await pageOf('supervisor')
  await supervisor.keyboard.press('g')
  await supervisor.keyboard.press('e')
  await supervisor.waitForURL(`${app.url}/referrals`)
  await settled(supervisor)
  await supervisor.keyboard.press('j')
  const panel = supervisor.getByRole('region', { name: 'Answer' })
  await panel.getByText('Refund £80.00').waitFor()
  await panel.getByText('Up to £500.00 yours').waitFor()
  await expectAccessible(supervisor, 'desk')
  await picture(supervisor, 'desk')
  await supervisor.keyboard.press('1')
  await supervisor.getByLabel('Why').and(supervisor.locator(':focus')).waitFor()
  await supervisor.keyboard.type('Good customer, our fault')
  await picture(supervisor, 'desk-answer')
  await supervisor.keyboard.press('Control+Enter')
  await supervisor.getByText('Answered.').waitFor()
  await supervisor.getByText('Nothing waits for an answer here').waitFor()
  expect((await ofCase(id)).decisions.map(one => one.outcome)).toEqual(['approved'])

  const small = await pageOf('line_manager', phone)
  await follow(small, `/referrals?id=${referral?.id}`)
  await settled(small)
  await small.getByText('Refund £80.00').first().waitFor()
  expect(await overflow(small)).toBe(0)
  await expectAccessible(small, 'desk on a telephone')
  await picture(small, 'desk-phone')
  await small.context().close()

  await page.getByText('Approved: Refund, £80.00 Good customer').waitFor()
  await follow(supervisor, '/organisation/decisions')
  await settled(supervisor)
  await supervisor.getByText('Good customer, our fault').waitFor()
  await expectAccessible(supervisor, 'register')
  await picture(supervisor, 'register')
  for (const one of [page, supervisor]) await one.context().close()
})

test('a supplier is asked from the case, and the answer arrives by mail in the right conversation', async () => {
  const types = await admin<{ items: { id: number; key: string }[] }>('GET', '/api/customer-types')
  await admin('POST', '/api/people', {
    name: 'Hugo Lind',
    typeId: types.body.items.find(one => one.key === 'supplier')?.id,
    identities: [{ kind: 'email', value: 'hugo@lamps.example' }],
  })
  const id = await openCase('Leaking lamp', { from: 'Ola Finch' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.keyboard.press('Shift+R')
  const dialog = page.getByRole('dialog', { name: 'Refer this case' })
  await dialog.getByLabel('Why').selectOption('Outside my expertise')
  await dialog.getByLabel('To', { exact: true }).selectOption('A supplier')
  await dialog.getByLabel('Supplier’s contact').fill('Hugo')
  await page.getByRole('option', { name: /Hugo Lind/ }).click()
  await dialog.getByLabel('How').selectOption('In writing')
  await dialog.getByLabel('Subject of the mail').fill('Lamps of batch 7')
  await dialog.getByLabel('What is asked').fill('Do lamps of batch 7 leak?')
  await expectAccessible(page, 'refer')
  await picture(page, 'refer')
  await dialog.getByRole('button', { name: 'Refer', exact: true }).click()
  await page.getByText('Referred to Hugo Lind.').waitFor()

  const mails = () =>
    app.program.kernel.database.owner.query<{ message_id: string; subject: string; recipients: string[] }>(
      `select message_id, subject, recipients from outgoing_mail where case_id = $1`,
      [id],
    )
  const out = await eventually(async () =>
    (await mails()).rows.find(one => one.recipients.includes('hugo@lamps.example')),
  )
  expect(out.subject).toBe(`Re: Lamps of batch 7 [#${id}]`)
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  await transport.sendMail({
    from: 'Hugo Lind <hugo@lamps.example>',
    to: 'help@trial.test',
    subject: 'Re: Lamps of batch 7',
    inReplyTo: out.message_id,
    text: 'They do. Send them back.',
  })
  transport.close()
  const list = page.getByRole('list', { name: 'Referrals of this case' })
  await list.getByText('Answered', { exact: true }).waitFor()
  await list.getByText('Hugo Lind: They do. Send them back.').waitFor()
  await expectAccessible(page, 'supplier answered')
  await picture(page, 'supplier-answered')
  type Said = { items: { text: string; conversationId: number }[] }
  const { items } = (await app.as('adviser')<Said>('GET', `/api/cases/${id}/messages`)).body
  const theirs = items.find(one => one.text === 'They do. Send them back.')
  const question = items.find(one => one.text === 'Do lamps of batch 7 leak?')
  expect(theirs?.conversationId).toBe(question?.conversationId)
  expect(theirs?.conversationId).not.toBe(items[0]?.conversationId)
  await page.context().close()
})

test('closing a complaint beyond one’s authority says so before the act and is asked for from the same place', async () => {
  const id = await openCase('Rude at the counter', { from: 'Pia Lund', kind: 'complaint' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  await settled(page)
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Solve this case' })
  await dialog.getByText('Closing a complaint: No limit is set for you here').waitFor()
  await dialog.getByLabel('They said yes').check()
  await expectAccessible(page, 'closing a complaint')
  await picture(page, 'closing')
  await dialog.getByRole('button', { name: 'Refer to Some supervisor' }).click()
  await page.getByText('Referred to Some supervisor.').waitFor()
  const [referral] = (await ofCase(id)).items
  const supervisor = await pageOf('supervisor')
  await follow(supervisor, `/referrals?id=${referral?.id}`)
  await settled(supervisor)
  await supervisor.getByRole('region', { name: 'Answer' }).getByRole('button', { name: 'Approve' }).click()
  await supervisor.getByLabel('Why').fill('She is content')
  await supervisor.getByRole('button', { name: 'Approve', exact: true }).click()
  await supervisor.getByText('Answered.').waitFor()
  const kase = await app.as('adviser')<{ status: string; needMet: string }>('GET', `/api/cases/${id}`)
  expect(kase.body).toMatchObject({ status: 'solved', needMet: 'yes' })
  for (const one of [page, supervisor]) await one.context().close()
})

test('limits are set for a role, a team and a person where roles are, and none goes below zero', async () => {
  const page = await pageOf('administrator')
  await follow(page, '/organisation/roles')
  await settled(page)
  await page.getByRole('combobox', { name: 'Limits of a' }).click()
  await page.getByRole('option', { name: 'Person' }).click()
  await page.getByText('No limits of their own').waitFor()
  await page.getByRole('combobox', { name: 'Person', exact: true }).click()
  await page.getByRole('option', { name: 'Some driver' }).click()
  await page.getByRole('combobox', { name: 'Discount: Decides alone' }).click()
  await page.getByRole('option', { name: 'up to' }).click()
  await page.getByLabel('Discount: At most').fill('12.50')
  const perShift = page.getByLabel('Discount: Per shift (day)')
  await perShift.fill('-100')
  await perShift.blur()
  expect(await perShift.inputValue()).toBe('0 GBP')
  await perShift.fill('100')
  await expectAccessible(page, 'limits of a person')
  await picture(page, 'limits')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').waitFor()
  const { body } = await app.as('driver')<{ upTo: number; limit: { source: string; perShift: number } }>(
    'POST',
    '/api/authority/check',
    { act: 'discount', currency: 'GBP', amount: 1250 },
  )
  expect(body).toMatchObject({ upTo: 1250, limit: { source: 'person' } })
  await page.context().close()
})
