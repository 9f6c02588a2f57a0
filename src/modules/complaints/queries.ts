import { sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import { clocksOf, recourseOf } from './clocks.ts'
import type { Clock, Complaint, Row, Stage } from './contract.ts'
import { complaintOf, daysFor, factsOf, type Kept, type KeptStage, regimeOf, stagesOf, todayOf } from './loading.ts'
import { type Regime, regimes } from './regimes.ts'

type Named = { id: number; name: string }

const namesOf = async ({ db }: Pick<Reading, 'db'>, ids: readonly (number | null)[]): Promise<Map<number, Named>> => {
  const wanted = ids.filter(id => id !== null)
  const { rows } = await sql<Named>`select id, name from staff where id = any(${wanted}::bigint[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

type KeptClock = { clock: string; extended_by: number; extension_reason: string; kept_on: string | null }

const keptOf = async ({ db }: Pick<Reading, 'db'>, { id, stage }: Kept): Promise<Map<string, KeptClock>> => {
  const { rows } =
    await sql<KeptClock>`select clock, extended_by, extension_reason, to_json(kept_on) #>> '{}' as kept_on
    from complaint_clocks where complaint_id = ${id} and stage = ${stage}`.execute(db)
  return new Map(rows.map(row => [row.clock, row]))
}

const clocksShown = async (reading: Reading, complaint: Kept, stages: readonly KeptStage[]): Promise<Clock[]> => {
  const regime = regimeOf(complaint.regime)
  const [days, kept, today] = [await daysFor(reading, regime), await keptOf(reading, complaint), await todayOf(reading)]
  const facts = factsOf(complaint, stages)
  return clocksOf(regime, facts, days).map(plain => {
    const one = kept.get(plain.id)
    const by = one?.extended_by ?? 0
    const clock =
      by === 0
        ? plain
        : (clocksOf(regime, { ...facts, extendedBy: by }, days).find(each => each.id === plain.id) ?? plain)
    const keptOn = one?.kept_on ?? null
    const isLate = clock.kind === 'duty' && clock.lastDay !== null && (keptOn ?? today) > clock.lastDay
    return {
      ...clock,
      hardLimit: clock.hardLimit ?? null,
      keptOn,
      late: isLate && (keptOn !== null || complaint.closed_as === null),
      extendedBy: by,
      extensionReason: one?.extension_reason ?? '',
    }
  })
}

const stageShown = (regime: Regime, names: ReadonlyMap<number, Named>, stage: KeptStage): Stage => {
  const rule = regime.stages.find(one => one.stage === stage.stage)
  const named = (id: number | null) => (id === null ? null : (names.get(id) ?? null))
  return {
    stage: stage.stage,
    title: rule?.title ?? '',
    anotherPerson: rule?.anotherPerson ?? false,
    startedOn: stage.started_on,
    investigator: named(stage.investigator_id),
    acknowledgedOn: stage.acknowledged_on,
    updatedOn: stage.updated_on,
    findings: stage.findings,
    decision: stage.decision,
    reasons: stage.reasons,
    redress: stage.redress,
    respondedOn: stage.responded_on,
    respondedBy: named(stage.responded_by),
    letterOn: stage.letter_on,
  }
}

/** The complaint of a case. @throws Refusal `not_found` where there is none to see */
export const complaintById = async (
  reading: Reading,
  caseId: number,
): Promise<Omit<Complaint, 'closedAt'> & { closedAt: Date | null }> => {
  const complaint = await complaintOf(reading, caseId)
  const stages = await stagesOf(reading, complaint.id)
  const regime = regimeOf(complaint.regime)
  const facts = factsOf(complaint, stages)
  const names = await namesOf(reading, [
    ...complaint.about_staff_ids,
    ...stages.flatMap(one => [one.investigator_id, one.responded_by]),
  ])
  const { rows } = await sql<{ subject: string }>`select subject from cases where id = ${complaint.case_id}`.execute(
    reading.db,
  )
  return {
    id: complaint.id,
    caseId: complaint.case_id,
    subject: rows[0]?.subject ?? '',
    regime: { code: regime.code, name: regime.name, stages: regime.stages.length },
    receivedOn: complaint.received_on,
    oral: complaint.oral,
    eventOn: complaint.event_on,
    wants: complaint.wants,
    about: complaint.about_staff_ids.flatMap(id => names.get(id) ?? []),
    anonymous: complaint.anonymous,
    onBehalf: complaint.on_behalf,
    severity: complaint.severity,
    safety: complaint.safety,
    immediateAction: complaint.immediate_action,
    stage: complaint.stage,
    stages: stages.map(one => stageShown(regime, names, one)),
    clocks: await clocksShown(reading, complaint, stages),
    recourse: recourseOf(regime, facts, await daysFor(reading, regime)),
    cause: (complaint.cause || null) as Complaint['cause'],
    closedAs: complaint.closed_as,
    closedAt: complaint.closed_at,
    version: complaint.version,
  }
}

type Asked = { limit: number; cursor?: string | undefined; state: 'open' | 'closed' }
type Listed = Row & { by: string }

/** Complaints: open ones by what is due next, closed ones latest first. */
export const allComplaints = async (reading: Reading, { limit, cursor, state }: Asked) => {
  const list = `complaints ${state}`
  const after = readCursor(list, cursor, 2)
  const isOpen = state === 'open'
  const by = isOpen ? sql`coalesce(n.last_day::text, 'infinity')` : sql`k.closed_at::text`
  const { rows } =
    await sql<Listed>`select k.id, c.id as "caseId", c.subject, jsonb_build_object('id', w.id, 'name', w.name) as person, k.regime,
      k.stage, to_json(k.received_on) #>> '{}' as "receivedOn", k.severity, k.safety,
      case when n.clock is null then null else jsonb_build_object('clock', n.clock, 'lastDay', n.last_day) end as next,
      coalesce(n.last_day < ${await todayOf(reading)}::date, false) as late,
      (select s.decision from complaint_stages s where s.complaint_id = k.id and s.stage = k.stage) as decision, k.closed_as as "closedAs", ${by} as by
    from complaints k join cases own on own.id = k.case_id join cases c on c.id = coalesce(own.merged_into, own.id) join people o on o.id = c.requester_id join people w on w.id = coalesce(o.merged_into, o.id)
    left join lateral (select x.clock, x.last_day from complaint_clocks x where x.complaint_id = k.id and x.stage = k.stage and x.kept_on is null
      order by x.last_day, x.clock limit 1) n on k.closed_at is null
    where (k.closed_at is null) = ${isOpen} and ${visibleSql(reading.actor)}
      ${after ? (isOpen ? sql`and (${by}, k.id) > (${after[0]}::text, ${after[1]}::bigint)` : sql`and (${by}, k.id) < (${after[0]}::text, ${after[1]}::bigint)`) : sql``}
    order by ${isOpen ? sql`${by}, k.id` : sql`${by} desc, k.id desc`} limit ${limit + 1}`.execute(reading.db)
  const page = pageOf(rows, limit, row => writeCursor(list, [row.by, row.id]))
  return { ...page, items: page.items.map(row => ({ ...row, regime: regimeOf(row.regime).name })) }
}

/** The regimes, as they are told to whoever handles complaints. */
export const allRegimes = () =>
  regimes.map(({ code, name, appliesTo, version, reviewBy, sources, stages, recourse }) => ({
    code,
    name,
    appliesTo,
    version,
    reviewBy,
    sources,
    stages: stages.map(({ stage, title, anotherPerson, clocks }) => ({
      stage,
      title,
      anotherPerson,
      clocks: clocks.map(clock => ({ title: clock.title, citation: clock.citation, basis: clock.basis })),
    })),
    recourse: recourse.map(({ name: who, address, says }) => ({ name: who, address, says })),
  }))
