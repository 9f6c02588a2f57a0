import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, system } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { advanceDelivery, holdDelivery, openCase, sayMore, writeTo } from '../cases/index.ts'
import { asCustomer, type Visitor } from '../portal/index.ts'
import { readIdentity, siteByKey } from './sites.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A visitor counts as there while the window was heard of within this time. */
export const hereMs = 60_000
/** An answer that nobody has seen after this time goes out by mail. */
export const mailAfterMs = 45_000

type Begin = {
  key: string
  name?: string | undefined
  email?: string | undefined
  text: string
  identity?: string | undefined
}

/** Begins a conversation: a case of the channel chat, and a session that speaks for it alone. */
export const begin = async (work: Work, siteKey: Buffer, input: Begin) => {
  const site = await siteByKey({ db: work.tx }, input.key)
  const signed = input.identity ? await readIdentity(siteKey, site, input.identity, work.now) : null
  const email = signed?.email ?? input.email
  const name = signed?.name ?? input.name
  const made = await openCase(work, {
    subject: input.text.replace(/\s+/g, ' ').slice(0, 80),
    kind: 'enquiry',
    channel: 'chat',
    requester: { ...(name ? { name } : email ? {} : { name: 'Visitor' }), ...(email ? { email } : {}) },
    verified: signed !== null,
    message: { text: input.text },
    teamId: site.team_id,
    tags: [site.name.slice(0, 60)],
  })
  const session = randomBytes(32).toString('base64url')
  await work.tx
    .insertInto('widget_talks')
    .values({
      sha256: sha256(session),
      site_id: site.id,
      case_id: made.id,
      conversation_id: made.conversationId,
      person_id: made.requesterId,
      began_at: work.now,
      seen_at: work.now,
    })
    .execute()
  return { session, number: made.number }
}

export type Talk = { caseId: number; conversationId: number; visitor: Visitor }

/** The conversation of a session, in the case where it is today. To anybody else it does not exist. */
export const talkOfSession = async ({ db }: Pick<Reading, 'db'>, session: string | null): Promise<Talk> => {
  if (!session || session.length > 100) return notFound('conversation')
  const { rows } = await sql<{ caseId: number; conversationId: number; personId: number; name: string }>`
    select v.case_id as "caseId", v.id as "conversationId", p.id as "personId", p.name
    from widget_talks t join conversations v on v.id = t.conversation_id
    join people w on w.id = t.person_id join people p on p.id = coalesce(w.merged_into, w.id)
    where t.sha256 = ${sha256(session)}`.execute(db)
  const { caseId, conversationId, ...who } = rows[0] ?? notFound('conversation')
  // The address was typed, not proved: what else is known of whoever has it, by a merge for example, is not theirs.
  return { caseId, conversationId, visitor: { ...who, onlyCase: caseId, onlyConversation: conversationId } }
}

/** Whether an answer can follow the visitor by mail when they have left. */
export const goesOnByMail = async ({ db }: Pick<Reading, 'db'>, { conversationId }: Talk): Promise<boolean> => {
  const { rows } =
    await sql`select 1 from participants a left join identities i on i.person_id = a.person_id and i.kind = 'email'
    where a.conversation_id = ${conversationId} and coalesce(a.address, i.value) is not null limit 1`.execute(db)
  return rows.length > 0
}

/** The visitor as whoever acts. */
export const actorOfTalk = (talk: Talk): Actor => asCustomer(talk.visitor)

export const say = async (work: Work, talk: Talk, text: string) => {
  const { caseId: id, conversationId } = talk
  const message = await sayMore(work, { id, conversationId, text, channel: 'chat' })
  return { id: message.id }
}

/** Answers up to a message were on the visitor's screen: no mail follows them. */
export const seen = async (work: Work, talk: Talk, messageId: number): Promise<void> => {
  const { rows } = await sql<{
    id: number
  }>`select id from messages where conversation_id = ${talk.conversationId} and direction = 'out'
    and id <= ${messageId} and delivery in ('waiting', 'sending', 'sent') and (send_at is null or send_at <= ${work.now})`.execute(
    work.tx,
  )
  for (const { id } of rows) await advanceDelivery({ ...work, actor: system }, id, 'read')
}

/** Where the conversation goes on when the visitor has left; the address is theirs by what they typed, not proved. */
export const leaveAddress = async (work: Work, talk: Talk, email: string): Promise<void> => {
  await writeTo(work, talk.conversationId, talk.visitor.personId, email)
}

/** The visitor's window was there just now. */
export const noteHere = async (work: Work, sessions: readonly string[]): Promise<void> => {
  if (sessions.length === 0) return
  await sql`update widget_talks set seen_at = ${work.now} where sha256 = any(${sessions.map(sha256)}::text[])`.execute(
    work.tx,
  )
}

/** Whether an answer may go to the visitor's window: they were there within the last minute. */
export const isHere = async ({ db, now }: Pick<Reading, 'db' | 'now'>, caseId: number) => {
  const since = new Date(now.getTime() - hereMs)
  const row = await db
    .selectFrom('widget_talks as t')
    .innerJoin('conversations as v', 'v.id', 't.conversation_id')
    .select('t.conversation_id as conversationId')
    .where('v.case_id', '=', caseId)
    .where('t.seen_at', '>', since)
    .orderBy('t.seen_at', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** An answer is on its way to the window. */
export const showReply = async (work: Work, messageId: number): Promise<void> => {
  await advanceDelivery(work, messageId, 'sending')
  work.enqueue({
    name: 'widget:mail_unseen',
    payload: { messageId },
    at: new Date(work.now.getTime() + mailAfterMs),
  })
}

/** Nobody saw the answer: the visitor has left, so it goes out by mail. */
export const mailUnseen = async (work: Work, messageId: number): Promise<void> => {
  const row = await work.tx.selectFrom('messages').select('delivery').where('id', '=', messageId).executeTakeFirst()
  if (row?.delivery !== 'sending') return
  await holdDelivery(work, messageId)
  work.enqueue({ name: 'channels:deliver', payload: { data: { messageId } } })
}
