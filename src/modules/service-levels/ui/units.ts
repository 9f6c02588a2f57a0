export const units = { minutes: 1, hours: 60, days: 480 } as const
export type Unit = keyof typeof units

/** The largest unit that an amount of minutes is whole in: 480 is a day of eight hours, 90 are minutes. */
export const inUnits = (minutes: number): { value: number; unit: Unit } => {
  const unit = minutes % units.days === 0 ? 'days' : minutes % units.hours === 0 ? 'hours' : 'minutes'
  return { value: minutes / units[unit], unit }
}
