import { sql } from 'kysely'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { composeMail, type OutgoingMail } from '../../platform/mail/compose.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import type { Keys } from './senders.ts'
import { sealMail } from './storing.ts'

export type Kind = 'reply' | 'acknowledgement' | 'closing_check' | 'notification' | 'sign_in' | 'appointment'

export type Posted = {
  mail: OutgoingMail
  kind: Kind
  mailboxId: number
  caseId: number | null
  conversationId: number
  /** The message it carries, where it is a reply. */
  messageRef: number | null
}

/** Each mail with its recipients, as bytes and as the columns of its row. */
const rowOf = async (key: Buffer, { mail, ...row }: Posted) => {
  const options = composeMail(mail)
  const raw = await new MailComposer(options).compile().build()
  const envelope = options.envelope as { from?: string; to?: string[] } | undefined
  return {
    row: {
      ...row,
      messageId: mail.messageId,
      envelopeFrom: envelope?.from ?? '',
      recipients: envelope?.to ?? [...mail.to, ...(mail.cc ?? [])].map(to => to.address),
      subject: mail.subject,
    },
    raw: sealMail(key, raw),
  }
}

/** Beyond this many bytes mails are written one by one. */
const mostBytesTogether = 4_000_000

/**
 * Builds mails once; what is kept is what goes out, however often it has to be tried. Without an outgoing server they
 * are kept at once. However many they are, it is one statement: mails are what a busy morning brings most of.
 */
export const post = async (
  work: Work,
  keys: Pick<Keys, 'mail' | 'kept'>,
  letters: readonly Posted[],
): Promise<void> => {
  if (letters.length === 0) return
  const built = await Promise.all(letters.map(letter => rowOf(keys.mail, letter)))
  const size = built.reduce((sum, { raw }) => sum + raw.length, 0)
  for (const lot of size > mostBytesTogether ? built.map(one => [one]) : [built]) await insertMails(work, keys, lot)
  if (!keys.kept) return
  const replies = letters.flatMap(({ messageRef }) => messageRef ?? [])
  if (replies.length > 0) await noteDelivery(work, replies, 'kept')
}

type Built = Awaited<ReturnType<typeof rowOf>>

const insertMails = async (work: Work, { kept = false }: Pick<Keys, 'kept'>, mails: readonly Built[]) => {
  const { rows } = await sql<{ id: number }>`
    with mails as (select * from rows from (
        jsonb_to_recordset(${JSON.stringify(mails.map(({ row }) => row))}::jsonb) as ("mailboxId" bigint, "caseId" bigint, "conversationId" bigint,
          "messageRef" bigint, kind text, "messageId" text, "envelopeFrom" text, recipients text[], subject text),
        unnest(${mails.map(({ raw }) => raw)}::bytea[])) with ordinality
      as m("mailboxId", "caseId", "conversationId", "messageRef", kind, "messageId", "envelopeFrom", recipients, subject, raw, n)),
    known as (insert into mail_ids (message_id, case_id, conversation_id, message_ref)
      select "messageId", "caseId", "conversationId", "messageRef" from mails where "messageRef" is not null)
    insert into outgoing_mail (mailbox_id, case_id, message_ref, kind, message_id, envelope_from, recipients, subject, state, attempts, created_at, raw)
      select "mailboxId", "caseId", "messageRef", kind, "messageId", "envelopeFrom", recipients, subject,
        ${kept ? 'kept' : 'waiting'}, ${kept ? 1 : 0}::int, ${work.now}::timestamptz, raw from mails order by n
      on conflict (message_id) do nothing returning id`.execute(work.tx)
  if (!kept) for (const { id } of rows) work.enqueue({ name: 'channels:send', payload: { id }, key: `send:${id}` })
}
