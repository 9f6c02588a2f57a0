import { sql } from 'kysely'
import { languageNoted, wordsOf } from '../../platform/search/documents.ts'
import { detectLanguage, searchConfig } from '../../platform/text/language.ts'
import type { Work } from '../../platform/work.ts'
import { isOpen, type Kase } from './loading.ts'
import { previewOf } from './opening.ts'
import { type MessageRow, messageColumns } from './reading.ts'
import { urgentFrom } from './urgency.ts'

export type NewLine = {
  direction: 'in' | 'out' | 'note'
  channel: string
  author: string
  address?: string | null
  personId?: number | null
  text: string
  quoted?: string
  html?: string | null
  delivery?: 'waiting' | null
  sendAt?: Date | null
  automatic?: boolean
  warnings?: string[]
  mailId?: number | null
  conversationId?: number
  /** Who of those copied in gets it; nothing said: all of them. */
  copiedIds?: number[] | null
}

/** What a message changes in its case. */
export type Effect = {
  status: string
  waitingSince: Date | null
  firstReply?: boolean
  reopened?: boolean
  /** Handles the case from now on, unless somebody does already. */
  takenBy?: number | null
  /** The draft this was, which is no longer needed. */
  draft?: { staffId: number | null; kind: 'reply' | 'note' }
}

/** Message, search words, the case's new state and the end of the draft in one statement: one round trip instead of six. */
export const appendMessage = async (work: Work, kase: Kase, message: NewLine, effect: Effect): Promise<MessageRow> => {
  const language = message.direction === 'note' ? null : await detectLanguage(message.text)
  const config = searchConfig(language)
  const urgent = urgentFrom({ ...kase, waitingSince: effect.waitingSince })
  const solved = effect.status === 'solved' ? (kase.solved_at ?? work.now) : null
  const visiblePreview = message.direction === 'note' ? sql`preview` : sql`${previewOf(message.text)}`
  const { rows } = await sql<MessageRow>`
    with ids as (select nextval('messages_id_seq') as message, coalesce(${message.conversationId ?? null}::bigint,
        (select id from conversations where case_id = ${kase.id} and kind = 'customer' order by id limit 1)) as conversation),
    message as (insert into messages (id, case_id, conversation_id, direction, channel, person_id, staff_id, author, address, text, quoted, html,
        language, at, delivery, send_at, automatic, warnings, mail_id, copied_ids)
      overriding system value select message, ${kase.id}::bigint, conversation, ${message.direction}, ${message.channel}, ${message.personId ?? null}::bigint,
        ${work.actor.kind === 'staff' && !message.personId ? work.actor.id : null}::bigint, ${message.author}, ${message.address ?? null}, ${message.text},
        ${message.quoted ?? ''}, ${message.html ?? null}, ${language}, ${work.now}::timestamptz, ${message.delivery ?? null}, ${message.sendAt ?? null}::timestamptz,
        ${message.automatic ?? false}::boolean, ${message.warnings ?? []}::text[], ${message.mailId ?? null}::bigint, ${message.copiedIds ?? null}::bigint[] from ids returning *),
    language as (${languageNoted(work, config)}),
    words as (insert into search_documents (kind, record_id, scope_id, at, words)
      select 'message', message, ${kase.id}::bigint, ${work.now}::timestamptz, ${wordsOf(config, kase.subject, message.text)} from ids),
    kase as (update cases set status = ${effect.status}, waiting_since = ${effect.waitingSince}::timestamptz, urgent_from = ${urgent}::timestamptz,
        last_at = ${work.now}::timestamptz, preview = ${visiblePreview}, message_count = message_count + 1, last_message_id = ids.message,
        first_reply_at = case when ${effect.firstReply ?? false}::boolean then coalesce(first_reply_at, ${work.now}::timestamptz) else first_reply_at end,
        solved_at = ${solved}::timestamptz, closed_at = case when ${isOpen(effect.status)}::boolean then null else closed_at end,
        snoozed_until = case when ${message.direction === 'in' && !message.automatic}::boolean then null else snoozed_until end,
        assignee_id = coalesce(assignee_id, ${effect.takenBy ?? null}::bigint), reopened = reopened + ${effect.reopened ? 1 : 0}::int, version = version + 1 from ids where id = ${kase.id}),
    draft as (delete from drafts where case_id = ${kase.id} and staff_id = ${effect.draft?.staffId ?? null}::bigint and kind = ${effect.draft?.kind ?? ''})
    select ${messageColumns} from message m`.execute(work.tx)
  return rows[0] as MessageRow
}
