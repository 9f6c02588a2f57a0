import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { assertFresh, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertVisible, changeCase, hideFrom, lockCase } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { lockComplaint, regimeOf, todayOf } from './loading.ts'
import { complaintById } from './queries.ts'
import { regimes } from './regimes.ts'
import { setClocks } from './timing.ts'

type Begin = {
  id: number
  regime: string
  receivedOn?: string | undefined
  oral: boolean
  eventOn: string | null
  wants: string
  aboutStaffIds: number[]
  anonymous: boolean
  onBehalf: string
  severity: number
  safety: boolean
  immediateAction: string
}

const readingOf = (work: Work) => ({ db: work.tx, actor: work.actor, now: work.now })

const assertStaff = async (work: Work, ids: readonly number[]): Promise<void> => {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from staff where id = any(${[...ids]}::bigint[])`.execute(work.tx)
  if ((rows[0]?.count ?? 0) < new Set(ids).size) refuseField('aboutStaffIds', 'One of these is no member of staff')
  if (work.actor.id !== null && ids.includes(work.actor.id))
    throw new Refusal('forbidden', 'You cannot handle a complaint about yourself: pass it on to your manager.', [
      { field: 'aboutStaffIds', message: 'this is you' },
    ])
}

/** The day the contact was first received, which stays whatever becomes of it. */
const firstDay = async (work: Work, caseId: number): Promise<string> => {
  const { rows } = await sql<{ at: Date }>`select opened_at as at from cases where id = ${caseId}`.execute(work.tx)
  return Temporal.Instant.fromEpochMilliseconds((rows[0]?.at ?? work.now).getTime())
    .toZonedDateTimeISO(await zoneOf({ db: work.tx }))
    .toPlainDate()
    .toString()
}

const assertDays = (input: Begin, receivedOn: string, today: string): void => {
  if (receivedOn > today) refuseField('receivedOn', 'This day is still to come')
  if (input.eventOn !== null && input.eventOn > receivedOn) refuseField('eventOn', 'It was received before it happened')
}

/**
 * Makes a contact a complaint. It was received when it was first told, whenever somebody notices that it is one; from
 * then on it is kept from those whom it is about.
 * @throws Refusal naming the field; `conflict` where it is one already; `forbidden` to whom it is about
 */
export const beginComplaint = async (work: Work, input: Begin) => {
  const { id: caseId } = await assertVisible(readingOf(work), input.id)
  const kase = await lockCase(work, caseId)
  if (!regimes.some(one => one.code === input.regime)) refuseField('regime', 'There is no such regime')
  const known = await work.tx.selectFrom('complaints').select('id').where('case_id', '=', caseId).executeTakeFirst()
  if (known) throw new Refusal('conflict', 'This is handled as a complaint already.')
  await assertStaff(work, input.aboutStaffIds)
  const receivedOn = input.receivedOn ?? (await firstDay(work, caseId))
  assertDays(input, receivedOn, await todayOf(readingOf(work)))
  const { id } = await work.tx
    .insertInto('complaints')
    .values({
      case_id: caseId,
      regime: input.regime,
      regime_version: regimeOf(input.regime).version,
      received_on: receivedOn,
      oral: input.oral,
      event_on: input.eventOn,
      wants: input.wants,
      about_staff_ids: input.aboutStaffIds,
      anonymous: input.anonymous,
      on_behalf: input.onBehalf,
      severity: input.severity,
      safety: input.safety,
      immediate_action: input.immediateAction,
      made_at: work.now,
      made_by: work.actor.kind === 'staff' ? work.actor.id : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await work.tx.insertInto('complaint_stages').values({ complaint_id: id, stage: 1, started_on: receivedOn }).execute()
  const severity = input.safety ? 4 : input.severity
  if (kase.kind !== 'complaint' || kase.severity < severity)
    await changeCase(work, { id: caseId, kind: 'complaint', severity: Math.max(kase.severity, severity) })
  if (input.aboutStaffIds.length > 0) await hideFrom(work, caseId, input.aboutStaffIds)
  await setClocks(work, await lockComplaint(work, caseId))
  work.record({
    type: 'case.complaint_begun',
    subject: { kind: 'case', id: caseId },
    data: { complaintId: id, regime: input.regime, receivedOn },
  })
  return complaintById(readingOf(work), caseId)
}

type Assess = {
  id: number
  version?: number | undefined
  wants?: string | undefined
  aboutStaffIds?: number[] | undefined
  onBehalf?: string | undefined
  severity?: number | undefined
  safety?: boolean | undefined
  immediateAction?: string | undefined
}

/** Whoever looks into it is never one whom it is about. */
const dropInvestigators = (work: Work, complaintId: number, ids: readonly number[]) =>
  work.tx
    .updateTable('complaint_stages')
    .set({ investigator_id: null })
    .where('complaint_id', '=', complaintId)
    .where('investigator_id', 'in', [...ids])
    .execute()

/** Assesses a complaint. Whom it is about is only ever added: what somebody was kept from they do not see again. */
export const assessComplaint = async (work: Work, input: Assess) => {
  const before = await lockComplaint(work, input.id)
  assertFresh(before.version, input.version, 'complaint')
  const about = [...new Set([...before.about_staff_ids, ...(input.aboutStaffIds ?? [])])]
  const added = about.filter(id => !before.about_staff_ids.includes(id))
  await assertStaff(work, added)
  await work.tx
    .updateTable('complaints')
    .set({
      wants: input.wants ?? before.wants,
      about_staff_ids: about,
      on_behalf: input.onBehalf ?? before.on_behalf,
      severity: input.severity ?? before.severity,
      safety: input.safety ?? before.safety,
      immediate_action: input.immediateAction ?? before.immediate_action,
      version: before.version + 1,
    })
    .where('id', '=', before.id)
    .execute()
  if (added.length > 0) {
    await hideFrom(work, before.case_id, added)
    await dropInvestigators(work, before.id, added)
  }
  const kase = await lockCase(work, before.case_id)
  const severity = (input.safety ?? before.safety) ? 4 : (input.severity ?? before.severity)
  if (kase.severity < severity) await changeCase(work, { id: before.case_id, severity })
  work.record({ type: 'case.complaint_assessed', subject: { kind: 'case', id: before.case_id } })
  return complaintById(readingOf(work), before.case_id)
}
