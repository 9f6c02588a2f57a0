/** Words of who is away, and who holds meanwhile what they held. */
export const en = {
  'event.staff.away': 'noted that {{name}} is away',
  'event.staff.away_changed': 'changed when {{name}} is away',
  'event.staff.away_cancelled': 'noted that {{name}} is not away after all',
  'event.staff.back': 'noted that {{name}} is back',
  'event.staff.handed_back': 'gave back to {{name}} what colleagues had covered: {{returned}} returned, {{kept}} kept',
  'event.staff.handed_over': 'handed what {{name}} holds to colleagues: {{count}}',
  'event.staff.shift_handed': 'handed over a shift, cases: {{count}}',
} as const
