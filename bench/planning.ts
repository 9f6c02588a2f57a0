import { hoursInForce, makePromises } from '../src/modules/promises/index.ts'
import { startKernel } from '../src/platform/kernel.ts'
import { system } from '../src/platform/permissions/actor.ts'

/** How many promises are planned in one measure, and how many in one transaction. */
export const promisesPlanned = 100_000
const atOnce = 1000

/** Plans so many promises by the working calendar, with their facts and timers. @returns seconds */
export const measurePlanning = async (databaseUrl: string, count: number): Promise<number> => {
  const kernel = startKernel({ url: databaseUrl })
  const kind = `bench ${Date.now()}`
  try {
    await kernel.read(system, reading => hoursInForce(reading, [null]))
    const began = performance.now()
    for (let made = 0; made < count; made += atOnce)
      await kernel.work(system, work =>
        makePromises(
          work,
          Array.from({ length: Math.min(atOnce, count - made) }, (_, i) => ({
            kind: 'solution' as const,
            subject: { kind, id: 1 + made + i },
            withinMinutes: 60 + ((made + i) % 5000),
            policy: { id: 1, version: 1 },
          })),
        ),
      )
    return (performance.now() - began) / 1000
  } finally {
    await kernel.close()
  }
}
