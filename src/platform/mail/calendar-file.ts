import ICAL from 'ical.js'
import * as z from 'zod'
import { cleanText } from '../text/clean.ts'

/** Something with a time, as calendar programs exchange it (RFC 5545). */
export const CalendarEvent = z.object({
  uid: z.string(),
  /** Counts the versions: whoever got an earlier one takes the later. */
  sequence: z.number().int(),
  summary: z.string(),
  description: z.string(),
  location: z.string(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  cancelled: z.boolean(),
  attendee: z.object({ name: z.string(), address: z.string() }).nullable(),
})
export type CalendarEvent = z.infer<typeof CalendarEvent>
export type Method = 'REQUEST' | 'CANCEL' | 'PUBLISH'

const utc = (moment: string): ICAL.Time => ICAL.Time.fromJSDate(new Date(moment), true)
const line = (text: string): string => cleanText(text, { singleLine: true })

const partOf = (event: CalendarEvent, now: Date, organizer: { name: string; address: string } | null) => {
  const part = new ICAL.Component('vevent')
  part.updatePropertyWithValue('uid', event.uid)
  part.updatePropertyWithValue('sequence', event.sequence)
  part.updatePropertyWithValue('dtstamp', utc(now.toISOString()))
  part.updatePropertyWithValue('dtstart', utc(event.start))
  part.updatePropertyWithValue('dtend', utc(event.end))
  part.updatePropertyWithValue('summary', line(event.summary))
  if (event.location) part.updatePropertyWithValue('location', line(event.location))
  if (event.description) part.updatePropertyWithValue('description', cleanText(event.description))
  part.updatePropertyWithValue('status', event.cancelled ? 'CANCELLED' : 'CONFIRMED')
  if (organizer) {
    const from = part.updatePropertyWithValue('organizer', `mailto:${organizer.address}`)
    from.setParameter('cn', line(organizer.name).replaceAll('"', "'"))
  }
  if (event.attendee && organizer) {
    const to = part.updatePropertyWithValue('attendee', `mailto:${event.attendee.address}`)
    to.setParameter('cn', line(event.attendee.name).replaceAll('"', "'"))
    to.setParameter('rsvp', 'TRUE')
    to.setParameter('partstat', 'NEEDS-ACTION')
    to.setParameter('role', 'REQ-PARTICIPANT')
  }
  return part
}

/**
 * A calendar file: an invitation to one event, its end, or a whole diary to be read.
 * @param organizer to whose address calendar programs send the answer; null where none is wanted
 */
export const calendarFile = (
  events: readonly CalendarEvent[],
  method: Method,
  now: Date,
  organizer: { name: string; address: string } | null = null,
): string => {
  const whole = new ICAL.Component('vcalendar')
  whole.updatePropertyWithValue('prodid', '-//Rapport//Diary//EN')
  whole.updatePropertyWithValue('version', '2.0')
  whole.updatePropertyWithValue('method', method)
  for (const event of events) whole.addSubcomponent(partOf(event, now, organizer))
  return `${whole.toString()}\r\n`
}

export type CalendarReply = { uid: string; sequence: number; answer: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' }

const answers = ['ACCEPTED', 'DECLINED', 'TENTATIVE'] as const

/** What a calendar program answered to an invitation; null for anything that is no such answer. */
export const readCalendarReply = (text: string): CalendarReply | null => {
  try {
    const whole = new ICAL.Component(ICAL.parse(text))
    const event = whole.getFirstSubcomponent('vevent')
    if (String(whole.getFirstPropertyValue('method')).toUpperCase() !== 'REPLY' || !event) return null
    const said = String(event.getFirstProperty('attendee')?.getParameter('partstat')).toUpperCase()
    const answer = answers.find(one => one === said)
    const uid = event.getFirstPropertyValue('uid')
    if (!answer || typeof uid !== 'string') return null
    return { uid, sequence: Number(event.getFirstPropertyValue('sequence') ?? 0) || 0, answer }
  } catch {
    return null
  }
}
