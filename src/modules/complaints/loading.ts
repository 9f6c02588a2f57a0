import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { bankHolidays, type WorkingDays } from '../../platform/calendar/index.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertVisible } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { hoursInForce } from '../promises/index.ts'
import type { Facts } from './clocks.ts'
import type { Decision, Ending } from './contract.ts'
import { type Regime, regimes } from './regimes.ts'

export type Kept = {
  id: number
  case_id: number
  regime: string
  received_on: string
  oral: boolean
  event_on: string | null
  wants: string
  about_staff_ids: number[]
  anonymous: boolean
  on_behalf: string
  severity: number
  safety: boolean
  immediate_action: string
  stage: number
  resolved_on: string | null
  closed_as: Ending | null
  closed_at: Date | null
  cause: string
  version: number
}

export type KeptStage = {
  stage: number
  started_on: string
  investigator_id: number | null
  acknowledged_on: string | null
  updated_on: string | null
  findings: string
  decision: Decision | null
  reasons: string
  redress: string
  responded_on: string | null
  responded_by: number | null
  letter_on: string | null
}

const day = (column: string) => sql`to_json(${sql.ref(column)}) #>> '{}'`

const columns = sql`c.id, c.case_id, c.regime, ${day('c.received_on')} as received_on, c.oral, ${day('c.event_on')} as event_on, c.wants,
  c.about_staff_ids, c.anonymous, c.on_behalf, c.severity, c.safety, c.immediate_action, c.stage, ${day('c.resolved_on')} as resolved_on,
  c.closed_as, c.closed_at, c.cause, c.version`

const stageColumns = sql`stage, ${day('started_on')} as started_on, investigator_id, ${day('acknowledged_on')} as acknowledged_on,
  ${day('updated_on')} as updated_on, findings, decision, reasons, redress, ${day('responded_on')} as responded_on, responded_by,
  ${day('letter_on')} as letter_on`

type Db = Pick<Reading, 'db'>

/** Of a case, and of those that were merged into it: a complaint goes where its case goes. */
const ofCase = (id: number) =>
  sql`c.case_id in (select ${id}::bigint union all select m.id from cases m where m.merged_into = ${id})`

/** The one that was received first, in the case where it is now. */
const shownOf = (rows: readonly Kept[], caseId: number): Kept => {
  const [first] = rows.toSorted((a, b) => a.received_on.localeCompare(b.received_on) || a.id - b.id)
  return first ? { ...first, case_id: caseId } : notFound('complaint')
}

/** @throws Refusal `not_found` where the case is none to see, or no complaint */
export const complaintOf = async (reading: Reading, caseId: number): Promise<Kept> => {
  const { id } = await assertVisible(reading, caseId)
  const { rows } = await sql<Kept>`select ${columns} from complaints c where ${ofCase(id)}`.execute(reading.db)
  return shownOf(rows, id)
}

/** The complaint of a case, locked, for a step that is only taken while it is open. */
export const lockComplaint = async (work: Work, caseId: number): Promise<Kept> => {
  const { id } = await assertVisible({ db: work.tx, actor: work.actor }, caseId)
  const { rows } = await sql<Kept>`select ${columns} from complaints c where ${ofCase(id)} for update`.execute(work.tx)
  const complaint = shownOf(rows, id)
  if (complaint.closed_as !== null) throw new Refusal('conflict', 'This complaint is closed.')
  return complaint
}

export const stagesOf = async ({ db }: Db, complaintId: number): Promise<KeptStage[]> =>
  (
    await sql<KeptStage>`select ${stageColumns} from complaint_stages where complaint_id = ${complaintId} order by stage`.execute(
      db,
    )
  ).rows

export const regimeOf = (code: string): Regime => regimes.find(one => one.code === code) ?? (regimes[0] as Regime)

/** Which days count for a regime: those of its nation, or those of the house. */
export const daysFor = async (reading: Db, { calendar }: Regime): Promise<WorkingDays> =>
  calendar === 'house' ? ((await hoursInForce(reading, [null])).get(null)?.calendar ?? []) : bankHolidays[calendar]

/** What the clocks go by, in the stage it is in. */
export const factsOf = (complaint: Kept, stages: readonly KeptStage[], stage = complaint.stage): Facts => {
  const now = stages.find(one => one.stage === stage)
  return {
    receivedOn: complaint.received_on,
    stage,
    acknowledgedOn: now?.acknowledged_on ?? null,
    stageStartedOn: now?.started_on ?? null,
    oral: complaint.oral,
    resolvedOn: complaint.resolved_on,
    respondedOn: now?.responded_on ?? null,
    letterOn: now?.letter_on ?? null,
    eventOn: complaint.event_on,
  }
}

/** Today, where we are. */
export const todayOf = async ({ db, now }: Pick<Reading, 'db' | 'now'>): Promise<string> =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(await zoneOf({ db }))
    .toPlainDate()
    .toString()
