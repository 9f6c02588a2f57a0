import { type Saying, sayingFrom } from '../../shared/phrase.ts'
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

/** The moment that orders the queue: earlier is more urgent. */
export const urgentFrom = (kase: Waiting): Date => {
  if (!kase.waitingSince) return never
  const minutes = urgencyParts(kase).reduce((sum, part) => sum + part.minutes, 0)
  return new Date(kase.waitingSince.getTime() - minutes * 60_000)
}

/** What is explained: since when somebody waits, and what counts for more or less. */
export type Explained = { waitingSince: Date | string | null; parts: readonly Pick<Part, 'key' | 'minutes'>[] }

const span = (minutes: number, say: Saying): string => {
  const m = Math.max(0, Math.round(minutes))
  if (m < 60) return say('urgency.minutes', { n: m })
  if (m < 48 * 60) return say('urgency.hours', { n: Math.round(m / 60) })
  return say('urgency.days', { n: Math.round(m / 1440) })
}

/** Why a case stands where it does, in the language of `say`. Screens use it too. */
export const urgencySentence = ({ waitingSince, parts }: Explained, now: Date, say: Saying): string => {
  if (!waitingSince) return say('urgency.nobody', {})
  const waited = span((now.getTime() - new Date(waitingSince).getTime()) / 60_000, say)
  const why = parts.map(({ key, minutes }) =>
    say(minutes > 0 ? 'urgency.more' : 'urgency.less', {
      reason: say(`urgency.${key}`, {}),
      span: span(Math.abs(minutes), say),
    }),
  )
  return say('urgency.sentence', { parts: [say('urgency.waiting', { span: waited }), ...why].join('; ') })
}

const inEnglish = sayingFrom(listWords)

/** Why a case stands where it does, in an English sentence and in its parts. */
export const explainUrgency = (kase: Waiting, now: Date) => {
  const parts = urgencyParts(kase)
  const { waitingSince } = kase
  return {
    sentence: urgencySentence({ waitingSince, parts }, now, inEnglish),
    waitingSince,
    parts: parts.map(part => ({ ...part, reason: inEnglish(`urgency.${part.key}`, {}) })),
  }
}
