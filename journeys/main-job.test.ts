import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { eventually, freePort } from '../test/app.ts'
import { expectAccessible, openPage, picture, startJourney } from './browser.ts'

const caught: string[] = []
const outside = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, _session, done) => {
    let raw = ''
    stream.on('data', chunk => (raw += chunk))
    stream.on('end', () => {
      caught.push(raw)
      done()
    })
  },
})
const port = await freePort()
await new Promise<void>(resolve => outside.listen(port, '127.0.0.1', () => resolve()))
// Hooks run last one first: the server outside closes when the program has.
afterAll(() => new Promise<void>(resolve => outside.close(resolve)))
const { app, browser, pageOf } = await startJourney({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })

const send = (mail: Record<string, unknown>) => {
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  return transport
    .sendMail({ from: 'Ann Miller <ann@example.org>', to: 'help@trial.test', ...mail })
    .finally(() => transport.close())
}
const header = (raw: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r?\\n[ \\t])*)`, 'im').exec(raw)?.[1]?.replace(/\s+/g, ' ').trim() ?? ''

test('a message of a customer becomes a case, is answered, answered again, solved, and the customer says the need was met', async () => {
  const page = await pageOf('adviser')
  await expectAccessible(page, 'empty queue')
  await picture(page, 'queue-empty')

  await send({
    subject: 'The kettle leaks',
    text: 'I bought it last week. What can you do?',
    messageId: '<kettle@example.org>',
  })
  // It appears by itself: a list never moves under the cursor, it offers what is new.
  const row = page
    .getByRole('link', { name: /The kettle leaks/ })
    .or(page.getByRole('option', { name: /The kettle leaks/ }))
    .or(page.getByText('The kettle leaks'))
    .first()
  await eventually(async () => {
    const show = page.getByRole('button', { name: /new or changed|show/i }).first()
    if (await show.isVisible().catch(() => false)) await show.click()
    return row.isVisible()
  })
  await picture(page, 'queue')
  await expectAccessible(page, 'queue')
  await row.click()
  await page.getByText('I bought it last week.').first().waitFor()
  await page
    .getByRole('button', { name: /^Reply/ })
    .or(page.getByRole('tab', { name: /^Reply/ }))
    .or(page.getByRole('radio', { name: /^Reply/ }))
    .first()
    .click({ force: true })
    .catch(() => {})
  await page.getByRole('textbox', { name: /Reply to Ann Miller/ }).fill('We send you a new one today.')
  await picture(page, 'case')
  await expectAccessible(page, 'case')
  await page.keyboard.press('Control+Enter')
  const answer = await eventually(async () => caught.find(raw => raw.includes('We send you a new one today.')), 30_000)
  expect(header(answer, 'In-Reply-To')).toBe('<kettle@example.org>')
  expect(header(answer, 'References')).toContain('<kettle@example.org>')

  await send({
    subject: 'Re: The kettle leaks',
    to: header(answer, 'Reply-To'),
    inReplyTo: header(answer, 'Message-ID'),
    text: 'It has arrived, thank you!',
  })
  await page.getByText('It has arrived, thank you!').first().waitFor()

  await page.getByRole('button', { name: 'Solve', exact: true }).click()
  await page.getByText('Ask them by e-mail').click()
  await picture(page, 'solve')
  await expectAccessible(page, 'solve')
  await page.getByRole('dialog').getByRole('button', { name: /Solve/ }).click()
  const question = await eventually(async () => caught.find(raw => raw.includes('Was your need met?')))
  const link = /http:\/\/\S+\/c\/\S+/.exec(question.replace(/=\r\n/g, ''))?.[0] ?? ''
  const customer = await openPage(browser, { width: 390, height: 844 })
  await customer.goto(link)
  await expectAccessible(customer, 'closing check')
  await picture(customer, 'closing-check')
  await customer.getByLabel('Yes, all is well').check()
  await customer.getByRole('button', { name: 'Send answer' }).click()
  await customer.getByRole('heading', { name: 'Thank you' }).waitFor()
  await customer.context().close()
  const id = Number(/\[#(\d+)\]/.exec(header(answer, 'Subject'))?.[1])
  const kase = await app.as('adviser')<{ status: string; needMet: string }>('GET', `/api/cases/${id}`)
  expect(kase.body).toMatchObject({ status: 'solved', needMet: 'yes' })
})
