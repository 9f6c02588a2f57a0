import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

export type Aside = {
  caseId: number
  kind: 'internal' | 'supplier'
  channel: string
  /** What mails of this conversation are headed with. */
  subject: string
  /** Who is at the other end, where that is somebody who is written to. */
  other?: { personId: number; address: string | null }
}

/**
 * Begins a conversation beside the customer's: with a colleague or somebody outside. Nothing said in it reaches the
 * customer, and nothing the customer said is in it.
 * @returns the id of the conversation
 */
export const openAside = async (work: Work, { caseId, kind, channel, subject, other }: Aside): Promise<number> => {
  const { rows } = await sql<{ id: number }>`
    with conversation as (insert into conversations (case_id, kind, channel, mailbox_id, subject, created_at)
      select ${caseId}::bigint, ${kind}, ${channel},
        (select mailbox_id from conversations where case_id = ${caseId} and mailbox_id is not null order by id limit 1),
        ${subject}, ${work.now}::timestamptz returning id),
    other as (insert into participants (conversation_id, person_id, part, address)
      select id, ${other?.personId ?? null}::bigint, 'other', ${other?.address ?? null} from conversation
      where ${other?.personId ?? null}::bigint is not null)
    select id from conversation`.execute(work.tx)
  return rows[0]?.id as number
}
