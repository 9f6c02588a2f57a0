import { Refusal } from '../refusal.ts'
import type { Work } from '../work.ts'

export type Keyed = { key: string; actor: string; operation: string; request_sha256: string }

/**
 * Does something once per key, in the transaction of the doing: a second request with the same key gets the first
 * one's answer, one that says something else is refused.
 */
export const once = async <T>(work: Work, keyed: Keyed | null, status: number, act: () => Promise<T>): Promise<T> => {
  if (!keyed) return act()
  const claimed = await work.tx
    .insertInto('idempotency_keys')
    .values({ ...keyed, status, answer: null, at: work.now })
    .onConflict(conflict => conflict.columns(['actor', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed) {
    const answer = await act()
    await work.tx
      .updateTable('idempotency_keys')
      .set({ answer: JSON.stringify(answer ?? null) })
      .where('actor', '=', keyed.actor)
      .where('key', '=', keyed.key)
      .execute()
    return answer
  }
  const earlier = await work.tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('actor', '=', keyed.actor)
    .where('key', '=', keyed.key)
    .executeTakeFirstOrThrow()
  if (earlier.operation !== keyed.operation || earlier.request_sha256 !== keyed.request_sha256)
    throw new Refusal('conflict', 'This Idempotency-Key was used for another request.', [
      { field: 'Idempotency-Key', message: 'was used before' },
    ])
  return earlier.answer as T
}
