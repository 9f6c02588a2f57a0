import { sql } from 'kysely'
import type { MailVerdict } from '../../platform/mail/authentication.ts'
import { whyNoAutoReply } from '../../platform/mail/automatic.ts'
import { threadingHints, withoutToken } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { copyIn, insertAttachment, openCase, receive } from '../cases/index.ts'
import { recognise } from '../people/index.ts'
import { acknowledge } from './acknowledging.ts'
import { takeReport } from './bouncing.ts'
import { type IntakeOptions, quarantine, type Stored } from './intake.ts'
import type { ReadMail } from './reading.ts'
import { domainOf } from './senders.ts'
import type { Surroundings } from './surroundings.ts'

type Place = { caseId: number; conversationId: number; by: 'token' | 'reference' | 'number'; aside: boolean }

/** The conversation a mail belongs to, by what it proves: a signed token, a known Message-ID, a number of one who takes part. */
const findPlace = async (work: Work, options: IntakeOptions, own: string[], read: ReadMail): Promise<Place | null> => {
  for (const hint of threadingHints(read.mail, options.keys.thread, own)) {
    if (hint.by === 'number') {
      const place = await byNumber(work, hint.number, read.mail.from?.address ?? '')
      if (place) return place
      continue
    }
    const target = hint.by === 'token' ? hint : hint.target
    const place =
      target?.kind === 'v'
        ? await byConversation(work, Number(target.id), hint.by)
        : hint.by === 'reference'
          ? await byMessageId(work, hint.messageId)
          : null
    if (place) return place
  }
  return null
}

const byConversation = async (work: Work, id: number, by: Place['by']): Promise<Place | null> => {
  const row = await work.tx
    .selectFrom('conversations')
    .select(['id', 'case_id', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { caseId: row.case_id, conversationId: row.id, by, aside: row.kind !== 'customer' } : null
}

/** The conversation says where it is today: after a merge that is another case than the mail was first sent in. */
const byMessageId = async (work: Work, messageId: string): Promise<Place | null> => {
  const row = await work.tx
    .selectFrom('mail_ids as x')
    .innerJoin('conversations as v', 'v.id', 'x.conversation_id')
    .select(['v.case_id', 'v.id', 'v.kind'])
    .where('x.message_id', '=', messageId)
    .executeTakeFirst()
  return row ? { caseId: row.case_id, conversationId: row.id, by: 'reference', aside: row.kind !== 'customer' } : null
}

const byNumber = async (work: Work, number: number, sender: string): Promise<Place | null> => {
  const row = await work.tx
    .selectFrom('participants as a')
    .innerJoin('conversations as v', 'v.id', 'a.conversation_id')
    .leftJoin('identities as i', 'i.person_id', 'a.person_id')
    .select(['v.id', 'v.case_id', 'v.kind'])
    .where(({ or, eb }) => or([eb('v.case_id', '=', number), eb('v.home_case_id', '=', number)]))
    .where(({ or, eb }) =>
      or([eb(sql`lower(a.address)`, '=', sender.toLowerCase()), eb('i.normal', '=', sender.toLowerCase())]),
    )
    .executeTakeFirst()
  return row ? { caseId: row.case_id, conversationId: row.id, by: 'number', aside: row.kind !== 'customer' } : null
}

const participates = async (work: Work, conversationId: number, personId: number): Promise<boolean> =>
  (await work.tx
    .selectFrom('participants')
    .select('person_id')
    .where('conversation_id', '=', conversationId)
    .where('person_id', '=', personId)
    .executeTakeFirst()) !== undefined

type Outcome = {
  caseId: number | null
  state?: 'done' | 'discarded'
  reason?: string | null
  /** Where it stands: its Message-ID is remembered, so that answers to it find the case. */
  place?: { caseId: number; conversationId: number; messageId: number }
  /** The address that gets an automatic answer. */
  answering?: string | null
}

/** Notes what became of a mail, in one statement with what it leaves behind. */
const finish = async (
  work: Work,
  stored: Stored,
  read: ReadMail,
  judged: MailVerdict | null,
  { caseId, state = 'done', reason = null, place, answering = null }: Outcome,
): Promise<void> => {
  const { messageId, from } = read.mail
  const known = place && messageId && messageId.length <= 300 ? messageId : null
  await sql`
    with known as (insert into mail_ids (message_id, case_id, conversation_id, message_ref)
      select ${known}, ${place?.caseId ?? null}::bigint, ${place?.conversationId ?? null}::bigint, ${place?.messageId ?? null}::bigint
      where ${known}::text is not null on conflict do nothing),
    answered as (insert into auto_replies (mailbox_id, address, at)
      select ${stored.mailbox_id}::bigint, ${answering}, ${work.now}::timestamptz where ${answering}::text is not null)
    update received_mail set state = ${state}, reason = ${reason}, case_id = ${caseId}::bigint, processed_at = ${work.now}::timestamptz,
      attempts = ${stored.attempts + 1}::int, subject = ${read.subject}, sender = ${from?.address ?? null},
      verdict = ${judged ? JSON.stringify(judged) : null}::jsonb where id = ${stored.id}::bigint`.execute(work.tx)
}

/** Who was copied in: neither we nor the sender, and only addresses that can be written to. */
const copiesOf = ({ mail }: ReadMail, own: readonly string[]) =>
  [...mail.to, ...mail.cc].filter(({ address }) => {
    const plain = withoutToken(address).toLowerCase()
    return !own.includes(plain) && plain !== mail.from?.address.toLowerCase() && /^[^\s@<>"]+@[^\s@<>"]+$/.test(plain)
  })

/** Adds the mail to the conversation it belongs to, marked where its sender does not take part in it. */
const addTo = async (
  work: Work,
  stored: Stored,
  read: ReadMail,
  place: Place,
): Promise<{ caseId: number; messageId: number; known: boolean }> => {
  const from = read.mail.from ?? { name: '', address: stored.envelope_from || 'unknown@invalid' }
  const sender = await recognise(work, { name: from.name || undefined, email: from.address }, 'email')
  const known = await participates(work, place.conversationId, sender.id)
  const robot = read.mail.autoSubmitted !== null && read.mail.autoSubmitted !== 'no'
  const message = await receive(work, place.caseId, {
    channel: 'email',
    text: read.text,
    quoted: read.quoted,
    html: read.html,
    author: from.name || from.address,
    address: from.address,
    personId: sender.id,
    mailId: stored.id,
    conversationId: place.conversationId,
    ...(place.aside ? { aside: true } : {}),
    automatic: robot,
    warnings: known ? [] : ['not_participant'],
  })
  for (const kept of read.kept) await insertAttachment(work, kept, place.caseId, message.id)
  return { caseId: place.caseId, messageId: message.id, known }
}

const openFrom = async (work: Work, stored: Stored, read: ReadMail, forged: boolean, teamStands: boolean) => {
  const from = read.mail.from ?? { name: '', address: stored.envelope_from }
  // A forged address must not reach the history of whoever really owns it: the sender becomes somebody unknown.
  const requester =
    forged || !from.address
      ? { name: `${from.name || from.address || 'Unknown sender'}${forged ? ' (not verified)' : ''}` }
      : { name: from.name || undefined, email: from.address }
  const robot = read.mail.autoSubmitted !== null && read.mail.autoSubmitted !== 'no'
  const made = await openCase(work, {
    subject: read.subject,
    kind: 'enquiry',
    channel: 'email',
    requester,
    mailboxId: stored.mailbox_id,
    teamId: stored.team_id,
    teamStands,
    message: {
      text: read.text,
      quoted: read.quoted,
      html: read.html,
      author: from.name || from.address || 'Unknown sender',
      address: from.address || null,
      mailId: stored.id,
      warnings: forged ? ['not_verified'] : [],
      automatic: robot,
    },
  })
  for (const kept of read.kept) await insertAttachment(work, kept, made.id, made.messageId)
  return made
}

/** Puts a mail that was read where it belongs, all in one transaction: report, answer, or a new case. */
export const placeMail = async (
  work: Work,
  options: IntakeOptions,
  stored: Stored,
  read: ReadMail,
  judged: MailVerdict | null,
  around: Surroundings,
): Promise<void> => {
  const { mail } = read
  const { own } = around
  const about = { subject: read.subject, sender: mail.from?.address ?? '' }
  if (mail.report)
    return takeReport(work, mail, (state, reason, caseId) =>
      finish(work, stored, read, judged, { caseId, state, reason }),
    )
  const us = { ownAddresses: own, ownDomain: domainOf(stored.address), recipient: stored.address }
  // What a server said to us as the envelope's sender; a mailbox that is fetched keeps it in Return-Path.
  const returnPath = stored.source === 'smtp' ? stored.envelope_from : mail.returnPath
  const silent = whyNoAutoReply({ ...mail, returnPath }, us)
  if (silent === 'own_sender' || (silent === 'own_mail' && mail.autoSubmitted !== null))
    return quarantine(work, stored.id, 'loop_with_ourselves', about)
  if (about.sender && around.recent >= options.perMinute)
    return quarantine(work, stored.id, 'too_many_from_this_sender', about)
  const forged = judged?.summary === 'fail'
  const place = forged ? null : await findPlace(work, options, own, read)
  if (place) {
    const { caseId, messageId, known } = await addTo(work, stored, read, place)
    if (known) await copyIn(work, place.conversationId, copiesOf(read, own))
    return finish(work, stored, read, judged, { caseId, place: { ...place, messageId } })
  }
  const made = await openFrom(work, stored, read, forged, around.teamStands)
  if (!forged) await copyIn(work, made.conversationId, copiesOf(read, own))
  const answerable = silent === null && !forged && !read.senderMasked && !around.answered
  const to = stored.acknowledge && answerable ? mail.from : null
  await finish(work, stored, read, judged, {
    caseId: made.id,
    place: { caseId: made.id, conversationId: made.conversationId, messageId: made.messageId },
    answering: to?.address.toLowerCase() ?? null,
  })
  if (to && around.from)
    await acknowledge(work, options.keys, around.from, {
      ...made,
      subject: read.subject,
      to,
      inReplyTo: mail.messageId,
    })
}
