import { sql } from 'kysely'
import { cleanText } from '../../platform/text/clean.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'
import { insertAttachment, type Kept, openCase, receive } from '../cases/index.ts'
import type { Opened } from './accounts.ts'
import { adapters, type Said } from './adapters/index.ts'
import { type Contact, contactFor, noteStop, stopWord } from './contacting.ts'

/** Files that were fetched, and what could not be: `media_too_large`, `media_missing`. */
export type Gathered = { kept: Kept[]; warnings: string[] }

type Talk = { caseId: number; conversationId: number }

/** The conversation of this contact that is still open, the newest first. */
const openTalk = async (work: Work, contactId: number): Promise<Talk | null> => {
  const { rows } = await sql<Talk>`select v.case_id as "caseId", v.id as "conversationId" from messenger_talks t
    join conversations v on v.id = t.conversation_id join cases c on c.id = v.case_id
    where t.contact_id = ${contactId} and c.status not in ('solved', 'closed') order by v.id desc limit 1`.execute(
    work.tx,
  )
  return rows[0] ?? null
}

/** The first line, as what it is about. */
const subjectOf = (text: string, name: string): string =>
  (text.trim().split('\n')[0] ?? '').trim().slice(0, 120) || `Message from ${name}`

const clean = (text: string): string => redactText(cleanText(text)).text.slice(0, 200_000)

type Words = { text: string; author: string; warnings: string[]; automatic: boolean }

const wordsOf = (said: Said, gathered: Gathered, stop: boolean): Words => ({
  text: clean(said.text).trim() || (gathered.kept.length > 0 ? gathered.kept.map(file => file.name).join(', ') : '…'),
  author: clean(said.name).slice(0, 200) || said.from,
  warnings: [...gathered.warnings, ...(stop ? ['asked_to_stop'] : [])],
  // Whoever asks for silence does not wait for an answer.
  automatic: stop,
})

const open = async (work: Work, account: Opened, contact: Contact, said: Said, words: Words) => {
  const team = account.teamId
    ? await work.tx
        .selectFrom('teams')
        .select('id')
        .where('id', '=', account.teamId)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    : undefined
  const made = await openCase(work, {
    subject: subjectOf(words.text, words.author),
    kind: 'enquiry',
    channel: adapters[account.kind].channel,
    requester: { personId: contact.personId },
    teamId: team?.id ?? null,
    teamStands: true,
    message: { ...words, address: said.from },
  })
  await work.tx
    .insertInto('messenger_talks')
    .values({ conversation_id: made.conversationId, contact_id: contact.id })
    .execute()
  return { caseId: made.id, messageId: made.messageId }
}

/** Puts a message where it belongs: into the open conversation of its sender on this account, or into a new case. */
export const placeSaid = async (
  work: Work,
  account: Opened,
  said: Said,
  gathered: Gathered,
): Promise<number | null> => {
  const contact = await contactFor(work, account, said)
  await sql`update messenger_contacts set last_in_at = greatest(last_in_at, least(${said.at ?? work.now}::timestamptz, ${work.now}::timestamptz))
    where id = ${contact.id}`.execute(work.tx)
  const { heedsStop } = adapters[account.kind]
  const asked = heedsStop ? stopWord(said.text) : null
  const stop = asked === 'stop'
  // Where STOP is heeded only START takes it back; elsewhere whoever writes again has unblocked us.
  if (stop || (contact.stopped && (asked === 'start' || !heedsStop))) await noteStop(work, contact.id, stop)
  const talk = await openTalk(work, contact.id)
  // A STOP, or the START after it, is no contact of its own.
  if (!talk && (stop || (asked && contact.stopped))) return null
  const words = wordsOf(said, gathered, stop)
  const channel = adapters[account.kind].channel
  const { caseId, messageId } = talk
    ? {
        caseId: talk.caseId,
        messageId: (
          await receive(work, talk.caseId, {
            ...words,
            channel,
            address: said.from,
            personId: contact.personId,
            conversationId: talk.conversationId,
          })
        ).id,
      }
    : await open(work, account, contact, said, words)
  for (const kept of gathered.kept) await insertAttachment(work, kept, caseId, messageId)
  return messageId
}
