import { sql } from 'kysely'
import { staffIdOf } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'

const lockGap = async (work: Work, id: number) => {
  const { rows } = await sql<{ id: number; words: string; state: string }>`select id, words, state from article_gaps
    where id = ${id} for update`.execute(work.tx)
  return rows[0]
}

/** An article is begun for what was looked for and not found. @throws Refusal naming `gapId` */
export const answerGap = async (work: Work, gapId: number, articleId: number): Promise<void> => {
  const gap = (await lockGap(work, gapId)) ?? refuseField('gapId', 'There is no such search')
  if (gap.state !== 'open') refuseField('gapId', 'Somebody has dealt with this search already')
  await work.tx
    .updateTable('article_gaps')
    .set({ state: 'drafted', article_id: articleId, decided_by: staffIdOf(work.actor), decided_at: work.now })
    .where('id', '=', gapId)
    .execute()
  work.record({
    type: 'gap.drafted',
    subject: { kind: 'article_gap', id: gapId },
    data: { words: gap.words, articleId },
  })
}

/** Nothing will be written about it, and why. @throws Refusal `conflict` where it was dealt with already */
export const dismissGap = async (work: Work, { id, reason }: { id: number; reason: string }) => {
  const gap = (await lockGap(work, id)) ?? notFound('search')
  if (gap.state !== 'open') throw new Refusal('conflict', 'Somebody has dealt with this search already.')
  await work.tx
    .updateTable('article_gaps')
    .set({ state: 'dismissed', reason, decided_by: staffIdOf(work.actor), decided_at: work.now })
    .where('id', '=', id)
    .execute()
  work.record({ type: 'gap.dismissed', subject: { kind: 'article_gap', id }, data: { words: gap.words, reason } })
  return done
}
