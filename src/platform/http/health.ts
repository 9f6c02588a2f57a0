import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { ticks } from '../clock.ts'
import type { Kernel } from '../kernel.ts'
import type { Watched } from '../module.ts'

export type Health = {
  ready(): Promise<Record<string, boolean>>
  kernel: Kernel
  liveReceivers(): number
  watched: readonly Watched[]
}

const withoutSchema = { schema: { hide: true } as object }

/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: how it goes, for Prometheus. */
export const serveHealth = (app: FastifyInstance, { ready, kernel, liveReceivers, watched }: Health): void => {
  app.get('/healthz', withoutSchema, async () => ({ ok: true }))
  app.get('/readyz', withoutSchema, async (_request, reply) => {
    const parts = await ready()
    const ok = Object.values(parts).every(Boolean)
    return reply
      .status(ok ? 200 : 503)
      .headers(ok ? {} : { 'retry-after': '5' })
      .send({ ok, ...parts })
  })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // Gauges with the name of a counter, which Prometheus’ own checker refuses; the same figures exist by type.
  for (const misnamed of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${misnamed}_total`)
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.015, 0.05, 0.15, 0.5, 1.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const seconds = (ticks() - Number(request.headers['x-began'])) / 1000
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      seconds,
    )
  })
  new Gauge({
    name: 'rapport_jobs_waiting',
    help: 'Background jobs that wait, by whether they failed before',
    labelNames: ['failing'],
    registers: [registry],
    async collect() {
      const { rows } = await kernel.database.owner.query<{ failing: boolean; count: string }>(
        'select last_error is not null as failing, count(*) as count from graphile_worker.jobs group by 1',
      )
      this.reset()
      for (const row of rows) this.set({ failing: String(row.failing) }, Number(row.count))
    },
  })
  new Gauge({
    name: 'rapport_live_receivers',
    help: 'Open live streams',
    registers: [registry],
    collect() {
      this.set(liveReceivers())
    },
  })
  for (const { name, help, read } of watched)
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read(kernel))
      },
    })
  app.get('/metrics', withoutSchema, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
