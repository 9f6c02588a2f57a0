import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import { languageNoted, wordsOf } from '../../platform/search/documents.ts'
import { detectLanguage, searchConfig } from '../../platform/text/language.ts'
import type { Work } from '../../platform/work.ts'
import { type Known, personById, type Recognised, recognise } from '../people/index.ts'
import { claimAttachments } from './attaching.ts'
import { urgentFrom } from './urgency.ts'

export type NewMessage = {
  text: string
  quoted?: string
  html?: string | null
  address?: string | null
  author?: string
  mailId?: number
  warnings?: string[]
  automatic?: boolean
  attachmentIds?: number[]
}

export type NewCase = {
  subject: string
  kind: string
  channel: string
  stage?: string | null
  topicId?: number | null
  productId?: number | null
  severity?: number
  requester: { personId: number } | Known
  /** The channel itself proves that the address is the requester's. */
  verified?: boolean
  message: NewMessage
  mailboxId?: number | null
  teamId?: number | null
  /** The caller has made sure that the team is there. */
  teamStands?: boolean
  assigneeId?: number | 'me' | null
  confidential?: boolean
  tags?: string[]
  custom?: Record<string, unknown>
  solved?: boolean
}

type Requester = Pick<Recognised, 'id' | 'name' | 'internal' | 'vulnerable' | 'typeMinutes' | 'address'>

const requesterById = async (work: Work, personId: number): Promise<Requester> => {
  const { id } = await personById({ db: work.tx }, personId)
  const { rows } = await sql<Requester>`
    select p.id, p.name, p.staff_id is not null or coalesce(y.internal, false) as internal, p.vulnerable,
      coalesce(y.urgency_minutes, 0) as "typeMinutes",
      (select i.value from identities i where i.person_id = p.id and i.kind = 'email' order by i.undeliverable_at is not null, i.id limit 1) as address
    from people p left join customer_types y on y.id = p.type_id where p.id = ${id}`.execute(work.tx)
  return rows[0] as Requester
}

const requesterOf = async (work: Work, input: NewCase): Promise<Requester> => {
  const who = input.requester
  if ('personId' in who) return requesterById(work, who.personId)
  const person = await recognise(work, who, input.channel, input.verified)
  return { ...person, address: who.email ?? person.address }
}

const assertReferences = async (work: Work, input: NewCase): Promise<void> => {
  const teamId = input.teamStands ? null : (input.teamId ?? null)
  if (!input.topicId && !input.productId && !teamId && typeof input.assigneeId !== 'number') return
  const { rows } = await sql<{ topic: boolean; product: boolean; team: boolean; assignee: boolean }>`select
    ${input.topicId ?? null}::bigint is null or exists (select 1 from topics where id = ${input.topicId ?? null}) as topic,
    ${input.productId ?? null}::bigint is null or exists (select 1 from products where id = ${input.productId ?? null}) as product,
    ${teamId}::bigint is null or exists (select 1 from teams where id = ${teamId} and ended_at is null) as team,
    ${typeof input.assigneeId === 'number' ? input.assigneeId : null}::bigint is null
      or exists (select 1 from staff where id = ${typeof input.assigneeId === 'number' ? input.assigneeId : null} and ended_at is null) as assignee`.execute(
    work.tx,
  )
  if (!rows[0]?.topic) refuseField('topicId', 'There is no such topic')
  if (!rows[0]?.product) refuseField('productId', 'There is no such product')
  if (!rows[0]?.team) refuseField('teamId', 'There is no such team')
  if (!rows[0]?.assignee) refuseField('assigneeId', 'There is no such member of staff')
}

/** The first words of a message, for a list. */
export const previewOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 160)

type Prepared = {
  input: NewCase
  requester: Requester
  assignee: number | null
  language: string | null
  config: string
  status: string
  waiting: Date | null
}

/**
 * Case, conversation, participant, first message and search words in one statement: five statements would take five
 * round trips, and creating is what a busy morning does most.
 */
const insertCase = async (work: Work, { input, requester, assignee, language, config, status, waiting }: Prepared) => {
  const { message } = input
  const urgent = urgentFrom({
    waitingSince: waiting,
    severity: input.severity ?? 2,
    kind: input.kind,
    vulnerable: requester.vulnerable,
    typeMinutes: requester.typeMinutes,
    dueAt: null,
  })
  const { rows } = await sql<{ id: number; messageId: number; conversationId: number }>`
    with ids as (select nextval('cases_id_seq') as kase, nextval('conversations_id_seq') as conversation, nextval('messages_id_seq') as message),
    kase as (insert into cases (id, kind, status, subject, channel, stage, topic_id, product_id, severity, internal, requester_id, assignee_id,
        team_id, confidential, tags, custom, language, preview, waiting_since, urgent_from, opened_at, last_at, solved_at, message_count, last_message_id)
      overriding system value select kase, ${input.kind}, ${status}, ${input.subject}, ${input.channel}, ${input.stage ?? null},
        ${input.topicId ?? null}::bigint, ${input.productId ?? null}::bigint, ${input.severity ?? 2}::int, ${requester.internal}::boolean, ${requester.id}::bigint, ${assignee}::bigint,
        ${input.teamId ?? null}::bigint, ${input.confidential ?? false}::boolean, ${input.tags ?? []}::text[], ${JSON.stringify(input.custom ?? {})}::jsonb,
        ${language}, ${previewOf(message.text)}, ${waiting}::timestamptz, ${urgent}::timestamptz, ${work.now}::timestamptz, ${work.now}::timestamptz,
        ${input.solved ? work.now : null}::timestamptz, 1, message from ids),
    conversation as (insert into conversations (id, case_id, kind, channel, mailbox_id, subject, created_at)
      overriding system value select conversation, kase, 'customer', ${input.channel}, ${input.mailboxId ?? null}::bigint, ${input.subject}, ${work.now}::timestamptz from ids),
    participant as (insert into participants (conversation_id, person_id, part, address)
      select conversation, ${requester.id}::bigint, 'requester', ${requester.address} from ids),
    message as (insert into messages (id, case_id, conversation_id, direction, channel, person_id, author, address, text, quoted, html,
        language, at, warnings, mail_id, automatic)
      overriding system value select message, kase, conversation, 'in', ${input.channel}, ${requester.id}::bigint, ${message.author ?? requester.name},
        ${message.address ?? requester.address}, ${message.text}, ${message.quoted ?? ''}, ${message.html ?? null}, ${language}, ${work.now}::timestamptz,
        ${message.warnings ?? []}::text[], ${message.mailId ?? null}::bigint, ${message.automatic ?? false}::boolean from ids),
    language as (${languageNoted(work, config)}),
    words as (insert into search_documents (kind, record_id, scope_id, at, words)
      select 'message', message, kase, ${work.now}::timestamptz, ${wordsOf(config, input.subject, message.text)} from ids)
    select kase as id, message as "messageId", conversation as "conversationId" from ids`.execute(work.tx)
  return rows[0] as { id: number; messageId: number; conversationId: number }
}

/**
 * Opens a case with what a customer, outside or inside, said.
 * @returns ids of the case, its first message and conversation
 * @throws Refusal naming the field that is wrong
 */
export const openCase = async (work: Work, input: NewCase) => {
  await assertReferences(work, input)
  const requester = await requesterOf(work, input)
  const language = await detectLanguage(input.message.text)
  const config = searchConfig(language)
  const assignee = input.assigneeId === 'me' ? work.actor.id : (input.assigneeId ?? null)
  const status = input.solved ? 'solved' : assignee ? 'open' : 'new'
  const made = await insertCase(work, {
    input,
    requester,
    assignee,
    language,
    config,
    status,
    waiting: input.solved ? null : work.now,
  })
  if (input.message.attachmentIds?.length)
    await claimAttachments(work, input.message.attachmentIds, made.id, made.messageId)
  work.record({
    type: 'case.opened',
    subject: { kind: 'case', id: made.id },
    data: {
      channel: input.channel,
      kind: input.kind,
      messageId: made.messageId,
      requesterId: requester.id,
      ...(assignee !== null && assignee !== work.actor.id ? { assigneeId: assignee } : {}),
      ...(input.mailboxId ? { mailboxId: input.mailboxId } : {}),
      ...(input.message.automatic ? { automatic: true } : {}),
    },
  })
  // Not by subscription: the words of history that is brought in are worth knowing too.
  work.enqueue({ name: 'cases:learn_words', payload: { subject: { kind: 'case', id: made.id } }, together: true })
  return { ...made, number: made.id, requesterId: requester.id }
}
