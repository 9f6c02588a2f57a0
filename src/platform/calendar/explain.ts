/**
 * How a deadline came about, as JSON can keep it: dates are of the zone, moments are ISO instants. The counted parts
 * add up to `amountMs`; paused parts are open hours that did not count.
 */
export type Explanation = {
  zone: string
  amountMs: number
  from: string
  due: string
  counted: Part[]
  skipped: { date: string; weekday: string; holiday: string | null }[]
  paused: Part[]
}
export type Part = { date: string; from: string; to: string; ms: number }

/** The explanation in plain English. Long stretches are counted rather than listed; holidays keep their names. */
export function explain(why: Explanation): string {
  const start = `${amount(why.amountMs)} of working time from ${moment(why.from, why.zone)}`
  const sentences = [`Due ${moment(why.due, why.zone)}: ${start}${counted(why.counted)}.`]
  if (why.skipped.length > 0) sentences.push(`Not counted: ${skipped(why.skipped)}.`)
  const pausedMs = why.paused.reduce((sum, part) => sum + part.ms, 0)
  if (pausedMs > 0) sentences.push(`The clock stood still for ${amount(pausedMs)} of working time.`)
  return sentences.join(' ')
}

const list = (items: string[]) => new Intl.ListFormat('en-GB').format(items)

function counted(parts: Part[]): string {
  const byDate = new Map<string, number>()
  for (const { date, ms } of parts) byDate.set(date, (byDate.get(date) ?? 0) + ms)
  if (byDate.size < 2) return ''
  if (byDate.size > 5) return `, over ${byDate.size} days`
  return `, ${list([...byDate].map(([date, ms]) => `${amount(ms)} on ${day(date)}`))}`
}

function skipped(days: Explanation['skipped']): string {
  const named = ({ date, holiday }: { date: string; holiday: string | null }) =>
    holiday === null ? day(date) : `${day(date)} (${holiday})`
  if (days.length <= 7) return list(days.map(named))
  const holidays = days.filter(({ holiday }) => holiday !== null)
  const free = `${days.length - holidays.length} days without hours`
  if (holidays.length > 5) return `${free} and ${holidays.length} holidays`
  return list([free, ...holidays.map(named)])
}

/** 5400000 -> "1 h 30 min". */
function amount(ms: number): string {
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms % 60_000) / 1000]
  const parts = [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, seconds > 0 && `${seconds} s`]
  return parts.filter(Boolean).join(' ') || '0 min'
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const day = (date: string) => dayFormat.format(Date.parse(date))

function moment(at: string, zone: string): string {
  const date = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone } as const
  const time = { timeStyle: 'short', timeZone: zone } as const
  const [on, clock] = [date, time].map(format => new Intl.DateTimeFormat('en-GB', format).format(Date.parse(at)))
  return `${on?.replace(',', '')} at ${clock}`
}
