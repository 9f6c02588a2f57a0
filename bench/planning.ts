import { hoursInForce, makePromises } from '../src/modules/promises/index.ts'
import { startKernel } from '../src/platform/kernel.ts'
import { system } from '../src/platform/permissions/actor.ts'

/** How many promises are planned in one measure, and how many in one transaction. */
export const promisesPlanned = 100_000
const atOnce = 1000
/** As many at a time as there are cores: while one is worked out the other is written down. */
const lanes = 2

/** Plans so many promises by the working calendar, with their facts and timers. @returns seconds */
export const measurePlanning = async (databaseUrl: string, count: number): Promise<number> => {
  const kernel = startKernel({ url: databaseUrl })
  const kind = `bench ${Date.now()}`
  try {
    await kernel.read(system, reading => hoursInForce(reading, [null]))
    const began = performance.now()
    const lots = Array.from({ length: Math.ceil(count / atOnce) }, (_, i) => i * atOnce)
    const planLot = (from: number) =>
      kernel.work(system, work =>
        makePromises(
          work,
          Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => ({
            kind: 'solution' as const,
            subject: { kind, id: 1 + from + i },
            withinMinutes: 60 + ((from + i) % 5000),
            policy: { id: 1, version: 1 },
          })),
        ),
      )
    const lane = async (): Promise<void> => {
      for (let from = lots.shift(); from !== undefined; from = lots.shift()) await planLot(from)
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    return (performance.now() - began) / 1000
  } finally {
    await kernel.close()
  }
}
