import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Keyed, once } from '../../platform/http/idempotency.ts'
import { type Actor, system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { advanceDelivery, insertAttachment, type Kept, openCase, sayMore, writeTo } from '../cases/index.ts'
import { asCustomer, type Visitor } from '../portal/index.ts'
import { readIdentity, siteByKey } from './sites.ts'
import { sessionHash, takeUploads } from './uploading.ts'

type Begin = {
  key: string
  name?: string | undefined
  email?: string | undefined
  text: string
  fileIds: number[]
  identity?: string | undefined
  session?: string | undefined
}

/** What a message without words says: the names of its files. */
const wordsOf = (text: string, files: readonly Kept[]): string =>
  text || files.map(file => file.name).join(', ') || refuseField('text', 'Write something first')

/** Under one key for each session, so that nobody's key stands in another's way. */
const keyedBy = (session: string, keyed: Omit<Keyed, 'actor'>): Keyed => ({
  ...keyed,
  actor: `widget:${sessionHash(session)}`,
})

/**
 * Begins a conversation: a case of the channel chat, and a session that speaks for it alone. Sent again with the session
 * that whoever began it made, it is the same conversation.
 * @throws Refusal `conflict` where that session has begun with other words
 */
export const begin = async (work: Work, siteKey: Buffer, input: Begin) => {
  const session = input.session ?? randomBytes(32).toString('base64url')
  const said = createHash('sha256').update(JSON.stringify([input.key, input.text, input.fileIds]))
  const keyed = { key: 'begin', operation: 'widget.begin', request_sha256: said.digest('hex') }
  // Kept with the key is the number alone: a session is kept nowhere but as its hash.
  const { number } = await once(work, keyedBy(session, keyed), 201, () => beginNow(work, siteKey, input, session))
  return { session, number }
}

const beginNow = async (work: Work, siteKey: Buffer, input: Begin, session: string) => {
  const site = await siteByKey({ db: work.tx }, input.key)
  // What a key stands for is forgotten after a while, a conversation is not.
  const begun = work.tx.selectFrom('widget_talks').select('sha256').where('sha256', '=', sessionHash(session))
  if (await begun.executeTakeFirst()) throw new Refusal('conflict', 'This session has begun a conversation already.')
  const signed = input.identity ? await readIdentity(siteKey, site, input.identity, work.now) : null
  const email = signed?.email ?? input.email
  const name = signed?.name ?? input.name
  const files = await takeUploads(work, sessionHash(session), input.fileIds)
  const text = wordsOf(input.text, files)
  const made = await openCase(work, {
    subject: text.replace(/\s+/g, ' ').slice(0, 80),
    kind: 'enquiry',
    channel: 'chat',
    requester: { ...(name ? { name } : email ? {} : { name: 'Visitor' }), ...(email ? { email } : {}) },
    verified: signed !== null,
    message: { text },
    teamId: site.team_id,
    tags: [site.name.slice(0, 60)],
  })
  for (const kept of files) await insertAttachment(work, kept, made.id, made.messageId)
  await work.tx
    .insertInto('widget_talks')
    .values({
      sha256: sessionHash(session),
      site_id: site.id,
      case_id: made.id,
      conversation_id: made.conversationId,
      person_id: made.requesterId,
      began_at: work.now,
      seen_at: work.now,
    })
    .execute()
  return { number: made.number }
}

export type Talk = { caseId: number; conversationId: number; visitor: Visitor }

/** The conversation of a session, in the case where it is today. To anybody else it does not exist. */
export const talkOfSession = async ({ db }: Pick<Reading, 'db'>, session: string | null): Promise<Talk> => {
  if (!session || session.length > 100) return notFound('conversation')
  const { rows } = await sql<{ caseId: number; conversationId: number; personId: number; name: string }>`
    select v.case_id as "caseId", v.id as "conversationId", p.id as "personId", p.name
    from widget_talks t join conversations v on v.id = t.conversation_id
    join people w on w.id = t.person_id join people p on p.id = coalesce(w.merged_into, w.id)
    where t.sha256 = ${sessionHash(session)}`.execute(db)
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

type Said = { text: string; fileIds: number[]; session: string; keyed: Keyed | null }

/** Says more. With a key it is said once, however often it is sent. */
export const say = (work: Work, talk: Talk, { text, fileIds, session, keyed }: Said) =>
  once(work, keyed && keyedBy(session, keyed), 201, async () => {
    const files = await takeUploads(work, sessionHash(session), fileIds)
    const { caseId: id, conversationId } = talk
    const said = { id, conversationId, text: wordsOf(text, files), channel: 'chat' as const, files }
    const message = await sayMore(work, said)
    return { id: message.id }
  })

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
