import { expect, test } from 'vitest'
import { whyNoAutoReply } from './automatic.ts'
import { ABUSE_REPORT, EXIM_BOUNCE, mime, question } from './fixtures.ts'
import { parseMail } from './parse.ts'

const OURSELVES = {
  ownAddresses: ['support@shop.test', 'returns@shop.test'],
  ownDomain: 'mail.shop.test',
  recipient: 'support@shop.test',
}
const why = async (raw: Buffer) => whyNoAutoReply(await parseMail(raw), OURSELVES)
const from = (address: string) =>
  mime(`From: ${address}`, `Return-Path: <${address}>`, 'To: support@shop.test', 'Message-ID: <1@x.test>', '', 'x')

test('a person who wrote to us gets an answer', async () => {
  expect(await why(question())).toBeNull()
  expect(
    await why(question('Auto-Submitted: no', 'Precedence: first-class', 'X-Auto-Response-Suppress: none')),
  ).toBeNull()
  expect(await why(mime('From: a@x.test', 'Cc: Support+abc@SHOP.test', '', 'x'))).toBeNull()
  for (const name of ['ann', 'noreen', 'postmasters', 'requests', 'homeowner-x'])
    expect(await why(from(`${name}@x.test`))).toBeNull()
})

test.each([
  ['Return-Path: <>', 'empty_return_path'],
  ['Auto-Submitted: auto-replied (vacation)', 'auto_submitted'],
  ['Auto-Submitted: Auto-Generated; x=y', 'auto_submitted'],
  ['Precedence: bulk', 'precedence'],
  ['Precedence: Junk', 'precedence'],
  ['Precedence: list', 'precedence'],
  ['List-Id: <news.x.test>', 'mailing_list'],
  ['List-Unsubscribe: <https://x.test>', 'mailing_list'],
  ['X-Auto-Response-Suppress: All', 'suppressed'],
  ['X-Auto-Response-Suppress: DR, OOF, AutoReply', 'suppressed'],
  ['X-Auto-Response-Suppress: NRN', 'suppressed'],
  ['X-Loop: support@shop.test', 'own_mail'],
  ['Message-ID: <c.1.2.3.4@mail.shop.test>', 'own_mail'],
  ['Reply-To: returns@shop.test', 'own_sender'],
])('%s forbids it: %s', async (header, reason) => {
  expect(await why(question(header))).toBe(reason)
})

test.each([
  'MAILER-DAEMON@x.test',
  'postmaster@x.test',
  'no-reply@x.test',
  'noreply@x.test',
  'bounce@x.test',
  'bounces+1=a@x.test',
  'owner-news@x.test',
  'news-request@x.test',
])('the sender %s is no person', async address => {
  expect(await why(from(address))).toBe('robot_sender')
})

test('reports, ourselves, nobody, and mail that only passed by get none', async () => {
  expect(await why(EXIM_BOUNCE)).toBe('report')
  expect(await why(ABUSE_REPORT)).toBe('report')
  expect(await why(from('support@shop.test'))).toBe('own_sender')
  expect(await why(from('Returns+token@SHOP.test'))).toBe('own_sender')
  expect(await why(mime('To: support@shop.test', '', 'x'))).toBe('no_sender')
  expect(await why(mime('From: a@x.test', 'To: list@x.test', '', 'x'))).toBe('not_addressed')
})
