import { sql } from 'kysely'
import type { Kept } from '../../platform/files/keeping.ts'
import { system } from '../../platform/permissions/actor.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { insertAttachment } from './attaching.ts'
import { noteMet } from './closing.ts'
import { isOpen, type Kase, lockCase, mergedInto } from './loading.ts'
import { never } from './urgency.ts'
import { receiveInto } from './writing.ts'

/**
 * The conversation through which a customer takes part in a case: their own, or that of a colleague in an organisation
 * whose members see each other's cases.
 * @param only the one conversation somebody may take part in, where what they showed opens no other
 */
export const conversationFor = async (
  { db }: Pick<Reading, 'db'>,
  personId: number,
  asked: number,
  only: number | null = null,
): Promise<{ caseId: number; conversationId: number; own: boolean } | null> => {
  const caseId = (await mergedInto({ db }, asked)) ?? asked
  const { rows } = await sql<{ caseId: number; conversationId: number; own: boolean }>`
    with self as (select id from people where id = ${personId} or merged_into = ${personId})
    select c.id as "caseId", v.id as "conversationId", exists (select 1 from participants a join self on self.id = a.person_id where a.conversation_id = v.id) as own
    from cases c join conversations v on v.case_id = c.id and v.kind = 'customer'
    where c.id = ${caseId} and (${only}::bigint is null or v.id = ${only}::bigint) and (
      exists (select 1 from participants a join self on self.id = a.person_id where a.conversation_id = v.id)
      or (not c.confidential and exists (select 1 from participants a join memberships m on m.person_id = a.person_id
        join groups g on g.id = m.group_id and g.members_see_each_other join memberships mine on mine.group_id = g.id
        join self on self.id = mine.person_id where a.conversation_id = v.id and a.part = 'requester')))
    order by own desc, coalesce(v.home_case_id, v.case_id) = ${asked} desc, v.id limit 1`.execute(db)
  return rows[0] ?? null
}

type Part = { kase: Kase; conversationId: number; personId: number }

/** Locks a case for a customer who takes part in it; to anybody else it does not exist. */
const lockPart = async (work: Work, id: number, only: number | null = null): Promise<Part> => {
  const personId = work.actor.kind === 'customer' ? work.actor.id : null
  const place = personId ? await conversationFor({ db: work.tx }, personId, id, only) : null
  if (!place || !personId) return notFound('case')
  // Only what others wrote may be read through an organisation; to act, one takes part.
  if (!place.own) throw new Refusal('forbidden', 'Only whoever takes part in this case can write in it.')
  const kase = await lockCase({ ...work, actor: system }, place.caseId)
  return { kase, conversationId: place.conversationId, personId }
}

/** A customer says more, in the portal or in a live conversation, which may be the only one that is theirs to say it in. */
export const sayMore = async (
  work: Work,
  input: { id: number; text: string; channel: 'portal' | 'chat'; files?: readonly Kept[]; conversationId?: number },
) => {
  const { kase, conversationId, personId } = await lockPart(work, input.id, input.conversationId)
  const { channel, text } = input
  const message = await receiveInto(work, kase, {
    channel,
    text,
    conversationId,
    personId,
    author: work.actor.name,
  })
  for (const kept of input.files ?? []) await insertAttachment(work, kept, kase.id, message.id)
  return { id: message.id, caseId: kase.id }
}

/** A customer needs nothing any more. @throws Refusal `conflict` when the case is over already */
export const withdraw = async (work: Work, input: { id: number }) => {
  const { kase } = await lockPart(work, input.id)
  if (kase.requester_id !== work.actor.id)
    throw new Refusal('forbidden', 'Only whoever opened this case can withdraw it.')
  if (!isOpen(kase.status)) throw new Refusal('conflict', 'This case is over already.')
  await work.tx
    .updateTable('cases')
    .set({
      status: 'closed',
      waiting_since: null,
      urgent_from: never,
      solved_at: work.now,
      closed_at: work.now,
      version: kase.version + 1,
    })
    .where('id', '=', kase.id)
    .execute()
  work.record({
    type: 'case.withdrawn',
    subject: { kind: 'case', id: kase.id },
    before: { status: kase.status },
    after: { status: 'closed' },
  })
  return { id: kase.id }
}

/** A customer says whether the need was met. */
export const sayMet = async (work: Work, input: { id: number; met: 'yes' | 'partly' | 'no'; remark: string }) => {
  const { kase } = await lockPart(work, input.id)
  if (isOpen(kase.status)) throw new Refusal('conflict', 'We are still working on this case.')
  await noteMet(work, kase, input)
  return { id: kase.id }
}
