/** Words of who is away, and who holds meanwhile what they held. */
export const en = {
  'event.staff.away': 'noted that {{name}} is away',
  'event.staff.away_changed': 'changed when {{name}} is away',
} as const
