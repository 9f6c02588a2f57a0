import { sql } from 'kysely'
import { compile, resolve } from '../../platform/conditions/index.ts'
import type { Work } from '../../platform/work.ts'
import { type CaseFacts, caseFacts, refreshDue } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { type NewPromise, openPromises } from '../promises/index.ts'
import { carryOut, type Steps } from './carrying-out.ts'
import { type Clock, endOf, type LastOf, stands, startOf } from './clocks.ts'
import { type Level, lastByRule, levelsInForce } from './queries.ts'

type Known = {
  kase: CaseFacts
  kind: Level['kind']
  clock: Clock | undefined
  level: Level | undefined
  last: LastOf | undefined
}

/** Which rule of each kind a case falls under: the first that fits. */
const chooser = async (
  work: Work,
  levels: readonly Level[],
  fields: Awaited<ReturnType<typeof caseFacts>>['fields'],
) => {
  const zone = await zoneOf({ db: work.tx })
  const tests = levels.map(level => ({
    level,
    test: compile(fields, resolve(fields, level.condition, { now: work.now, zone, me: null })),
  }))
  return (kase: CaseFacts, kind: Level['kind']) =>
    tests.find(({ level, test }) => level.kind === kind && test(kase))?.level
}

const promiseFor = (kase: CaseFacts, level: Level, startedAt: Date): NewPromise => ({
  kind: level.kind,
  subject: { kind: 'case', id: kase.caseId },
  toPersonId: kase.requesterId,
  // A case that is older than the rule was promised nothing before.
  startedAt: startedAt < level.since ? level.since : startedAt,
  withinMinutes: level.targetMinutes,
  clock: level.clock,
  calendarId: level.calendarId ?? kase.calendarId,
  alerts: level.alerts,
  policy: { id: level.id, version: level.version },
})

const kinds = ['first_reply', 'next_update', 'solution'] as const

const known = async (work: Work, ids: readonly number[]): Promise<Known[]> => {
  const { fields, rows } = await caseFacts(work, ids)
  const [levels, open, last] = [
    await levelsInForce({ db: work.tx }),
    await openPromises({ db: work.tx }, 'case', ids),
    await lastByRule({ db: work.tx }, ids),
  ]
  const choose = await chooser(work, levels, fields)
  return rows.flatMap(kase =>
    kinds.map(kind => ({
      kase,
      level: choose(kase, kind),
      clock: open.find(one => one.subject_id === kase.caseId && one.kind === kind && one.policy_id !== null),
      last: last.find(one => one.caseId === kase.caseId && one.kind === kind),
      kind,
    })),
  )
}

/** What has to happen so that the clocks of a case say what the case says. */
const stepsFor = (now: Date, all: readonly Known[]): Steps => {
  const steps: Steps = { make: [], keep: [], withdraw: [], pause: [], resume: [], reopen: [], move: [] }
  for (const { kase, kind, level, clock, last } of all) {
    if (!clock) {
      const start = level ? startOf(kind, kase, last, now) : null
      if (start === 'again') steps.reopen.push((last as LastOf).id)
      else if (start && level) steps.make.push(promiseFor(kase, level, start))
      continue
    }
    const end = endOf(kind, kase, clock)
    if (end && 'keptAt' in end) steps.keep.push({ id: clock.id, at: end.keptAt })
    else if (end) steps.withdraw.push({ id: clock.id, reason: end.reason })
    else if (!level) steps.withdraw.push({ id: clock.id, reason: 'no_longer_needed' })
    else keepUp(steps, kase, clock, level)
  }
  return steps
}

const keepUp = (steps: Steps, kase: CaseFacts, clock: Clock, level: Level): void => {
  const still = level.kind === 'solution' && stands(kase, level.pauses)
  if (still && !clock.paused_at) steps.pause.push(clock.id)
  if (!still && clock.paused_at) steps.resume.push(clock.id)
  const calendarId = level.calendarId ?? kase.calendarId
  const differs =
    clock.policy_id !== level.id ||
    clock.policy_version !== level.version ||
    (calendarId !== null && calendarId !== clock.calendar_id)
  if (differs) steps.move.push({ clock, level, calendarId })
}

/** Whether a rule was ever made: where nothing is promised by rule nothing is planned. */
const anyClock = async ({ tx }: Work): Promise<boolean> => {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from service_levels) as any`.execute(tx)
  return rows[0]?.any ?? false
}

/**
 * Brings the clocks of cases into line with what the cases say now, by the rules in force. It looks at no event and
 * remembers nothing, so it may be run at any time and any number of times.
 * @returns the promises that moved to another time because a rule or its hours did
 */
export const planCases = async (work: Work, ids: readonly number[]) => {
  const unique = [...new Set(ids)]
  if (unique.length === 0 || !(await anyClock(work))) return []
  const moved = await carryOut(work, stepsFor(work.now, await known(work, unique)))
  await refreshDue(work, unique)
  return moved
}
