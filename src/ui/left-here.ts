/** Text that waits on this device for the one who typed it, until it is saved, discarded, or they sign out. */
const prefix = 'rapport.log.'

export const readLeft = (staffId: number): unknown => {
  try {
    return JSON.parse(localStorage.getItem(`${prefix}${staffId}`) ?? 'null')
  } catch {
    return null
  }
}

/** @param value null for nothing */
export const leave = (staffId: number, value: object | null): void => {
  try {
    if (value === null) localStorage.removeItem(`${prefix}${staffId}`)
    else localStorage.setItem(`${prefix}${staffId}`, JSON.stringify(value))
  } catch {
    // Then it lives as long as the form is open.
  }
}

/** Whoever signs out leaves nothing behind, whoever it was. */
export const forgetLeft = (): void => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // Nothing can have been kept either.
  }
}
