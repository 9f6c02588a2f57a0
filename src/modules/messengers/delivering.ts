import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { advanceDelivery, isForward, type Step } from '../cases/index.ts'
import type { News } from './adapters/index.ts'

const order: readonly string[] = ['waiting', 'sent', 'failed', 'delivered', 'read']

/** What a message of several parts counts as: failed where one failed, else as far as the one that is furthest back. */
const stepOf = (states: readonly string[]): Step => {
  if (states.includes('failed')) return 'failed'
  return (states.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0] ?? 'waiting') as Step
}

/** Brings a message to where its parts are. */
export const settleMessage = async (work: Work, messageId: number): Promise<void> => {
  const rows = await work.tx
    .selectFrom('messenger_outbox')
    .select(['state', 'last_error'])
    .where('message_id', '=', messageId)
    .orderBy('part')
    .execute()
  const reason = rows.find(row => row.state === 'failed')?.last_error ?? null
  const step = stepOf(rows.map(row => row.state))
  if (step !== 'waiting') await advanceDelivery(work, messageId, step, reason ? { reason } : {})
}

const dayMs = 86_400_000

type Known = { id: number; messageId: number; state: string }

const partBy = async (work: Work, accountId: number, providerId: string): Promise<Known | null> => {
  const { rows } = await sql<Known>`select o.id, o.message_id as "messageId", o.state from messenger_outbox o
    join messenger_contacts t on t.id = o.contact_id
    where o.provider_id = ${providerId} and t.account_id = ${accountId} for update of o`.execute(work.tx)
  return rows[0] ?? null
}

/**
 * Applies what a provider says became of a message. Told twice, late, or in the wrong order it does no harm: a message
 * only goes forward. News of a message we do not know yet, because our own note of it is still under way, waits a day.
 */
export const applyNews = (kernel: Kernel, accountId: number, inboxId: number, news: News): Promise<void> =>
  kernel.work(system, async work => {
    const stored = await work.tx
      .selectFrom('messenger_inbox')
      .select('received_at')
      .where('id', '=', inboxId)
      .where('state', '=', 'stored')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!stored) return
    const part = await partBy(work, accountId, news.id)
    if (!part && work.now.getTime() - stored.received_at.getTime() < dayMs) return
    if (part && isForward(part.state, news.state)) {
      await work.tx
        .updateTable('messenger_outbox')
        .set({ state: news.state, ...(news.reason ? { last_error: news.reason } : {}) })
        .where('id', '=', part.id)
        .execute()
      await settleMessage(work, part.messageId)
    }
    await work.tx.updateTable('messenger_inbox').set({ state: 'done', body: null }).where('id', '=', inboxId).execute()
  })
