import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Kase } from './loading.ts'
import { copyIn } from './participating.ts'

export type Addressed = {
  kind: 'reply' | 'note'
  conversationId?: number | undefined
  copiedIds?: number[] | undefined
  copyTo?: { name?: string | undefined; address: string }[] | undefined
}

/** Where a reply goes: the conversation, what it is with, and who of those copied in gets it (null: all of them). */
export type Place = { conversationId?: number; toCustomer: boolean; copiedIds: number[] | null }

type Found = { id: number; kind: string; reachable: boolean }

const conversationOf = async (work: Work, caseId: number, asked: number | undefined): Promise<Found | null> => {
  const { rows } = await sql<Found>`select v.id, v.kind, exists (select 1 from participants a
      left join identities i on i.person_id = a.person_id and i.kind = 'email'
      where a.conversation_id = v.id and coalesce(a.address, i.value) is not null) as reachable
    from conversations v where v.case_id = ${caseId} and ${asked ? sql`v.id = ${asked}` : sql`v.kind = 'customer'`} order by v.id limit 1`.execute(
    work.tx,
  )
  return rows[0] ?? null
}

const copiedIn = async (work: Work, conversationId: number, addresses: readonly string[] | null): Promise<number[]> => {
  const lower = addresses?.map(address => address.toLowerCase()) ?? null
  const { rows } = await sql<{ id: number }>`select person_id as id from participants
    where conversation_id = ${conversationId} and part = 'copied' ${lower ? sql`and lower(address) = any(${lower}::text[])` : sql``}`.execute(
    work.tx,
  )
  return rows.map(row => row.id)
}

/**
 * Which conversation a reply belongs to and who gets a copy. Whoever is added takes part in the conversation from then on.
 * @throws Refusal naming the field when the conversation is not one of the case, or a copied person is not one of it
 */
export const placeOf = async (work: Work, kase: Kase, input: Addressed): Promise<Place> => {
  const usual: Place = { toCustomer: true, copiedIds: null }
  if (!(input.conversationId ?? input.copiedIds ?? input.copyTo)) return usual
  const found = await conversationOf(work, kase.id, input.conversationId)
  if (!found) return refuseField('conversationId', 'This is not a conversation of this case')
  if (input.kind === 'note') return { ...usual, ...(input.conversationId ? { conversationId: found.id } : {}) }
  const place = { ...(input.conversationId ? { conversationId: found.id } : {}), toCustomer: found.kind === 'customer' }
  const added = (input.copyTo ?? []).map(({ name, address }) => ({ name: name ?? '', address }))
  await copyIn(work, found.id, added)
  if (!input.copiedIds) return { ...place, copiedIds: null }
  const known = new Set(await copiedIn(work, found.id, null))
  if (input.copiedIds.some(id => !known.has(id)))
    refuseField('copiedIds', 'One of these is not copied in in this conversation')
  const fresh =
    added.length > 0
      ? await copiedIn(
          work,
          found.id,
          added.map(one => one.address),
        )
      : []
  return { ...place, copiedIds: [...new Set([...input.copiedIds, ...fresh])] }
}
