import { existsSync } from 'node:fs'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, freePort, startApp, type TestApp } from '../app.ts'
import { type Dovecot, dovecot, startDovecot } from './dovecot.ts'

const available = existsSync(dovecot) && process.getuid?.() === 0
if (!available) console.log('Left out: IMAP against dovecot needs Debian and root.')

const mail = (subject: string) =>
  `From: Ann Miller <ann@example.org>\r\nTo: box@shop.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\nDate: Sun, 01 Nov 2026 10:00:00 +0000\r\n\r\nThis is ${subject}.\r\n`

describe.skipIf(!available)('an IMAP account on dovecot', () => {
  let app: TestApp
  let server: Dovecot
  let port: number
  beforeAll(async () => {
    port = await freePort()
    server = await startDovecot(port)
    server.deliver('box', '1.before', mail('before'))
    server.deliver('box', '2.before', mail('seen-elsewhere'))
    app = await startApp()
  })
  afterAll(async () => {
    await app.close()
    await server.stop()
  })

  const subjects = async () => {
    const { body } = await app.as('administrator')<{ items: { subject: string }[] }>('GET', '/api/cases?limit=200')
    return body.items.map(item => item.subject).toSorted()
  }
  const client = async () => {
    const imap = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      auth: { user: 'box', pass: 'secret' },
      logger: false,
      doSTARTTLS: false,
    })
    await eventually(() =>
      imap.connect().then(
        () => true,
        () => false,
      ),
    )
    return imap
  }

  test('takes what is there, also what another program has read, and what arrives while it waits', async () => {
    const other = await client()
    await other.mailboxOpen('INBOX')
    await other.messageFlagsAdd('2', ['\\Seen'])
    await other.logout()
    const added = await app.as('administrator')('POST', '/api/mailboxes', {
      name: 'Shop',
      address: 'box@shop.test',
      kind: 'imap',
      imap: { host: '127.0.0.1', port, secure: false, user: 'box', folder: 'INBOX' },
      password: 'secret',
    })
    expect(added.status).toBe(201)
    expect(JSON.stringify(added.body)).not.toContain('secret')
    await eventually(async () => (await subjects()).length === 2, 30_000)
    server.deliver('box', '3.pushed', mail('pushed'))
    await eventually(async () => (await subjects()).includes('pushed'), 30_000)
    expect(await subjects()).toEqual(['before', 'pushed', 'seen-elsewhere'])
  })

  test('a wrong password is shown on the mailbox and stops no other', async () => {
    const added = await app.as('administrator')<{ id: number }>('POST', '/api/mailboxes', {
      name: 'Broken',
      address: 'broken@shop.test',
      kind: 'imap',
      imap: { host: '127.0.0.1', port, secure: false, user: 'box', folder: 'INBOX' },
      password: 'wrong',
    })
    await eventually(async () => {
      const { body } = await app.as('administrator')<{ items: { id: number; lastError: string | null }[] }>(
        'GET',
        '/api/mailboxes',
      )
      return body.items.find(item => item.id === added.body.id)?.lastError
    }, 40_000)
    server.deliver('box', '4.after', mail('after'))
    await eventually(async () => (await subjects()).includes('after'), 30_000)
  })
})
