import type { ImapFlow } from 'imapflow'
import { pause } from '../../platform/clock.ts'
import { type Outgoing, Unreached } from '../../platform/http/outgoing.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { unseal } from '../../platform/key.ts'
import type { Log } from '../../platform/log.ts'
import { system } from '../../platform/permissions/actor.ts'
import { storeMail } from './storing.ts'

type Account = {
  id: number
  address: string
  imap: { host: string; port: number; secure: boolean; user: string; folder: string }
  imap_password: Buffer
  uid_validity: number | null
  last_uid: number
  version: number
}

const accountsOf = (kernel: Kernel): Promise<Account[]> =>
  kernel.read(
    system,
    async ({ db }) =>
      (await db
        .selectFrom('mailboxes')
        .select(['id', 'address', 'imap', 'imap_password', 'uid_validity', 'last_uid', 'version'])
        .where('kind', '=', 'imap')
        .where('ended_at', 'is', null)
        .execute()) as unknown as Account[],
  )

const note = (kernel: Kernel, id: number, last_error: string | null): Promise<void> =>
  kernel.work(system, async work => {
    await work.tx.updateTable('mailboxes').set({ last_checked_at: work.now, last_error }).where('id', '=', id).execute()
  })

/** Stores one mail and how far we have read, together: after any failure reading goes on exactly there. */
const keep = (
  kernel: Kernel,
  key: Buffer,
  account: Account,
  uidValidity: number,
  uid: number,
  raw: Buffer,
): Promise<void> =>
  kernel.work(system, async work => {
    await storeMail(work, key, {
      mailboxId: account.id,
      source: 'imap',
      sourceId: `${uidValidity}:${uid}`,
      raw,
      envelopeFrom: '',
      envelopeTo: [account.address],
    })
    await work.tx
      .updateTable('mailboxes')
      .set({ uid_validity: uidValidity, last_uid: uid })
      .where('id', '=', account.id)
      .execute()
  })

type Options = {
  kernel: Kernel
  log: Log
  outgoing: Outgoing
  mailKey: Buffer
  passwordKey: Buffer
  stored(mailboxId: number): void
}

/** Every mail after the last one, by UID: what another program has read or marked makes no difference. */
const fetchNew = async (client: ImapFlow, { kernel, mailKey, stored }: Options, account: Account): Promise<void> => {
  const box = client.mailbox
  if (!box) return
  const validity = Number(box.uidValidity)
  const { rows } = await kernel.database.owner.query<{ uid_validity: number | null; last_uid: number }>(
    'select uid_validity, last_uid from mailboxes where id = $1',
    [account.id],
  )
  const last = rows[0]?.uid_validity === validity ? (rows[0]?.last_uid ?? 0) : 0
  // "n:*" always gives the newest mail, also when it is older than n.
  for await (const message of client.fetch(`${last + 1}:*`, { uid: true, source: true }, { uid: true })) {
    if (message.uid <= last || !message.source) continue
    await keep(kernel, mailKey, account, validity, message.uid, message.source)
    stored(account.id)
  }
  await note(kernel, account.id, null)
}

const watch = async (
  options: Options,
  account: Account,
  stopped: () => boolean,
  use: (client: ImapFlow | null) => void,
): Promise<void> => {
  const { host, port, secure, user, folder } = account.imap
  const pass = unseal(options.passwordKey, account.imap_password).toString()
  // Loaded with the first account: most installations have none, and it takes 10 MB.
  const { ImapFlow } = await import('imapflow')
  // A mail server may stand in the own network; the connection goes to the very address that was looked at.
  const [address] = await options.outgoing.serverAt(host)
  const client = new ImapFlow({
    host: address?.address ?? host,
    servername: host,
    port,
    secure,
    auth: { user, pass },
    logger: false,
    ...(secure ? {} : { doSTARTTLS: false }),
  })
  client.on('error', () => {})
  await client.connect()
  use(client)
  const lock = await client.getMailboxLock(folder)
  try {
    while (!stopped() && client.usable) {
      await fetchNew(client, options, account)
      const arrived = new Promise<void>(resolve => {
        client.once('exists', () => resolve())
        client.once('close', () => resolve())
      })
      await Promise.race([arrived, client.idle(), pause(5 * 60_000)])
    }
  } finally {
    lock.release()
    use(null)
    await client.logout().catch(() => client.close())
  }
}

/** What is shown: enough to mend it, and nothing by which a network could be explored. */
const troubleOf = (error: unknown): string => {
  if (error instanceof Unreached) return error.message
  const { authenticationFailed, code = '' } = error as { authenticationFailed?: boolean; code?: string }
  if (authenticationFailed) return 'The server refused the name or the password.'
  if (/CERT|TLS|SSL/i.test(code)) return 'The server’s certificate does not hold for this name.'
  return 'The server cannot be reached, or does not speak IMAP.'
}

export type ImapWatch = { stop(): Promise<void> }

/** One worker per IMAP account, each with its own connection and its own troubles; new accounts are found within 10 s. */
export const startImap = (options: Options): ImapWatch => {
  const workers = new Map<string, Promise<void>>()
  const clients = new Set<ImapFlow>()
  let stopped = false
  const run = async (account: Account): Promise<void> => {
    let client: ImapFlow | null = null
    const use = (next: ImapFlow | null) => {
      if (client) clients.delete(client)
      client = next
      if (next) clients.add(next)
    }
    await watch(options, account, () => stopped, use).catch(async error => {
      options.log.warn({ err: error, mailbox: account.id }, 'IMAP account')
      await note(options.kernel, account.id, troubleOf(error)).catch(() => {})
      for (let waited = 0; waited < 15_000 && !stopped; waited += 500) await pause(500)
    })
  }
  const tend = async (): Promise<void> => {
    while (!stopped) {
      const accounts = await accountsOf(options.kernel).catch(() => [])
      for (const account of accounts) {
        const key = `${account.id}:${account.version}`
        if (!workers.has(key))
          workers.set(
            key,
            run(account).finally(() => void workers.delete(key)),
          )
      }
      for (let waited = 0; waited < 10_000 && !stopped; waited += 250) await pause(250)
    }
  }
  const tending = tend()
  return {
    stop: async () => {
      stopped = true
      for (const client of clients) client.close()
      await Promise.all([tending, ...workers.values()])
    },
  }
}
