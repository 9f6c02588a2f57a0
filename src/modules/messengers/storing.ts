import { seal, unseal } from '../../platform/key.ts'
import type { Work } from '../../platform/work.ts'
import type { Heard, News, Said } from './adapters/index.ts'

/** How long what comes in gathers, so that what a provider sends in the wrong order is put in the right one. */
const gatherMs = 1000

export const takeIn = (work: Work, accountId: number, afterMs: number = gatherMs): void =>
  work.enqueue({
    name: 'messengers:take_in',
    payload: { accountId },
    queue: `messengers:${accountId}`,
    key: `messengers:take_in:${accountId}`,
    at: new Date(work.now.getTime() + afterMs),
  })

/** What was said, as it lies sealed until it is taken in. */
export const sealedBody = (key: Buffer, body: Said | News): Buffer => seal(key, Buffer.from(JSON.stringify(body)))

export const openBody = <T extends Said | News>(key: Buffer, body: Buffer): T => {
  const read = JSON.parse(unseal(key, body).toString()) as T & { at: string | null }
  return { ...read, at: read.at ? new Date(read.at) : null }
}

/** A moment a provider claims is believed unless it lies ahead of us. */
const placed = (at: Date | null, now: Date): Date => (at && at.getTime() < now.getTime() ? at : now)

/**
 * Stores what a provider told us, before it is acknowledged. What was told before is passed over: a provider repeats
 * itself whenever an answer gets lost, and so would somebody who listened in.
 */
export const store = async (work: Work, key: Buffer, accountId: number, { said, news }: Heard): Promise<void> => {
  const rows = [
    ...said.map(one => ({
      kind: 'message',
      provider_id: one.id,
      at: placed(one.at, work.now),
      body: sealedBody(key, one),
    })),
    ...news.map(one => ({
      kind: 'status',
      provider_id: `${one.id} ${one.state}`,
      at: placed(one.at, work.now),
      body: sealedBody(key, one),
    })),
  ]
  if (rows.length === 0) return
  const stored = await work.tx
    .insertInto('messenger_inbox')
    .values(rows.map(row => ({ ...row, account_id: accountId, received_at: work.now })))
    .onConflict(conflict => conflict.columns(['account_id', 'kind', 'provider_id']).doNothing())
    .returning('id')
    .execute()
  if (stored.length === 0) return
  await work.tx.updateTable('messenger_accounts').set({ last_heard_at: work.now }).where('id', '=', accountId).execute()
  takeIn(work, accountId)
}
