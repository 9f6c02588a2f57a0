import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { type CalendarEvent, calendarFile, readCalendarReply } from './calendar-file.ts'

const event: CalendarEvent = {
  uid: 'a1@rapport',
  sequence: 3,
  summary: 'Boiler, visit; with “fitter”',
  description:
    'Line one\nline two, with commas; and a very long text that has to be folded over more than one line of the file',
  location: 'Harbour Road 1',
  start: '2026-05-26T09:25:00.000Z',
  end: '2026-05-26T10:25:00.000Z',
  cancelled: false,
  attendee: { name: 'Bea "B" Long', address: 'bea@example.org' },
}
const now = new Date('2026-05-22T16:00:00Z')

test('an invitation is read back by a calendar library as it was meant, and no line is longer than 75 bytes', () => {
  const text = calendarFile([event], 'REQUEST', now, { name: 'Shop', address: 'help+abc@shop.test' })
  for (const row of text.split('\r\n')) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75)
  const whole = new ICAL.Component(ICAL.parse(text))
  const read = new ICAL.Event(whole.getFirstSubcomponent('vevent') as ICAL.Component)
  expect(whole.getFirstPropertyValue('method')).toBe('REQUEST')
  expect(read).toMatchObject({ uid: event.uid, sequence: 3, summary: event.summary, description: event.description })
  expect(read.startDate.toJSDate()).toEqual(new Date(event.start))
  expect(read.endDate.toJSDate()).toEqual(new Date(event.end))
  expect(read.organizer).toBe('mailto:help+abc@shop.test')
  expect(read.attendees[0]?.getParameter('partstat')).toBe('NEEDS-ACTION')
})

test('an answer is understood, and anything else is none', () => {
  const reply = (method: string, partstat: string) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\nUID:a1@rapport\r\nSEQUENCE:3\r\nDTSTAMP:20260522T160000Z\r\nATTENDEE;PARTSTAT=${partstat}:mailto:bea@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
  expect(readCalendarReply(reply('REPLY', 'ACCEPTED'))).toEqual({ uid: 'a1@rapport', sequence: 3, answer: 'ACCEPTED' })
  expect(readCalendarReply(reply('REPLY', 'DECLINED'))?.answer).toBe('DECLINED')
  expect(readCalendarReply(reply('REQUEST', 'ACCEPTED'))).toBe(null)
  expect(readCalendarReply(reply('REPLY', 'WHATEVER'))).toBe(null)
  expect(readCalendarReply('BEGIN:VCALENDAR\r\nnonsense')).toBe(null)
  expect(readCalendarReply('')).toBe(null)
})

test('no line can be slipped in', () => {
  const text = calendarFile(
    [{ ...event, summary: 'x\r\nATTENDEE:mailto:evil@x.test', location: 'a\nb' }],
    'REQUEST',
    now,
    {
      name: 'Shop"\r\nX-EVIL:1',
      address: 'help@shop.test',
    },
  )
  expect(text).not.toMatch(/^(X-EVIL|ATTENDEE:mailto:evil)/m)
})
