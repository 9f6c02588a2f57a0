import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { normalOf } from '../people/index.ts'
import { callBack } from './calling-back.ts'
import type { Report } from './contract.ts'
import { holdersOf } from './holding.ts'

export type CallRow = {
  id: number
  state: Report['event']
  caller: string | null
  caller_normal: string | null
  person_id: number | null
}

/** Numbers that are no numbers: withheld, anonymous, a SIP name. */
const numberIn = (from: string | null): string | null => {
  const plain = (from ?? '').replace(/^(tel|sips?|whatsapp|client):/i, '').replace(/@.*$/, '')
  return /^\+?[\d\s()./-]{3,25}$/.test(plain) ? plain : null
}

/** Who rings: the one person with this number, or whoever it was taken for the last time. */
const personOf = async (work: Work, normal: string): Promise<number | null> => {
  const holders = await holdersOf({ db: work.tx }, normal)
  if (holders.length === 1) return holders[0]?.id ?? null
  const last = await sql<{ id: number }>`select coalesce(p.merged_into, p.id) as id from telephone_calls k
    join people p on p.id = k.person_id where k.caller_normal = ${normal} order by k.id desc limit 1`.execute(work.tx)
  return last.rows[0]?.id ?? null
}

const staffAt = async (work: Work, extension: string | null): Promise<number | null> => {
  if (!extension) return null
  const row = await work.tx
    .selectFrom('telephone_extensions as e')
    .innerJoin('staff as s', 's.id', 'e.staff_id')
    .select('s.id')
    .where('e.extension', '=', extension)
    .where('s.ended_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

const columns = ['id', 'state', 'caller', 'caller_normal', 'person_id'] as const

/** The call, noted the first time it is told, and locked. */
const callOf = async (work: Work, report: Report): Promise<CallRow> => {
  const caller = numberIn(report.from)
  const normal = caller ? normalOf('phone', caller) : null
  const made = await work.tx
    .insertInto('telephone_calls')
    .values({
      provider_id: report.call,
      caller,
      caller_normal: normal,
      called: report.to,
      staff_id: await staffAt(work, report.extension),
      person_id: normal ? await personOf(work, normal) : null,
      state: 'ringing',
      started_at: work.now,
    })
    .onConflict(conflict => conflict.column('provider_id').doNothing())
    .returning(columns)
    .executeTakeFirst()
  if (made) work.record({ type: 'call.rang', subject: { kind: 'call', id: made.id } })
  const row =
    made ??
    (await work.tx
      .selectFrom('telephone_calls')
      .select(columns)
      .where('provider_id', '=', report.call)
      .forUpdate()
      .executeTakeFirstOrThrow())
  return row as CallRow
}

/** Whoever answers has the call: it leaves the screens of the others. */
const answer = async (work: Work, call: CallRow, report: Report): Promise<void> => {
  if (call.state !== 'ringing') return
  const staffId = await staffAt(work, report.extension)
  await work.tx
    .updateTable('telephone_calls')
    .set({ state: 'answered', answered_at: work.now, ...(staffId ? { staff_id: staffId } : {}) })
    .where('id', '=', call.id)
    .execute()
  work.record({ type: 'call.answered', subject: { kind: 'call', id: call.id } })
}

/** A call that ends before anybody answered was missed. What is told after the end changes nothing. */
const end = async (work: Work, call: CallRow, report: Report): Promise<void> => {
  if (call.state === 'ended' || call.state === 'missed') return
  const state = call.state === 'answered' ? 'ended' : 'missed'
  const back = state === 'missed' ? await callBack(work, call) : null
  await work.tx
    .updateTable('telephone_calls')
    .set({ state, ended_at: work.now, ...(back ? { case_id: back.caseId, person_id: back.personId } : {}) })
    .where('id', '=', call.id)
    .execute()
  const subject = { kind: 'call', id: call.id }
  if (state === 'ended') work.record({ type: 'call.ended', subject })
  else work.record({ type: 'call.missed', subject, data: { event: report.event } })
}

/** Takes in what a telephone system says. Told twice or late it does no harm: a call only goes forward. */
export const reportCall = async (work: Work, report: Report): Promise<{ id: number }> => {
  const call = await callOf(work, report)
  if (report.event === 'answered') await answer(work, call, report)
  if (report.event === 'ended' || report.event === 'missed') await end(work, call, report)
  return { id: call.id }
}
