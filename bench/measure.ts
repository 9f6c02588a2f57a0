import type { Cost } from './processes.ts'

export type Figures = {
  clients: number
  count: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Processor time per operation in ms, which other work on the machine does not change. */
  cpu?: Cost
}

export type Bounds = { count: number; seconds: number }

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Times in milliseconds as the figures that are shown. */
export const figuresOf = (clients: number, times: number[], seconds: number): Figures => {
  const sorted = times.toSorted((a, b) => a - b)
  const perSecond = times.length / seconds
  return { clients, count: times.length, perSecond, p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99) }
}

/**
 * Does the same thing again and again from several clients at once, each waiting for its answer before it asks again.
 * Ends at the count or the time, whichever comes first; the first tenth warms up and does not count.
 */
export const measure = async (
  clients: number,
  { count, seconds }: Bounds,
  act: (client: number, n: number) => Promise<unknown>,
  cpu: () => Cost = () => ({ program: 0, database: 0 }),
): Promise<Figures> => {
  let n = 0
  const warm = Math.ceil(count / 10)
  const run = async (until: number, last: number): Promise<number[]> => {
    const times: number[] = []
    const loop = async (client: number) => {
      while (n < last && performance.now() < until) {
        const began = performance.now()
        await act(client, n++)
        times.push(performance.now() - began)
      }
    }
    await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)))
    return times
  }
  await run(performance.now() + (seconds * 1000) / 5, warm)
  const began = performance.now()
  const before = cpu()
  const times = await run(began + seconds * 1000, n + count)
  const after = cpu()
  const each = (of: keyof Cost) => (after[of] - before[of]) / times.length
  const figures = figuresOf(clients, times, (performance.now() - began) / 1000)
  return { ...figures, cpu: { program: each('program'), database: each('database') } }
}
