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

export type Part = { reason: string; minutes: number }

/** Cases nobody waits for come after all others. */
export const never = new Date('9999-12-31T00:00:00Z')

const severityMinutes: Record<number, Part | undefined> = {
  1: { reason: 'low severity', minutes: -240 },
  3: { reason: 'high severity', minutes: 480 },
  4: { reason: 'critical severity', minutes: 4320 },
}
const kindMinutes: Record<string, Part | undefined> = {
  complaint: { reason: 'a complaint', minutes: 240 },
  incident: { reason: 'an incident', minutes: 480 },
  fault: { reason: 'a fault', minutes: 60 },
}

/** What moves a case up or down beside the time it waits. */
export const urgencyParts = (kase: Waiting): Part[] =>
  [
    severityMinutes[kase.severity],
    kindMinutes[kase.kind],
    kase.vulnerable ? { reason: 'a customer who needs particular care', minutes: 240 } : undefined,
    kase.typeMinutes !== 0 ? { reason: 'the customer type', minutes: kase.typeMinutes } : undefined,
  ].filter(part => part !== undefined)

/** The moment that orders the queue: earlier is more urgent. */
export const urgentFrom = (kase: Waiting): Date => {
  if (!kase.waitingSince) return never
  const minutes = urgencyParts(kase).reduce((sum, part) => sum + part.minutes, 0)
  return new Date(kase.waitingSince.getTime() - minutes * 60_000)
}

const span = (minutes: number): string => {
  const m = Math.max(0, Math.round(minutes))
  if (m < 60) return `${m} min`
  if (m < 48 * 60) return `${Math.round(m / 60)} h`
  return `${Math.round(m / 1440)} days`
}

const partSentence = (part: Part) =>
  `${part.reason} counts as ${span(Math.abs(part.minutes))} ${part.minutes > 0 ? 'more' : 'less'}`

/** Why a case stands where it does, in a sentence and in its parts. */
export const explainUrgency = (
  kase: Waiting,
  now: Date,
): { sentence: string; waitingSince: Date | null; parts: Part[] } => {
  const parts = urgencyParts(kase)
  if (!kase.waitingSince) return { sentence: 'Nobody waits for an answer from us.', waitingSince: null, parts }
  const waited = span((now.getTime() - kase.waitingSince.getTime()) / 60_000)
  const why = parts.map(partSentence)
  return {
    sentence: `Waiting ${waited}${why.length > 0 ? `; ${why.join('; ')}` : ''}.`,
    waitingSince: kase.waitingSince,
    parts,
  }
}
