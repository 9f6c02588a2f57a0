import { sql } from 'kysely'
import type * as z from 'zod'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Case, Message, PersonCard } from './contract.ts'
import { mergedInto } from './loading.ts'
import { abilities, visibleSql } from './policy.ts'
import { lineOf } from './queries.ts'

export type MessageRow = Omit<z.output<typeof Message>, 'at' | 'sendAt'> & { at: Date; sendAt: Date | null }

/** A message as it is shown; every SQL reads it as `m`. */
export const messageColumns = sql`m.id, m.direction, m.conversation_id as "conversationId", m.channel,
  json_build_object('name', m.author, 'address', m.address, 'personId', m.person_id, 'staffId', m.staff_id) as "from",
  m.text, m.quoted, m.html, m.language, m.at, m.delivery, m.send_at as "sendAt", m.automatic, m.warnings, to_json(m.copied_ids) as "copiedIds",
  case when m.mail_id is null then null else '/api/messages/' || m.id || '/source' end as original,
  coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'inline', a.inline,
    'contentId', a.content_id, 'url', '/api/attachments/' || a.id) order by a.id) from attachments a where a.message_id = m.id), '[]') as attachments`

export const messageById = async (reading: Reading, id: number): Promise<MessageRow> => {
  const { rows } = await sql<MessageRow>`select ${messageColumns} from messages m where m.id = ${id}`.execute(
    reading.db,
  )
  return rows[0] ?? notFound('message')
}

/** Messages after one, for somebody who has not read them yet. */
export const messagesAfter = async (work: Pick<Work, 'tx'>, caseId: number, messageId: number): Promise<MessageRow[]> =>
  (
    await sql<MessageRow>`select ${messageColumns} from messages m where m.case_id = ${caseId} and m.id > ${messageId} order by m.id limit 50`.execute(
      work.tx,
    )
  ).rows

/**
 * Fails like a case that does not exist when the case may not be seen.
 * @returns the case that a number means today, which is another one after a merge, and when it was opened
 */
export const assertVisible = async (
  { db, actor }: Pick<Reading, 'db' | 'actor'>,
  id: number,
): Promise<{ id: number; openedAt: Date }> => {
  const { rows } = await sql<{
    id: number
    openedAt: Date
  }>`select c.id, c.opened_at as "openedAt" from cases c where c.id = ${id} and ${visibleSql(actor)}`.execute(db)
  if (rows[0]) return rows[0]
  const into = await mergedInto({ db }, id)
  return into ? assertVisible({ db, actor }, into) : notFound('case')
}

export const messagesOf = async (
  reading: Reading,
  input: { id: number; limit: number; cursor?: string | undefined },
) => {
  const { id } = await assertVisible(reading, input.id)
  const after = readCursor('messages', input.cursor, 1)
  const { rows } = await sql<MessageRow>`select ${messageColumns} from messages m where m.case_id = ${id}
    ${after ? sql`and m.id > ${after[0]}::bigint` : sql``} order by m.id limit ${input.limit + 1}`.execute(reading.db)
  return pageOf(rows, input.limit, last => writeCursor('messages', [last.id]))
}

type CardRow = z.output<typeof PersonCard>
type ConversationRow = z.output<typeof Case>['conversations'][number]

const conversationsOf = async (reading: Reading, caseId: number): Promise<ConversationRow[]> =>
  (
    await sql<ConversationRow>`
    select v.id, v.kind, v.channel, v.subject, coalesce((select json_agg(json_build_object('personId', a.person_id, 'name', p.name, 'part', a.part,
        'address', coalesce(a.address, i.value), 'undeliverable', i.undeliverable_at is not null,
        'internal', coalesce(y.internal, false) or p.staff_id is not null) order by a.part desc, p.name)
      from participants a join people p on p.id = a.person_id left join customer_types y on y.id = p.type_id
      left join lateral (select value, undeliverable_at from identities where person_id = a.person_id and kind = 'email'
        and (a.address is null or normal = lower(a.address)) order by id limit 1) i on true
      where a.conversation_id = v.id), '[]') as participants
    from conversations v where v.case_id = ${caseId} order by v.id`.execute(reading.db)
  ).rows

const personCard = async (reading: Reading, personId: number, caseId: number): Promise<CardRow> => {
  const { rows } = await sql<CardRow>`
    select p.id, p.name, t.name as "typeName", coalesce(t.internal, false) or p.staff_id is not null as internal,
      coalesce(p.relationship, t.relationship) as relationship, p.preferred_channel as "preferredChannel", p.approach, p.language,
      p.needs, p.expectations, p.adjustments, p.vulnerable,
      coalesce((select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'verified', i.verified_at is not null,
        'undeliverable', i.undeliverable_at is not null) order by i.id) from identities i where i.person_id in (select o.id from people o where o.id = p.id or o.merged_into = p.id)), '[]') as identities,
      array(select distinct g.name from memberships m join groups g on g.id = m.group_id
        where m.person_id in (select o.id from people o where o.id = p.id or o.merged_into = p.id) order by 1) as groups,
      coalesce((select json_agg(o) from (select c.id, c.subject, c.status, to_json(c.last_at) as "lastAt" from cases c
        where c.requester_id in (select o.id from people o where o.id = p.id or o.merged_into = p.id) and c.id <> ${caseId} and ${visibleSql(reading.actor)} order by c.id desc limit 5) o), '[]') as "otherCases"
    from people p left join customer_types t on t.id = p.type_id where p.id = ${personId}`.execute(reading.db)
  return rows[0] ?? notFound('person')
}

/**
 * One case with its people and what one may do.
 * @param within which cases may be shown; all else in the answer is what the one who asks may see
 */
export const caseById = async (
  reading: Reading,
  id: number,
  within = visibleSql(reading.actor),
): Promise<z.output<typeof Case>> => {
  const line = await lineOf(reading, id, within)
  if (!line) return caseById(reading, (await mergedInto(reading, id)) ?? notFound('case'), within)
  const [conversations, person, followers] = [
    await conversationsOf(reading, id),
    await personCard(reading, line.requester.id, id),
    await reading.db.selectFrom('followers').select('staff_id').where('case_id', '=', id).execute(),
  ]
  const followerIds = followers.map(follower => follower.staff_id)
  return {
    ...line,
    conversations,
    person,
    followerIds,
    following: followerIds.includes(reading.actor.id ?? 0),
    can: abilities(reading.actor),
  } as unknown as z.output<typeof Case>
}
