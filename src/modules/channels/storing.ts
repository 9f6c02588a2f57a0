import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { thenCommit } from '../../platform/database/statements.ts'
import { seal, unseal } from '../../platform/key.ts'
import { knownId } from '../../platform/mail/known-ids.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'

export type Arrived = {
  mailboxId: number
  source: 'smtp' | 'imap'
  /** What the source calls it: the session's id, or UIDVALIDITY and UID. */
  sourceId: string
  raw: Buffer
  envelopeFrom: string
  envelopeTo: string[]
  remoteAddress?: string | null
  helo?: string | null
}

/** Raw mail as it lies in the database: compressed, then encrypted with the installation's key. */
export const sealMail = (key: Buffer, raw: Buffer): Buffer => seal(key, zstdCompressSync(raw))
export const unsealMail = (key: Buffer, sealed: Buffer): Buffer =>
  zstdDecompressSync(unseal(key, sealed), { maxOutputLength: 64 * 1024 * 1024 })

const messageIdOf = (raw: Buffer): string | null => {
  const head = raw.subarray(0, 65_536).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  const found = /^message-id:\s*(<[^<>\s]{1,250}>)/im.exec(end < 0 ? head : head.slice(0, end))?.[1]
  return found ? knownId(found) : null
}

const masked = (text: string): string => redactText(text).text

/**
 * Stores a mail before anybody has read it. Only when this has committed may its receipt be confirmed. The same mail
 * again (same mailbox, same bytes: a sender that did not hear our answer) is not stored twice.
 * @param last nothing else is done in this transaction: it is committed in the same round trip
 * @returns the id, or null for one that is here already
 */
export const storeMail = async (work: Work, key: Buffer, mail: Arrived, last = false): Promise<number | null> => {
  const row = await work.tx
    .insertInto('received_mail')
    .values({
      mailbox_id: mail.mailboxId,
      source: mail.source,
      source_id: mail.sourceId.slice(0, 200),
      message_id: messageIdOf(mail.raw),
      sha256: createHash('sha256').update(mail.raw).digest('hex'),
      size: mail.raw.length,
      envelope_from: masked(mail.envelopeFrom.slice(0, 500)),
      envelope_to: mail.envelopeTo.slice(0, 100).map(masked),
      remote_address: mail.remoteAddress ?? null,
      helo: mail.helo ? masked(mail.helo.slice(0, 200)) : null,
      received_at: work.now,
      state: 'stored',
      raw: sealMail(key, mail.raw),
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .modifyEnd(sql.raw(last ? thenCommit : ''))
    .executeTakeFirst()
  return row?.id ?? null
}
