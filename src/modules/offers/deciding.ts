import { sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import type { Answer } from './answers.ts'
import { approverOf, meOf, send } from './asking.ts'
import { requestById } from './queries.ts'

const lock = async (work: Work, id: number) => {
  const { rows } = await sql<{
    id: number
    offer_id: number
    requested_by: number
    approver_id: number
    answers: Answer[]
    note: string
    state: string
    version: number
  }>`select id, offer_id, requested_by, approver_id, answers, note, state, version from offer_requests where id = ${id} for update`.execute(
    work.tx,
  )
  return rows[0] ?? notFound('request')
}

const assertWaits = (state: string): void => {
  if (state !== 'waiting') throw new Refusal('conflict', 'This was decided or taken back already.')
}

/** Whoever was asked, or whoever is next in line while they are away. */
const assertDecides = async (work: Work, row: { requested_by: number; approver_id: number }): Promise<number> => {
  const me = meOf(work)
  if (row.requested_by === me) throw new Refusal('forbidden', 'You asked for this yourself: somebody else decides it.')
  if (row.approver_id === me) return me
  const { decider } = await approverOf(work, row.requested_by)
  return decider?.id === me ? me : notFound('request')
}

type Deciding = { id: number; approve: boolean; reason: string; version?: number | undefined }

/** Approves or declines what somebody asks for. Approved, it goes to the department and its time begins. */
export const decide = async (work: Work, input: Deciding) => {
  const row = await lock(work, input.id)
  const me = await assertDecides(work, row)
  assertFresh(row.version, input.version, 'request')
  assertWaits(row.state)
  if (!input.approve && input.reason.trim() === '') refuseField('reason', 'Say why: they want to know')
  const offer = await work.tx.selectFrom('offers').selectAll().where('id', '=', row.offer_id).executeTakeFirstOrThrow()
  const sent = input.approve ? await send(work, offer, row.requested_by, row.answers, row.note) : null
  await work.tx
    .updateTable('offer_requests')
    .set({
      state: sent ? 'sent' : 'declined',
      decided_by: me,
      decided_at: work.now,
      reason: input.reason.trim(),
      case_id: sent?.caseId ?? null,
      promise_id: sent?.promiseId ?? null,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute()
  work.record({
    type: sent ? 'offer.approved' : 'offer.declined',
    subject: { kind: 'offer', id: offer.id },
    data: { requestId: row.id, name: offer.name, requesterId: row.requested_by },
  })
  return requestById({ db: work.tx, actor: work.actor }, row.id)
}

/** Takes back what nobody has approved yet. What is with the department is withdrawn there. */
export const withdrawRequest = async (work: Work, id: number) => {
  const row = await lock(work, id)
  if (row.requested_by !== meOf(work)) return notFound('request')
  assertWaits(row.state)
  await work.tx
    .updateTable('offer_requests')
    .set({ state: 'withdrawn', version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  work.record({ type: 'offer.withdrawn', subject: { kind: 'offer', id: row.offer_id }, data: { requestId: id } })
  return done
}
