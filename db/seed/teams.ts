import { bankHolidays } from '../../src/platform/calendar/index.ts'
import type { Interval, WorkingCalendar } from '../../src/shared/calendar.ts'

export const teamKeys = ['counter', 'deliveries', 'surgery', 'college', 'desk'] as const
export type TeamKey = (typeof teamKeys)[number]

export const zone = 'Europe/London'

const between = (from: string, to: string): Interval => ({ from, to })

const weekOf = (working: Interval[], saturday: Interval[] = [], sunday: Interval[] = []): WorkingCalendar => ({
  zone,
  week: { monday: working, tuesday: working, wednesday: working, thursday: working, friday: working, saturday, sunday },
  holidays: [...bankHolidays['GB-EAW']],
})

type Hours = { name: string; hours: WorkingCalendar }

const shop: Hours = {
  name: 'Shop',
  hours: weekOf([between('09:00', '18:00')], [between('09:00', '17:30')], [between('10:30', '16:30')]),
}
const vans: Hours = { name: 'Deliveries', hours: weekOf([between('07:30', '18:30')], [between('08:00', '14:00')]) }
const surgery: Hours = { name: 'Surgery', hours: weekOf([between('08:00', '12:30'), between('13:30', '18:30')]) }
const college: Hours = { name: 'College office', hours: weekOf([between('08:30', '16:30')]) }
const desk: Hours = { name: 'Service desk', hours: weekOf([between('07:30', '18:00')]) }

export type Team = { name: string; description: string; calendar: Hours; mailbox: string }

const help = 'help@harbour.example'

/** The teams, when they work, and where their mail arrives. */
export const teams: Record<TeamKey, Team> = {
  counter: {
    name: 'Shop counter',
    description: 'Harbour Home: kettles, lamps and kitchenware, sold and taken back at the counter',
    calendar: shop,
    mailbox: help,
  },
  deliveries: {
    name: 'Shop deliveries',
    description: 'Harbour Home: what is brought to the door, and what went wrong on the way',
    calendar: vans,
    mailbox: help,
  },
  surgery: {
    name: 'Surgery reception',
    description: 'Harbour Surgery: appointments, prescriptions, letters and forms',
    calendar: surgery,
    mailbox: 'surgery@harbour.example',
  },
  college: {
    name: 'College office',
    description: 'Harbour College: courses, applications, fees and student support',
    calendar: college,
    mailbox: help,
  },
  desk: {
    name: 'Service desk',
    description: 'Computers, rooms and repairs for colleagues in every house',
    calendar: desk,
    mailbox: 'desk@harbour.example',
  },
}

/** Mailboxes by address: the name they answer with, and the team that reads them. */
export const mailboxes: { address: string; name: string; team: TeamKey }[] = [
  { address: help, name: 'Harbour Home', team: 'counter' },
  { address: 'surgery@harbour.example', name: 'Harbour Surgery', team: 'surgery' },
  { address: 'desk@harbour.example', name: 'Harbour Service desk', team: 'desk' },
]
