import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { lockCase } from './loading.ts'

const furthestDays = 730

type WakeOn = 'linked_solved'[]
type Sleep = { snoozed_until: Date | null; snooze_ends: WakeOn }
type Input = { id: number; until: string | null; wakeOn?: WakeOn | undefined }

/**
 * Takes a case out of the queue until a moment; null brings it back. That a case sleeps is a fact in its row, ended by a
 * job at that moment, so that no list has to ask what time it is.
 * @returns until when it slept before, and what would have woken it earlier
 * @throws Refusal naming `until` when it is past or more than two years off
 */
export const snooze = async (work: Work, input: Input) => {
  const kase = await lockCase<Sleep>(work, input.id, sql`, c.snoozed_until, c.snooze_ends`)
  const until = input.until ? new Date(input.until) : null
  if (until && until <= work.now) refuseField('until', 'Choose a moment that is still to come')
  if (until && until.getTime() > work.now.getTime() + furthestDays * 86_400_000)
    refuseField('until', 'Choose a moment within two years')
  await work.tx
    .updateTable('cases')
    .set({
      snoozed_until: until,
      snooze_ends: until ? (input.wakeOn ?? kase.snooze_ends) : [],
      version: kase.version + 1,
    })
    .where('id', '=', kase.id)
    .execute()
  const subject = { kind: 'case', id: kase.id }
  if (until) {
    work.record({ type: 'case.snoozed', subject, data: { until: until.toISOString() } })
    work.enqueue({ name: 'cases:wake', payload: { id: kase.id }, key: `wake:${kase.id}`, at: until })
  } else work.record({ type: 'case.woken', subject, data: { because: 'asked' } })
  return { until: kase.snoozed_until?.toISOString() ?? null, wakeOn: kase.snooze_ends }
}

/** Wakes a case whose moment has come. */
export const wakeDue = async (work: Work, id: number): Promise<void> => {
  const { rows } = await sql<{
    id: number
  }>`update cases set snoozed_until = null, snooze_ends = '{}', version = version + 1
    where id = ${id} and snoozed_until <= ${work.now} returning id`.execute(work.tx)
  if (rows[0]) work.record({ type: 'case.woken', subject: { kind: 'case', id }, data: { because: 'time' } })
}

/** Something promised in the case is soon due, or was missed: it sleeps no longer. */
export const wakePromised = async (work: Work, id: number): Promise<void> => {
  const { rows } = await sql<{
    id: number
  }>`update cases set snoozed_until = null, snooze_ends = '{}', version = version + 1
    where id = (select coalesce(merged_into, id) from cases where id = ${id}) and snoozed_until is not null returning id`.execute(
    work.tx,
  )
  for (const row of rows)
    work.record({ type: 'case.woken', subject: { kind: 'case', id: row.id }, data: { because: 'promised' } })
}

/** A case was solved: those linked with it that slept until then wake. */
export const wakeLinked = async (work: Work, solvedId: number): Promise<void> => {
  const { rows } = await sql<{
    id: number
  }>`update cases c set snoozed_until = null, snooze_ends = '{}', version = c.version + 1
    from cases s where s.id = ${solvedId} and s.status in ('solved', 'closed') and c.snoozed_until is not null and 'linked_solved' = any(c.snooze_ends)
      and exists (select 1 from case_links l where (l.from_id = c.id and l.to_id = s.id) or (l.from_id = s.id and l.to_id = c.id))
    returning c.id`.execute(work.tx)
  for (const { id } of rows)
    work.record({ type: 'case.woken', subject: { kind: 'case', id }, data: { because: 'linked', linkedId: solvedId } })
}
