import { inForce, lastDay, sayDay, sayTerm, type WorkingDays } from '../../platform/calendar/index.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { From, Regime } from './regimes.ts'

type Day = string | null
/** What has happened so far, as days such as `2026-03-01`. */
export type Facts = {
  receivedOn: string
  stage: number
  /** In this stage. */
  acknowledgedOn?: Day
  /** When this stage began; of the first stage, when it was received. */
  stageStartedOn?: Day
  /** How many more of the clock's units were granted. */
  extendedBy?: number
  /** Made by word of mouth. */
  oral?: boolean
  /** When the complainant said that they are content. */
  resolvedOn?: Day
  /** The final answer of this stage. */
  respondedOn?: Day
  /** The date of the letter that ends the procedure; without one, the answer is that letter. */
  letterOn?: Day
  /** What they complain about happened, or came to their notice. */
  eventOn?: Day
}

export type Clock = {
  id: string
  title: string
  citation: string
  /** `duty` has to be kept; `chance` spares the rest where it is taken. */
  kind: 'duty' | 'chance'
  basis: 'law' | 'guidance' | 'house'
  /** Null where what it is counted from has not happened, or where it is to be done promptly. */
  lastDay: Day
  hardLimit?: string
  endsWith: 'acknowledged' | 'updated' | 'responded' | 'letter_sent' | 'resolved'
  /** How it may be extended; null where it may not. */
  extension: { most: number | null; needsReasons: boolean; tellsRecourse: boolean; citation: string } | null
  mustSay: string[]
  /** How the day came about. */
  counts: string
}

type Rule = Regime['stages'][number]['clocks'][number]
type Shortcut = Regime['shortcuts'][number]

const happened: Record<From, { on: (facts: Facts) => Day | undefined; words: string }> = {
  event: { on: facts => facts.eventOn, words: 'it came to their notice' },
  received: { on: facts => facts.receivedOn, words: 'it was received' },
  acknowledged: { on: facts => facts.acknowledgedOn, words: 'it was acknowledged' },
  stage_started: {
    on: facts => facts.stageStartedOn ?? (facts.stage === 1 ? facts.receivedOn : null),
    words: 'this stage began',
  },
  responded: { on: facts => facts.respondedOn, words: 'it was answered' },
  letter: { on: facts => facts.letterOn ?? facts.respondedOn, words: 'the letter that ends it was dated' },
  closed: { on: facts => facts.respondedOn, words: 'it was closed' },
}

const saying = (must: Rule['mustSay'], on: string) => must.filter(one => inForce(one, on)).map(one => one.text)

/** The shortcut that was taken: resolved in time, and by word of mouth where that is asked. */
export function shortcutOf(regime: Regime, facts: Facts, days: WorkingDays): Shortcut | null {
  const { resolvedOn, receivedOn } = facts
  if (resolvedOn == null) return null
  const taken = offered(regime, facts).find(one => resolvedOn <= lastDay(one.counts.term, receivedOn, days))
  return taken ?? null
}

const offered = (regime: Regime, { receivedOn, oral, stage }: Facts): Shortcut[] =>
  stage > 1 ? [] : regime.shortcuts.filter(one => inForce(one, receivedOn) && (!one.oral || oral === true))

const chance = (one: Shortcut, { receivedOn }: Facts, days: WorkingDays): Clock => ({
  id: one.id,
  title: one.title,
  citation: one.citation,
  kind: 'chance',
  basis: 'law',
  lastDay: lastDay(one.counts.term, receivedOn, days),
  endsWith: 'resolved',
  extension: null,
  mustSay: [],
  counts: `${sayTerm(one.counts.term, receivedOn)}, when it was received. ${one.says}`,
})

/** What a shortcut that was taken leaves to do, promptly. */
const left = (one: Shortcut, next: string, resolvedOn: string): Clock => ({
  id: `${one.id}.sent`,
  title: next,
  citation: one.citation,
  kind: 'duty',
  basis: 'law',
  lastDay: null,
  endsWith: 'responded',
  extension: null,
  mustSay: saying(one.mustSay, resolvedOn),
  counts: `Promptly: it was resolved on ${sayDay(resolvedOn)}, in time for a summary.`,
})

/** How many of the clock's units were granted. Refuses what the regime does not allow. */
function granted({ extension, counts }: Rule, { extendedBy = 0 }: Facts): number {
  if (extendedBy === 0 || extension === null) return 0
  const most = extension.most ?? Number.POSITIVE_INFINITY
  if (!Number.isSafeInteger(extendedBy) || extendedBy < 0 || extendedBy > most) {
    const upTo =
      extension.most === null ? 'a whole number' : `at most ${sayTerm({ ...counts.term, n: extension.most })}`
    return refuseField('extendedBy', `This can be extended by ${upTo}.`)
  }
  return extendedBy
}

function duty(rule: Rule, facts: Facts, days: WorkingDays): Clock {
  const { id, title, citation, basis, endsWith, extension, counts, hard } = rule
  const start = happened[counts.from].on(facts) ?? null
  const since = happened[counts.from].words
  const base = { id, title, citation, kind: 'duty' as const, basis, endsWith, extension }
  if (start === null) {
    const waits = `${sayTerm(counts.term)} from when ${since}, which is still to come.`
    return { ...base, lastDay: null, mustSay: saying(rule.mustSay, facts.receivedOn), counts: waits }
  }
  const more = granted(rule, facts)
  const last = lastDay({ ...counts.term, n: counts.term.n + more }, start, days)
  const limit = hard === null ? null : lastDay({ ...hard.term, n: hard.term.n + more }, start, days)
  return {
    ...base,
    lastDay: last,
    ...(limit === null ? {} : { hardLimit: limit }),
    mustSay: saying(rule.mustSay, last),
    counts: [
      `${sayTerm(counts.term, start)}, when ${since}${more === 0 ? '' : `, and ${sayTerm({ ...counts.term, n: more })} more`}.`,
      ...(basis === 'house' ? ['The number is ours.'] : []),
      ...(hard !== null && limit !== null ? [`At the very latest ${sayDay(limit)} (${hard.citation}).`] : []),
    ].join(' '),
  }
}

/**
 * What is to be done by when in the stage a complaint is in. Clocks that were kept are among them, so that nothing
 * moves; `endsWith` says what keeps them.
 * @param days the working days of the regime's `calendar`
 * Throws a Refusal for a stage the regime does not have, and for a longer extension than it allows.
 */
export function clocksOf(regime: Regime, facts: Facts, days: WorkingDays): Clock[] {
  const taken = shortcutOf(regime, facts, days)
  if (taken !== null) return taken.next === null ? [] : [left(taken, taken.next, facts.resolvedOn!)]
  const stage = regime.stages.find(one => one.stage === facts.stage)
  if (stage === undefined) return refuseField('stage', `This procedure has ${regime.stages.length} stages.`)
  const open = facts.resolvedOn == null ? offered(regime, facts) : []
  const rules = stage.clocks.filter(rule => inForce(rule, facts.receivedOn))
  return [...open.map(one => chance(one, facts, days)), ...rules.map(rule => duty(rule, facts, days))]
}

/** Where they can go after us, and by when; null where no last day is known or set. */
export const recourseOf = (regime: Regime, facts: Facts, days: WorkingDays) =>
  regime.recourse.map(({ name, address, says, refer }) => {
    const start = refer && happened[refer.from].on(facts)
    return { name, address, says, lastDay: refer && start ? lastDay(refer.term, start, days) : null }
  })
