import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { caseLinkDays, checkStands } from '../cases/index.ts'
import { postNotice } from './noticing.ts'
import { type From, type Keys, mailboxFor } from './senders.ts'

type About = {
  id: number
  conversationId: number
  subject: string
  to: { name: string; address: string }
  inReplyTo: string | null
  requesterId: number
}

/** However many cases an address opens, by mail or by form and in whichever mailboxes: beyond this it is a loop or a prank. */
const mostAnHour = 10

const hasHadEnough = async (work: Work, address: string): Promise<boolean> => {
  const anHourAgo = new Date(work.now.getTime() - 3_600_000)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from outgoing_mail
    where kind = 'acknowledgement' and lower(recipients[1]) = ${address.toLowerCase()} and created_at > ${anHourAgo}`.execute(
    work.tx,
  )
  return (rows[0]?.n ?? 0) >= mostAnHour
}

/**
 * Tells a customer that the message arrived: once per case, once a day per address and mailbox, so that two machines
 * that answer each other fall silent after one round (RFC 3834, section 2); whoever places the mail asks for that. An
 * address that had ten of them within an hour gets no more, and the case says why.
 */
export const acknowledge = async (work: Work, keys: Keys, from: From, about: About): Promise<void> => {
  const { address } = about.to
  if (await hasHadEnough(work, address)) {
    work.record({ type: 'mail.silenced', subject: { kind: 'case', id: about.id }, data: { address } })
    return
  }
  await postNotice(work, keys, {
    kind: 'acknowledgement',
    caseId: about.id,
    conversationId: about.conversationId,
    from,
    to: about.to,
    subject: `We have your message: ${about.subject} [#${about.id}]`,
    inReplyTo: about.inReplyTo,
    text: `Hello${about.to.name ? ` ${about.to.name}` : ''},\n\nthank you for your message. It has the number ${about.id}, and somebody will read it and answer you.\n\nIf you want to add something, just answer this mail, or see how it stands here (the link is good for ${caseLinkDays} days):\n${keys.caseLink(about.id, about.requesterId, work.now)}`,
  })
}

/**
 * Asks whether the need was met, unless the question was withdrawn meanwhile. The link leads to a page with a button:
 * opening it answers nothing.
 */
export const askByMail = async (
  work: Work,
  keys: Keys,
  link: string,
  caseId: number,
  checkId: number,
): Promise<void> => {
  if (!(await checkStands(work, checkId))) return
  const { rows } = await sql<{
    subject: string
    name: string
    address: string | null
    conversation: number
    mailbox: number | null
    team: number | null
    organisation: string
  }>`
    select c.subject, p.name, (select i.value from identities i where i.person_id = p.id and i.kind = 'email' and i.undeliverable_at is null order by i.id limit 1) as address,
      v.id as conversation, v.mailbox_id as mailbox, c.team_id as team, o.name as organisation
    from cases c join people p on p.id = c.requester_id join conversations v on v.case_id = c.id and v.kind = 'customer', organisation o
    where c.id = ${caseId} order by v.id limit 1`.execute(work.tx)
  const found = rows[0]
  if (!found?.address) return
  await postNotice(work, keys, {
    kind: 'closing_check',
    caseId,
    conversationId: found.conversation,
    from: await mailboxFor(work, found.mailbox, found.team),
    to: { name: found.name, address: found.address },
    subject: `Was your need met? ${found.subject} [#${caseId}]`,
    text: `Hello ${found.name},\n\nwe believe that what you wrote to us about is settled. Is it?\n\nPlease tell us with one click:\n${link}\n\nIf something is still open, say so there or answer this mail, and we will look at it again.\n\n${found.organisation}`,
  })
}

/** The same for whoever wrote through the form: their mail address is known only by what they typed. */
export const acknowledgeForm = async (work: Work, keys: Keys, caseId: number): Promise<void> => {
  const { rows } = await sql<{
    subject: string
    requesterId: number
    name: string
    address: string | null
    conversationId: number
    team: number | null
  }>`
    select c.subject, c.requester_id as "requesterId", p.name, v.id as "conversationId", c.team_id as team, coalesce(a.address,
      (select i.value from identities i where i.person_id = p.id and i.kind = 'email' and i.undeliverable_at is null order by i.id limit 1)) as address
    from cases c join people p on p.id = c.requester_id join conversations v on v.case_id = c.id and v.kind = 'customer'
    left join participants a on a.conversation_id = v.id and a.person_id = p.id where c.id = ${caseId} order by v.id limit 1`.execute(
    work.tx,
  )
  const found = rows[0]
  const from = found?.address ? await mailboxFor(work, null, found.team) : null
  if (!found?.address || !from) return
  const { subject, requesterId, conversationId, name, address } = found
  const to = { name, address }
  await acknowledge(work, keys, from, { id: caseId, subject, requesterId, conversationId, to, inReplyTo: null })
}
