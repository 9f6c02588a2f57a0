import type { Condition } from '../../../shared/condition.ts'
import type { Alert } from '../../promises/contract.ts'
import type { ServiceLevel } from '../contract.ts'

const usualAlerts: Alert[] = [
  { minutes: -30, whom: ['handler'] },
  { minutes: 0, whom: ['handler', 'supervisor'] },
]
const usualPauses: ServiceLevel['pauses'] = ['waiting_customer']

/** A rule nobody has filled in yet. */
export const blank = {
  name: '',
  kind: 'first_reply' as ServiceLevel['kind'],
  condition: { all: [] } as Condition,
  targetMinutes: 240,
  clock: 'working' as ServiceLevel['clock'],
  calendarId: null as number | null,
  alerts: usualAlerts,
  pauses: usualPauses,
}
export type Values = typeof blank
export type Setting = { values: Values; set: (more: Partial<Values>) => void }
