import { sql } from 'kysely'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { clocksOf, shortcutOf } from './clocks.ts'
import type { Decision, Ending } from './contract.ts'
import { daysFor, factsOf, type Kept, type KeptStage, lockComplaint, regimeOf, stagesOf, todayOf } from './loading.ts'
import { complaintById } from './queries.ts'
import { clocksNow, dropClocks, keepClocks, keptClocks, setClocks } from './timing.ts'

const readingOf = (work: Work) => ({ db: work.tx, actor: work.actor, now: work.now })

type Step = { complaint: Kept; stages: KeptStage[]; stage: KeptStage; today: string }

const begin = async (work: Work, caseId: number): Promise<Step> => {
  const complaint = await lockComplaint(work, caseId)
  const stages = await stagesOf({ db: work.tx }, complaint.id)
  const stage = stages.find(one => one.stage === complaint.stage) as KeptStage
  return { complaint, stages, stage, today: await todayOf(readingOf(work)) }
}

const dayOf = (given: string | undefined, { complaint, today }: Step): string => {
  const on = given ?? today
  if (on > today) refuseField('on', 'This day is still to come')
  if (on < complaint.received_on) refuseField('on', 'This was before it was received')
  return on
}

type StageChange = Partial<Omit<KeptStage, 'stage' | 'started_on'>>

const setStage = (work: Work, { complaint }: Step, change: StageChange) =>
  work.tx
    .updateTable('complaint_stages')
    .set(change)
    .where('complaint_id', '=', complaint.id)
    .where('stage', '=', complaint.stage)
    .execute()

const bump = (work: Work, { complaint }: Step, change: object = {}) =>
  work.tx
    .updateTable('complaints')
    .set({ ...change, version: complaint.version + 1 })
    .where('id', '=', complaint.id)
    .execute()

const finish = async (work: Work, step: Step, type: string, data: Record<string, unknown> = {}) => {
  work.record({
    type: `case.complaint_${type}`,
    subject: { kind: 'case', id: step.complaint.case_id },
    data: { stage: step.complaint.stage, ...data },
  })
  return complaintById(readingOf(work), step.complaint.case_id)
}

/** Notes that it was acknowledged: the clocks that count from then begin. */
export const acknowledge = async (work: Work, { id, on }: { id: number; on?: string | undefined }) => {
  const step = await begin(work, id)
  if (step.stage.acknowledged_on) throw new Refusal('conflict', 'This stage was acknowledged already.')
  const day = dayOf(on, step)
  await setStage(work, step, { acknowledged_on: day })
  await keepClocks(work, step.complaint, 'acknowledged', day)
  await bump(work, step)
  await setClocks(work, step.complaint)
  return finish(work, step, 'acknowledged')
}

/** Notes that they were told how far it is. */
export const noteUpdate = async (work: Work, { id, on }: { id: number; on?: string | undefined }) => {
  const step = await begin(work, id)
  const day = dayOf(on, step)
  await setStage(work, step, { updated_on: day })
  await keepClocks(work, step.complaint, 'updated', day)
  await bump(work, step)
  return finish(work, step, 'updated')
}

const assertApart = ({ complaint }: Step, staffId: number, field: string): void => {
  if (complaint.about_staff_ids.includes(staffId)) refuseField(field, 'Nobody looks into what is said about themselves')
}

type Investigation = { id: number; investigatorId?: number | null | undefined; findings?: string | undefined }

/** Says who looks into it and what they found. @throws Refusal naming `investigatorId` where it is about them */
export const investigate = async (work: Work, { id, investigatorId, findings }: Investigation) => {
  const step = await begin(work, id)
  if (investigatorId) {
    assertApart(step, investigatorId, 'investigatorId')
    const { rows } = await sql`select 1 from staff where id = ${investigatorId} and ended_at is null`.execute(work.tx)
    if (rows.length === 0) refuseField('investigatorId', 'There is no such member of staff')
  }
  await setStage(work, step, {
    ...(investigatorId === undefined ? {} : { investigator_id: investigatorId }),
    ...(findings === undefined ? {} : { findings }),
  })
  await bump(work, step)
  return finish(work, step, 'investigated')
}

/** A later stage is answered by somebody else than the one before, where the regime says so. */
const assertAnother = (step: Step, staffId: number): void => {
  const rule = regimeOf(step.complaint.regime).stages.find(one => one.stage === step.complaint.stage)
  const before = step.stages.find(one => one.stage === step.complaint.stage - 1)
  if (rule?.anotherPerson && before?.responded_by === staffId)
    throw new Refusal('forbidden', 'You answered the stage before: somebody else answers this one.')
}

type Answer = {
  id: number
  decision: Decision
  reasons: string
  redress: string
  on?: string | undefined
  letterOn: string | null
}

/** Notes the answer of a stage with its reasons. What was not upheld stays open until they accept or there is no further stage. */
export const respond = async (work: Work, { id, decision, reasons, redress, on, letterOn }: Answer) => {
  const step = await begin(work, id)
  if (step.stage.decision) throw new Refusal('conflict', 'This stage was answered already.')
  const staffId = work.actor.id ?? 0
  assertApart(step, staffId, 'id')
  assertAnother(step, staffId)
  const day = dayOf(on, step)
  await setStage(work, step, {
    decision,
    reasons,
    redress,
    responded_on: day,
    responded_by: work.actor.kind === 'staff' ? staffId : null,
    letter_on: letterOn,
  })
  await keepClocks(work, step.complaint, 'responded', day)
  if (letterOn) await keepClocks(work, step.complaint, 'letter_sent', letterOn)
  await bump(work, step)
  await setClocks(work, step.complaint)
  return finish(work, step, 'answered', { decision })
}

type Extension = { id: number; clock: string; by: number; reason: string }

/** Takes more time for a clock, with the reason they are told. @throws Refusal naming `by` beyond what the regime allows */
export const extendClock = async (work: Work, { id, clock: clockId, by, reason }: Extension) => {
  const step = await begin(work, id)
  const clock = (await clocksNow(work, step.complaint, new Map())).find(one => one.id === clockId)
  if (!clock) return refuseField('clock', 'This stage has no such clock')
  if (!clock.extension) return refuseField('clock', `This cannot be extended: ${clock.citation}`)
  const regime = regimeOf(step.complaint.regime)
  const facts = { ...factsOf(step.complaint, step.stages), extendedBy: by }
  const most = clock.extension.most
  if (most !== null && by > most) refuseField('by', `At most ${most}`)
  clocksOf(regime, facts, await daysFor({ db: work.tx }, regime))
  const kept = (await keptClocks(work, step.complaint.id, step.complaint.stage)).find(one => one.clock === clockId)
  if (!kept || kept.kept_on) return refuseField('clock', 'This does not run now')
  await work.tx
    .updateTable('complaint_clocks')
    .set({ extended_by: by, extension_reason: reason })
    .where('complaint_id', '=', step.complaint.id)
    .where('stage', '=', step.complaint.stage)
    .where('clock', '=', clockId)
    .execute()
  await bump(work, step)
  await setClocks(work, step.complaint)
  return finish(work, step, 'extended')
}

/** They do not accept the answer: the next stage begins. @throws Refusal `conflict` before an answer, or where there is no further stage */
export const escalate = async (work: Work, { id, on }: { id: number; on?: string | undefined }) => {
  const step = await begin(work, id)
  if (!step.stage.decision) throw new Refusal('conflict', 'This stage is not answered yet.')
  if (step.complaint.stage >= regimeOf(step.complaint.regime).stages.length)
    throw new Refusal('conflict', 'There is no further stage here. Tell them where they can turn now.')
  const day = dayOf(on, step)
  await dropClocks(work, step.complaint)
  const stage = step.complaint.stage + 1
  await work.tx
    .insertInto('complaint_stages')
    .values({ complaint_id: step.complaint.id, stage, started_on: day })
    .execute()
  await bump(work, step, { stage })
  await setClocks(work, { ...step.complaint, stage })
  return finish(work, { ...step, complaint: { ...step.complaint, stage } }, 'escalated')
}

type Close = { id: number; as: Ending; cause: string; on?: string | undefined }

const assertCloses = async (work: Work, step: Step, { as }: Close, day: string): Promise<void> => {
  const regime = regimeOf(step.complaint.regime)
  if (as === 'resolved_early') {
    const facts = { ...factsOf(step.complaint, step.stages), resolvedOn: day }
    const days = await daysFor({ db: work.tx }, regime)
    if (regime.shortcuts.length > 0 && !shortcutOf(regime, facts, days))
      refuseField('as', 'It was not put right in the time that spares the rest')
    return
  }
  if (as === 'withdrawn') return
  if (!step.stage.decision) refuseField('as', 'This stage is not answered yet')
  if (as === 'final' && step.complaint.stage < regime.stages.length)
    refuseField('as', 'They can still go on to the next stage: it is not final')
}

/** Closes a complaint with its root cause. What was sent is not accepted: that is said by them, or there is no further stage. */
export const closeComplaint = async (work: Work, input: Close) => {
  const step = await begin(work, input.id)
  const day = dayOf(input.on, step)
  await assertCloses(work, step, input, day)
  await dropClocks(work, step.complaint)
  await bump(work, step, {
    closed_as: input.as,
    closed_at: work.now,
    cause: input.cause,
    ...(input.as === 'resolved_early' ? { resolved_on: day } : {}),
  })
  return finish(work, step, 'closed', { as: input.as })
}
