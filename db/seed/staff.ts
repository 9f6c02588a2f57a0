import type { TeamKey } from './teams.ts'

export type StaffKey =
  | 'ruth'
  | 'helen'
  | 'owen'
  | 'nadia'
  | 'margaret'
  | 'marcus'
  | 'priya'
  | 'tom'
  | 'grace'
  | 'sam'
  | 'ellie'
  | 'daniel'
  | 'catrin'
  | 'jonas'
  | 'femi'
  | 'ingrid'
  | 'leo'

export type Member = { key: StaffKey; name: string; role: string; teams: TeamKey[] }

const member = (key: StaffKey, name: string, role: string, ...teams: TeamKey[]): Member => ({ key, name, role, teams })

/** Everybody who works at Harbour Services. The first sets the system up. */
export const members: readonly [Member, ...Member[]] = [
  member('ruth', 'Ruth Adeyemi', 'administrator'),
  member('helen', 'Helen Marsh', 'line_manager', 'counter', 'deliveries', 'desk'),
  member('owen', 'Owen Pritchard', 'supervisor', 'counter', 'deliveries'),
  member('nadia', 'Nadia Rahman', 'supervisor', 'surgery'),
  member('margaret', 'Margaret Lyle', 'supervisor', 'college', 'desk'),
  member('marcus', 'Marcus Bell', 'account_manager', 'counter'),
  member('priya', 'Priya Nair', 'adviser', 'counter'),
  member('tom', 'Tom Kowalski', 'adviser', 'counter'),
  member('grace', 'Grace Okafor', 'adviser', 'deliveries'),
  member('sam', 'Sam Whitlock', 'driver', 'deliveries'),
  member('ellie', 'Ellie Thornton', 'receptionist', 'surgery'),
  member('daniel', 'Daniel Osei', 'receptionist', 'surgery'),
  member('catrin', 'Catrin Evans', 'adviser', 'college'),
  member('jonas', 'Jonas Weber', 'adviser', 'desk'),
  member('femi', 'Femi Balogun', 'adviser', 'desk'),
  member('ingrid', 'Ingrid Solberg', 'auditor'),
  member('leo', 'Leo Fraser', 'mystery_shopper'),
]

/** Who answers first in each team. */
export const handlers: Record<TeamKey, readonly StaffKey[]> = {
  counter: ['priya', 'tom'],
  deliveries: ['grace'],
  surgery: ['ellie', 'daniel'],
  college: ['catrin'],
  desk: ['jonas', 'femi'],
}

export const emailOf = ({ name }: Pick<Member, 'name'>): string =>
  `${name.toLowerCase().replace(' ', '.')}@harbour.example`

/** One password for all: long, easy to type, and worth nothing outside the sample. */
export const password = 'seven gulls on the harbour wall'
