import { randomUUID } from 'node:crypto'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { cannotListen } from '../../platform/config.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Log } from '../../platform/log.ts'
import { MAIL_LIMITS } from '../../platform/mail/limits.ts'
import { withoutToken } from '../../platform/mail/threading.ts'
import { system } from '../../platform/permissions/actor.ts'
import { mailboxesOf } from './mailboxes.ts'
import { storeMail } from './storing.ts'

const smtpError = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code })
const later = () => smtpError(451, '4.3.0 Cannot be stored just now, please try again later')

const readAll = async (stream: SMTPServerDataStream): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += (chunk as Buffer).length
    // What is too large is read to its end, so that the sender hears the answer, but not kept.
    if (size <= MAIL_LIMITS.size) chunks.push(chunk as Buffer)
  }
  if (size > MAIL_LIMITS.size) throw smtpError(552, '5.3.4 This message is larger than 25 MB')
  return Buffer.concat(chunks)
}

export type Listener = { port: number; close(): Promise<void> }

type Options = { kernel: Kernel; log: Log; host: string; port: number; key: Buffer; stored(mailboxId: number): void }

/**
 * The own mail listener. `250` is said only after the raw message is committed, `451` while the database is away, so
 * that the sending server keeps it and tries again.
 */
export const startListener = async ({ kernel, log, host, port, key, stored }: Options): Promise<Listener> => {
  const findMailbox = cachedMailboxes(kernel)
  const keep = async (raw: Buffer, session: SMTPServerSession): Promise<void> => {
    const recipients = session.envelope.rcptTo.map(to => to.address)
    const boxes = new Map<number, string[]>()
    for (const address of recipients) {
      const id = await findMailbox(address)
      if (id) boxes.set(id, [...(boxes.get(id) ?? []), address])
    }
    const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
    await kernel.work(system, async work => {
      let left = boxes.size
      for (const [mailboxId, envelopeTo] of boxes) {
        left--
        const mail = {
          mailboxId,
          source: 'smtp' as const,
          sourceId: `${session.id}-${randomUUID()}`,
          raw,
          envelopeFrom: sender,
          envelopeTo,
          remoteAddress: session.remoteAddress,
          helo: session.hostNameAppearsAs,
        }
        await storeMail(work, key, mail, left === 0)
      }
    })
    for (const id of boxes.keys()) stored(id)
  }
  const server = new SMTPServer({
    banner: 'Rapport',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAIL_LIMITS.size,
    maxClients: 200,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    onRcptTo: (address, _session, callback) => {
      findMailbox(address.address).then(
        id => callback(id ? null : smtpError(550, '5.1.1 There is no such mailbox here')),
        () => callback(later()),
      )
    },
    onData: (stream, session, callback) => {
      readAll(stream)
        .then(raw => keep(raw, session))
        .then(
          () => callback(null),
          (error: Error & { responseCode?: number }) => {
            if (!error.responseCode)
              log.warn({ err: error }, 'mail could not be stored; the sender was asked to try again')
            callback(error.responseCode ? error : later())
          },
        )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(cannotListen('SMTP_LISTEN', { host, port }, error)))
    server.listen(port, host, () => resolve())
  })
  server.on('error', error => log.warn({ err: error }, 'mail listener'))
  const at = server.server.address()
  return {
    port: typeof at === 'object' && at ? at.port : port,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

const staleMs = 2_000

/** Which mailbox an address belongs to. Kept for two seconds: a mailbox that was added gets mail as soon as that. */
const cachedMailboxes = (kernel: Kernel) => {
  let known = new Map<string, number>()
  let at = Number.NEGATIVE_INFINITY
  return async (address: string): Promise<number | null> => {
    if (performance.now() - at > staleMs) {
      const rows = await kernel.read(system, mailboxesOf)
      known = new Map(rows.map(row => [row.address.toLowerCase(), row.id]))
      at = performance.now()
    }
    return known.get(withoutToken(address).toLowerCase()) ?? null
  }
}
