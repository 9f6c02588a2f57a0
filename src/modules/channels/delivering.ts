import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { FileStore } from '../../platform/files/store.ts'
import { replyToken, signedMessageId } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { post } from './sending.ts'

export type Keys = { mail: Buffer; thread: Buffer }

type From = { id: number; name: string; address: string; organisation: string }

/** The mailbox a case answers from: where it came in, else its team's, else the first. */
export const mailboxFor = async (work: Work, mailboxId: number | null, teamId: number | null): Promise<From | null> => {
  const { rows } =
    await sql<From>`select m.id, m.name, m.address, o.name as organisation from mailboxes m, organisation o
    where m.ended_at is null order by m.id = ${mailboxId} desc nulls last, m.team_id = ${teamId} desc nulls last, m.id limit 1`.execute(
      work.tx,
    )
  return rows[0] ?? null
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

type Source = {
  id: number
  case_id: number
  conversation_id: number
  text: string
  author: string
  automatic: boolean
  subject: string
  mailbox_id: number | null
  team_id: number | null
  to: { name: string; address: string; part: string }[]
  last: { text: string; author: string; at: string } | null
  ids: string[]
}

const sourceOf = async (work: Work, messageId: number): Promise<Source | null> => {
  const { rows } = await sql<Source>`
    select m.id, m.case_id, m.conversation_id, m.text, m.author, m.automatic, c.subject, v.mailbox_id, c.team_id,
      coalesce((select json_agg(json_build_object('name', p.name, 'part', a.part, 'address', coalesce(a.address, i.value)) order by a.part desc)
        from participants a join people p on p.id = a.person_id
        left join lateral (select value from identities where person_id = p.id and kind = 'email' order by undeliverable_at is not null, id limit 1) i on true
        where a.conversation_id = v.id and coalesce(a.address, i.value) is not null), '[]') as "to",
      (select json_build_object('text', l.text, 'author', l.author, 'at', l.at) from messages l
        where l.conversation_id = v.id and l.direction = 'in' and l.id < m.id order by l.id desc limit 1) as last,
      array(select x.message_id from mail_ids x where x.conversation_id = v.id and x.message_ref < m.id order by x.message_ref) as ids
    from messages m join cases c on c.id = m.case_id join conversations v on v.id = m.conversation_id
    where m.id = ${messageId} and m.delivery = 'waiting' for update of m`.execute(work.tx)
  return rows[0] ?? null
}

const quoted = (last: Source['last']): string => {
  if (!last) return ''
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(last.at),
  )
  const lines = last.text
    .slice(0, 5000)
    .split('\n')
    .map(line => `> ${line}`)
  return `\n\nOn ${when} UTC, ${last.author} wrote:\n${lines.join('\n')}`
}

const filesOf = async (work: Work, files: FileStore, messageId: number) => {
  const rows = await work.tx
    .selectFrom('attachments')
    .select(['name', 'type', 'sha256'])
    .where('message_id', '=', messageId)
    .execute()
  return Promise.all(
    rows.map(async row => ({ name: row.name, type: row.type, content: await buffer(files.open(row.sha256)) })),
  )
}

/** Ids of strangers may hold anything; only well-formed ones go into a header. */
const isPlainId = (id: string): boolean => /^<[!-;=?-~]{1,250}>$/.test(id)

/** Turns a reply into mail: threaded to what it answers, signed so that the answer finds back. */
export const deliverReply = async (work: Work, keys: Keys, files: FileStore, messageId: number): Promise<void> => {
  const source = await sourceOf(work, messageId)
  if (!source) return
  const mailbox = await mailboxFor(work, source.mailbox_id, source.team_id)
  if (!mailbox) return noteDelivery(work, source.id, 'failed', { reason: 'no mailbox is set up to send from' })
  const to = source.to.filter(person => person.part !== 'copied')
  if (to.length === 0) return noteDelivery(work, source.id, 'failed', { reason: 'no e-mail address is known' })
  const messageRef = signedMessageId(keys.thread, {
    kind: 'v',
    id: String(source.conversation_id),
    message: String(source.id),
    random: randomBytes(6).toString('hex'),
    domain: domainOf(mailbox.address),
  })
  await work.tx
    .insertInto('mail_ids')
    .values({
      message_id: messageRef,
      case_id: source.case_id,
      conversation_id: source.conversation_id,
      message_ref: source.id,
    })
    .execute()
  const attachments = await filesOf(work, files, source.id)
  const ids = source.ids.filter(isPlainId)
  await post(work, keys.mail, {
    kind: 'reply',
    mailboxId: mailbox.id,
    caseId: source.case_id,
    messageRef: source.id,
    mail: {
      from: { name: `${source.author}, ${mailbox.organisation}`, address: mailbox.address },
      to,
      cc: source.to.filter(person => person.part === 'copied'),
      subject: `${/^re:/i.test(source.subject) ? '' : 'Re: '}${source.subject} [#${source.case_id}]`,
      text: `${source.text}${quoted(source.last)}`,
      messageId: messageRef,
      date: work.now,
      inReplyTo: ids.at(-1) ?? null,
      references: ids,
      token: replyToken(keys.thread, 'v', String(source.conversation_id)),
      ...(attachments.length > 0 ? { attachments } : {}),
    },
  })
}

type Notice = {
  kind: 'acknowledgement' | 'closing_check' | 'notification'
  caseId: number
  to: { name?: string; address: string }
  subject: string
  text: string
  mailboxId: number | null
  teamId: number | null
  conversationId: number
  inReplyTo?: string | null
}

/** Sends something of our own accord, marked as automatic so that no robot answers it. */
export const postNotice = async (work: Work, keys: Keys, notice: Notice): Promise<void> => {
  const mailbox = await mailboxFor(work, notice.mailboxId, notice.teamId)
  if (!mailbox) return
  await post(work, keys.mail, {
    kind: notice.kind,
    mailboxId: mailbox.id,
    caseId: notice.caseId,
    messageRef: null,
    mail: {
      from: { name: mailbox.organisation, address: mailbox.address },
      to: [notice.to],
      subject: notice.subject,
      text: notice.text,
      messageId: signedMessageId(keys.thread, {
        kind: 'v',
        id: String(notice.conversationId),
        message: '0',
        random: randomBytes(8).toString('hex'),
        domain: domainOf(mailbox.address),
      }),
      date: work.now,
      inReplyTo: notice.inReplyTo && isPlainId(notice.inReplyTo) ? notice.inReplyTo : null,
      references: [],
      // A colleague who answers a notification must not land in the customer's conversation.
      ...(notice.kind === 'notification' ? {} : { token: replyToken(keys.thread, 'v', String(notice.conversationId)) }),
      automatic: notice.kind === 'acknowledgement' ? 'acknowledgement' : 'notice',
      ...(notice.kind === 'acknowledgement' ? {} : { bounceTo: mailbox.address }),
    },
  })
}
