import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { FileStore } from '../../platform/files/store.ts'
import { replyToken, signedMessageId } from '../../platform/mail/threading.ts'
import type { Work } from '../../platform/work.ts'
import { noteDelivery } from '../cases/index.ts'
import { type Posted, post } from './posting.ts'
import { type Last, page, quoted } from './quoting.ts'
import { domainOf, type From, isPlainId, type Keys } from './senders.ts'

type Source = {
  id: number
  case_id: number
  conversation_id: number
  text: string
  html: string | null
  author: string
  subject: string
  mailbox: Omit<From, 'name'> | null
  to: { name: string; address: string; part: string }[]
  last: Last | null
  ids: string[]
  files: { name: string; type: string; sha256: string; contentId: string | null }[]
}

/**
 * The replies that wait and are no mail yet, with all that their mails say, in one round trip however many they are.
 * Others than the customer read what their own conversation is about, not what the case is called.
 */
const sourcesOf = async (work: Work, messageIds: readonly number[]): Promise<Source[]> => {
  const { rows } = await sql<Source>`
    select m.id, m.case_id, m.conversation_id, m.text, m.html, m.author,
      case when v.kind = 'customer' then c.subject else v.subject end as subject,
      (select json_build_object('id', b.id, 'address', b.address, 'organisation', o.name) from mailboxes b, organisation o
        where b.ended_at is null order by b.id = v.mailbox_id desc nulls last, b.team_id = c.team_id desc nulls last, b.id limit 1) as mailbox,
      coalesce((select json_agg(json_build_object('name', p.name, 'part', a.part, 'address', coalesce(a.address, i.value)) order by a.part desc)
        from participants a join people p on p.id = a.person_id
        left join lateral (select value from identities where person_id = p.id and kind = 'email' order by undeliverable_at is not null, id limit 1) i on true
        where a.conversation_id = v.id and coalesce(a.address, i.value) is not null
          and (a.part <> 'copied' or m.copied_ids is null or a.person_id = any(m.copied_ids))), '[]') as "to",
      (select json_build_object('text', l.text, 'author', l.author, 'at', l.at) from messages l
        where l.conversation_id = v.id and l.direction = 'in' and l.id < m.id and not 'not_participant' = any(l.warnings)
        order by l.id desc limit 1) as last,
      array(select x.message_id from mail_ids x where x.conversation_id = v.id and x.message_ref < m.id order by x.message_ref) as ids,
      coalesce((select json_agg(json_build_object('name', f.name, 'type', f.type, 'sha256', f.sha256, 'contentId', f.content_id) order by f.id)
        from attachments f where f.message_id = m.id), '[]') as files
    from messages m join cases c on c.id = m.case_id join conversations v on v.id = m.conversation_id
    where m.id = any(${[...messageIds]}::bigint[]) and m.delivery = 'waiting'
      and not exists (select 1 from mail_ids x where x.conversation_id = v.id and x.message_ref = m.id) order by m.id for update of m`.execute(
    work.tx,
  )
  return rows
}

const contentOf = (files: FileStore, attached: Source['files']) =>
  Promise.all(
    attached.map(async ({ name, type, sha256, contentId }) => ({
      name,
      type,
      content: await buffer(files.open(sha256)),
      ...(contentId ? { contentId } : {}),
    })),
  )

/** A reply as mail: threaded to what it answers, signed so that the answer finds back. */
const letterOf = async (work: Work, keys: Keys, files: FileStore, source: Source): Promise<Posted | string> => {
  const { mailbox } = source
  if (!mailbox) return 'no mailbox is set up to send from'
  const to = source.to.filter(person => person.part !== 'copied')
  if (to.length === 0) return 'no e-mail address is known'
  const conversation = String(source.conversation_id)
  const messageId = signedMessageId(keys.thread, {
    kind: 'v',
    id: conversation,
    message: String(source.id),
    random: randomBytes(6).toString('hex'),
    domain: domainOf(mailbox.address),
  })
  const attachments = await contentOf(files, source.files)
  const ids = source.ids.filter(isPlainId)
  return {
    kind: 'reply',
    mailboxId: mailbox.id,
    caseId: source.case_id,
    conversationId: source.conversation_id,
    messageRef: source.id,
    mail: {
      from: { name: `${source.author}, ${mailbox.organisation}`, address: mailbox.address },
      to,
      cc: source.to.filter(person => person.part === 'copied'),
      subject: `${/^re:/i.test(source.subject) ? '' : 'Re: '}${source.subject} [#${source.case_id}]`,
      text: `${source.text}${quoted(source.last)}`,
      ...(source.html === null ? {} : { html: page(source.html, source.last) }),
      messageId,
      date: work.now,
      inReplyTo: ids.at(-1) ?? null,
      references: ids,
      token: replyToken(keys.thread, 'v', conversation),
      ...(attachments.length > 0 ? { attachments } : {}),
    },
  }
}

/** Turns replies that wait into mail. What has gone out, or was taken back meanwhile, is left alone. */
export const deliverReplies = async (
  work: Work,
  keys: Keys,
  files: FileStore,
  messageIds: readonly number[],
): Promise<void> => {
  const letters: Posted[] = []
  for (const source of await sourcesOf(work, messageIds)) {
    const letter = await letterOf(work, keys, files, source)
    if (typeof letter === 'string') await noteDelivery(work, source.id, 'failed', { reason: letter })
    else letters.push(letter)
  }
  await post(work, keys, letters)
}
