/** The only clock: everything below it is handed a time. */
export const now = (): Date => new Date()

/** Milliseconds that only ever go forward, for measuring how long something took. */
export const ticks = (): number => performance.now()

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
