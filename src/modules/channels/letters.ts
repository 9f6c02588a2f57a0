import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { signedMessageId } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { post } from './posting.ts'
import { domainOf, type Keys, mailboxFor } from './senders.ts'

export const Letter = z.object({
  kind: z.enum(['notification', 'sign_in']),
  to: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  text: z.string(),
})
export type Letter = z.infer<typeof Letter>

/** Has a mail of its own accord sent that belongs to no case, such as a code for the portal. */
export const sendLetter = (work: Pick<Work, 'enqueue'>, letter: Letter): void =>
  work.enqueue({ name: 'channels:letter', payload: letter })

/** Composes such a mail, marked as automatic so that no robot answers it. */
export const postLetter = async (work: Work, keys: Keys, letter: Letter): Promise<void> => {
  const mailbox = await mailboxFor(work, null, null)
  if (!mailbox) return
  const messageId = signedMessageId(keys.thread, {
    kind: 'n',
    id: '0',
    message: '0',
    random: randomBytes(8).toString('hex'),
    domain: domainOf(mailbox.address),
  })
  await post(work, keys, [
    {
      kind: letter.kind,
      mailboxId: mailbox.id,
      caseId: null,
      conversationId: 0,
      messageRef: null,
      mail: {
        from: { name: mailbox.organisation, address: mailbox.address },
        to: [letter.to],
        subject: letter.subject,
        text: letter.text,
        messageId,
        date: work.now,
        inReplyTo: null,
        references: [],
        automatic: 'notice',
        bounceTo: mailbox.address,
      },
    },
  ])
}
