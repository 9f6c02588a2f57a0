import { randomBytes } from 'node:crypto'
import type { OutgoingMail } from '../../platform/mail/compose.ts'
import { replyToken, signedMessageId } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { type Posted, post } from './posting.ts'
import { domainOf, type From, isPlainId, type Keys } from './senders.ts'

type Notice = {
  kind: 'acknowledgement' | 'closing_check' | 'notification' | 'appointment'
  caseId: number
  to: { name?: string; address: string }
  subject: string
  text: string
  /** Nothing is sent where no mailbox is set up. */
  from: From | null
  conversationId: number
  inReplyTo?: string | null
  calendar?: OutgoingMail['calendar']
}

/** Sends something of our own accord, marked as automatic so that no robot answers it. */
export const postNotice = async (work: Work, keys: Keys, notice: Notice): Promise<void> => {
  const mailbox = notice.from
  if (!mailbox) return
  const letter: Posted = {
    kind: notice.kind,
    mailboxId: mailbox.id,
    caseId: notice.caseId,
    conversationId: notice.conversationId,
    messageRef: null,
    mail: {
      from: { name: mailbox.organisation, address: mailbox.address },
      to: [notice.to],
      subject: notice.subject,
      text: notice.text,
      messageId: signedMessageId(keys.thread, {
        kind: 'v',
        id: String(notice.conversationId),
        message: '0',
        random: randomBytes(8).toString('hex'),
        domain: domainOf(mailbox.address),
      }),
      date: work.now,
      inReplyTo: notice.inReplyTo && isPlainId(notice.inReplyTo) ? notice.inReplyTo : null,
      references: [],
      ...(notice.calendar ? { calendar: notice.calendar } : {}),
      // A colleague who answers a notification must not land in the customer's conversation.
      ...(notice.kind === 'notification' ? {} : { token: replyToken(keys.thread, 'v', String(notice.conversationId)) }),
      automatic: notice.kind === 'acknowledgement' ? 'acknowledgement' : 'notice',
      ...(notice.kind === 'acknowledgement' ? {} : { bounceTo: mailbox.address }),
    },
  }
  await post(work, keys, [letter])
}
