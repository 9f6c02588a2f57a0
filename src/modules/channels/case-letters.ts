import { sql } from 'kysely'
import * as z from 'zod'
import { CalendarEvent, calendarFile } from '../../platform/mail/calendar-file.ts'
import { plusAddress, replyToken } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { postNotice } from './noticing.ts'
import { type Keys, mailboxFor } from './senders.ts'

export const CaseLetter = z.object({
  caseId: z.number(),
  to: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  text: z.string(),
  /** An invitation to this, or its end; the answer of a calendar program comes back into the case. */
  event: CalendarEvent.optional(),
})
export type CaseLetter = z.infer<typeof CaseLetter>

/** Has the customer of a case written to of its own accord, in the conversation they have with us. */
export const sendCaseLetter = (work: Pick<Work, 'enqueue'>, letter: CaseLetter): void =>
  work.enqueue({ name: 'channels:case_letter', payload: letter })

export const postCaseLetter = async (work: Work, keys: Keys, letter: CaseLetter): Promise<void> => {
  const { rows } = await sql<{
    conversationId: number
    mailboxId: number | null
    teamId: number | null
  }>`select v.id as "conversationId",
      v.mailbox_id as "mailboxId", c.team_id as "teamId"
    from cases c join conversations v on v.case_id = c.id and v.kind = 'customer' where c.id = ${letter.caseId} order by v.id limit 1`.execute(
    work.tx,
  )
  const about = rows[0]
  const from = about ? await mailboxFor(work, about.mailboxId, about.teamId) : null
  if (!about || !from) return
  const { event } = letter
  const answersTo = plusAddress(from.address, replyToken(keys.thread, 'v', String(about.conversationId)))
  const method = event?.cancelled ? 'CANCEL' : 'REQUEST'
  await postNotice(work, keys, {
    kind: 'appointment',
    caseId: letter.caseId,
    to: letter.to,
    subject: letter.subject,
    text: letter.text,
    from,
    conversationId: about.conversationId,
    ...(event
      ? {
          calendar: {
            method,
            content: calendarFile([event], method, work.now, { name: from.organisation, address: answersTo }),
          },
        }
      : {}),
  })
}
