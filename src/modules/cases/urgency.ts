import { type Saying, sayingFrom } from '../../shared/phrase.ts'
import type { PromiseKind } from '../promises/contract.ts'
import type { urgencyKeys } from './contract.ts'
import { listWords } from './ui/en-list.ts'

/**
 * The order of the queue. Each case waits since a moment; what makes it worse moves that moment back by minutes, so
 * that the order is one indexed column that no clock has to keep fresh, and every place can be explained.
 */
export type Waiting = {
  waitingSince: Date | null
  severity: number
  kind: string
  vulnerable: boolean
  /** Minutes that a customer type counts for, as the organisation set it. */
  typeMinutes: number
  /** The promise to the customer that is due next, and what it is about. */
  dueAt: Date | null
}

export type Part = { key: (typeof urgencyKeys)[number]; minutes: number }

/** Cases nobody waits for come after all others. */
export const never = new Date('9999-12-31T00:00:00Z')

const severityMinutes: Record<number, Part | undefined> = {
  1: { key: 'low_severity', minutes: -240 },
  3: { key: 'high_severity', minutes: 480 },
  4: { key: 'critical_severity', minutes: 4320 },
}
const kindMinutes: Record<string, Part | undefined> = {
  complaint: { key: 'complaint', minutes: 240 },
  incident: { key: 'incident', minutes: 480 },
  fault: { key: 'fault', minutes: 60 },
}

/** What moves a case up or down beside the time it waits. */
export const urgencyParts = (kase: Waiting): Part[] => {
  const parts: (Part | undefined)[] = [
    severityMinutes[kase.severity],
    kindMinutes[kase.kind],
    kase.vulnerable ? { key: 'vulnerable', minutes: 240 } : undefined,
    kase.typeMinutes !== 0 ? { key: 'customer_type', minutes: kase.typeMinutes } : undefined,
  ]
  return parts.filter(part => part !== undefined)
}

/** A promise that falls due now stands beside somebody who has waited this long. */
export const dueLeadMinutes = 480

/**
 * The moment that orders the queue: earlier is more urgent. Whichever is more urgent counts, the customer who waits or
 * the promise that falls due; so a call-back is in the queue although nobody waits for a reply.
 */
export const urgentFrom = (kase: Waiting): Date => {
  const minutes = urgencyParts(kase).reduce((sum, part) => sum + part.minutes, 0)
  const waiting = kase.waitingSince ? kase.waitingSince.getTime() - minutes * 60_000 : never.getTime()
  const promised = kase.dueAt ? kase.dueAt.getTime() - dueLeadMinutes * 60_000 : never.getTime()
  return new Date(Math.min(waiting, promised))
}

/** What is explained: since when somebody waits, what counts for more or less, and what was promised by when. */
export type Explained = {
  waitingSince: Date | string | null
  parts: readonly Pick<Part, 'key' | 'minutes'>[]
  due?: { at: Date | string; kind: string } | null | undefined
}

const dueWords = (due: NonNullable<Explained['due']>, now: Date, say: Saying): string => {
  const minutes = (new Date(due.at).getTime() - now.getTime()) / 60_000
  const what = say(`urgency.promise.${due.kind}`, {})
  return say(minutes < 0 ? 'urgency.late' : 'urgency.due', { what, span: spanOf(Math.abs(minutes), say) })
}

/** Minutes in words: "25 min", "3 h", "4 days". */
export const spanOf = (minutes: number, say: Saying): string => {
  const m = Math.max(0, Math.round(minutes))
  if (m < 60) return say('urgency.minutes', { n: m })
  if (m < 48 * 60) return say('urgency.hours', { n: Math.round(m / 60) })
  return say('urgency.days', { n: Math.round(m / 1440) })
}

/** Why a case stands where it does, in the language of `say`. Screens use it too. */
export const urgencySentence = ({ waitingSince, parts, due }: Explained, now: Date, say: Saying): string => {
  const promised = due ? [dueWords(due, now, say)] : []
  if (!waitingSince) return due ? say('urgency.sentence', { parts: promised[0] as string }) : say('urgency.nobody', {})
  const waited = spanOf((now.getTime() - new Date(waitingSince).getTime()) / 60_000, say)
  const why = parts.map(({ key, minutes }) =>
    say(minutes > 0 ? 'urgency.more' : 'urgency.less', {
      reason: say(`urgency.${key}`, {}),
      span: spanOf(Math.abs(minutes), say),
    }),
  )
  return say('urgency.sentence', { parts: [say('urgency.waiting', { span: waited }), ...why, ...promised].join('; ') })
}

const inEnglish = sayingFrom(listWords)

/** Why a case stands where it does, in an English sentence and in its parts. */
export const explainUrgency = (kase: Waiting & { dueKind: PromiseKind | null }, now: Date) => {
  const parts = urgencyParts(kase)
  const { waitingSince, dueAt, dueKind } = kase
  const due = dueAt && dueKind ? { at: dueAt, kind: dueKind } : null
  return {
    sentence: urgencySentence({ waitingSince, parts, due }, now, inEnglish),
    waitingSince,
    due,
    parts: parts.map(part => ({ ...part, reason: inEnglish(`urgency.${part.key}`, {}) })),
  }
}
