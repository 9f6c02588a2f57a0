import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { recognise } from '../people/index.ts'
import { openAside } from './asides.ts'
import { lockCase } from './loading.ts'
import { write } from './writing.ts'

export type Forward = { id: number; name?: string | undefined; address: string; text: string; quote: boolean }

const mostQuoted = 20
const longestQuoted = 4000

/** What was said with the customer so far, oldest first, as one quotes it in a mail. Notes stay inside. */
const thread = async (work: Work, caseId: number): Promise<string> => {
  const { rows } = await sql<{ author: string; at: Date; text: string }>`select * from (
    select m.id, m.author, m.at, left(m.text, ${longestQuoted}) as text from messages m
    where m.case_id = ${caseId} and m.direction <> 'note' and m.delivery is distinct from 'cancelled' order by m.id desc limit ${mostQuoted}) l
    order by l.id`.execute(work.tx)
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return rows
    .map(({ author, at, text }) => `${author}, ${day.format(at)} UTC:\n${text.replace(/^/gm, '> ')}`)
    .join('\n\n')
}

/**
 * Asks somebody else about a case by mail: a conversation of its own within the case, whose answers come back to it. For
 * the customer nothing changes.
 */
export const forwardCase = async (work: Work, input: Forward) => {
  const kase = await lockCase(work, input.id)
  const person = await recognise(work, { name: input.name, email: input.address }, 'email')
  const { rows } =
    await sql`select 1 from staff where lower(email) = lower(${input.address}) and ended_at is null`.execute(work.tx)
  const conversationId = await openAside(work, {
    caseId: kase.id,
    kind: rows.length > 0 ? 'internal' : 'supplier',
    channel: 'email',
    subject: kase.subject,
    other: { personId: person.id, address: input.address },
  })
  const said = input.quote ? await thread(work, kase.id) : ''
  const message = await write(work, {
    id: kase.id,
    kind: 'reply',
    channel: 'email',
    conversationId,
    text: said === '' ? input.text : `${input.text}\n\n${said}`,
    attachmentIds: [],
    mentionIds: [],
  })
  return { conversationId, messageId: message.id }
}
