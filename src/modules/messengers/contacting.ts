import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { normalOf, recognise } from '../people/index.ts'
import { adapters, type Said } from './adapters/index.ts'
import type { MessengerKind } from './contract.ts'

export type Contact = { id: number; personId: number; stopped: boolean }

const known = async (work: Work, accountId: number, address: string): Promise<Contact | null> => {
  const { rows } =
    await sql<Contact>`select t.id, coalesce(p.merged_into, p.id) as "personId", t.stopped_at is not null as stopped
    from messenger_contacts t join people p on p.id = t.person_id
    where t.account_id = ${accountId} and t.address = ${address} for update of t`.execute(work.tx)
  return rows[0] ?? null
}

/** Whether exactly one person has this number: then it is them, whatever they call themselves in the messenger. */
const oneHas = async (work: Work, phone: string): Promise<boolean> => {
  const { rows } = await sql<{ people: number }>`select count(distinct coalesce(p.merged_into, p.id))::int as people
    from identities i join people p on p.id = i.person_id where i.kind = 'phone' and i.normal = ${normalOf('phone', phone)}`.execute(
    work.tx,
  )
  return rows[0]?.people === 1
}

/** The person at the other end: known by number or chat, or made. The messenger itself proves whose it is. */
const personFor = async (work: Work, kind: MessengerKind, { from, name }: Said): Promise<number> => {
  const { identity } = adapters[kind]
  const called = name.trim().slice(0, 200) || undefined
  if (identity === 'telegram')
    return (await recognise(work, { name: called ?? `Telegram ${from}`, telegram: from }, kind, true)).id
  const certain = await oneHas(work, from)
  return (await recognise(work, { name: certain ? undefined : called, phone: from }, kind, true)).id
}

/** Who writes: found by the account and address they write from, else by number or chat, else somebody new. */
export const contactFor = async (
  work: Work,
  account: { id: number; kind: MessengerKind },
  said: Said,
): Promise<Contact> => {
  const found = await known(work, account.id, said.from)
  if (found) return found
  const personId = await personFor(work, account.kind, said)
  const { id } = await work.tx
    .insertInto('messenger_contacts')
    .values({ account_id: account.id, address: said.from, name: said.name.slice(0, 200), person_id: personId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, personId, stopped: false }
}

const stops = new Set(['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'])
const starts = new Set(['START', 'UNSTOP', 'YES'])

/**
 * Whether a text asks for no more messages, or for messages again. Only a text that is nothing else counts.
 * Source: CTIA Messaging Principles, Twilio's default words.
 */
export const stopWord = (text: string): 'stop' | 'start' | null => {
  const word = text
    .trim()
    .replace(/[.!]+$/, '')
    .replace(/\s+/g, ' ')
    .toUpperCase()
  return stops.has(word) ? 'stop' : starts.has(word) ? 'start' : null
}

/** Notes that somebody wants no more messages by this account, or does again. */
export const noteStop = async (work: Work, contactId: number, stopped: boolean): Promise<void> => {
  const changed = await work.tx
    .updateTable('messenger_contacts')
    .set({ stopped_at: stopped ? work.now : null })
    .where('id', '=', contactId)
    .where('stopped_at', stopped ? 'is' : 'is not', null)
    .returning('person_id')
    .executeTakeFirst()
  if (!changed) return
  const subject = { kind: 'person', id: changed.person_id }
  if (stopped) work.record({ type: 'messenger.stopped', subject })
  else work.record({ type: 'messenger.resumed', subject })
}
