import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../../platform/kernel.ts'
import type { Log } from '../../platform/log.ts'
import { anonymous, system } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { noteHere } from './showing.ts'
import { talkOfSession } from './talking.ts'

const beatMs = 20_000
const beat = ': still here\n\n'
const changed = 'event: change\ndata: {}\n\n'

type Open = { stream: ServerResponse; session: string }

/**
 * Streams to visitors' windows: one small object each and one clock for all, because ten thousand may be open. They
 * are told only that something changed; what it is they ask for with their session.
 */
export const visitorStreams = (kernel: Kernel, log: Log) => {
  const byCase = new Map<number, Set<Open>>()
  let count = 0
  const drop = (caseId: number, open: Open) => {
    const there = byCase.get(caseId)
    if (!there?.delete(open)) return
    count--
    if (there.size === 0) byCase.delete(caseId)
  }
  const all = () => [...byCase.values()].flatMap(opens => [...opens])
  const timer = setInterval(() => {
    const opens = all()
    for (const { stream } of opens) stream.write(beat)
    kernel
      .work(system, work =>
        noteHere(
          work,
          opens.map(open => open.session),
        ),
      )
      .catch(error => log.warn({ err: error }, 'presence of visitors'))
  }, beatMs)
  timer.unref()
  return {
    count: () => count,
    add: (caseId: number, stream: ServerResponse, session: string) => {
      const open = { stream, session }
      const there = byCase.get(caseId) ?? new Set()
      byCase.set(caseId, there.add(open))
      count++
      stream.on('close', () => drop(caseId, open))
    },
    tell: (caseIds: Iterable<number>) => {
      for (const id of caseIds) for (const { stream } of byCase.get(id) ?? []) stream.write(changed)
    },
    /** Ends the streams of these cases: a browser opens an ended stream again by itself, and finds its conversation anew. */
    startOver: (caseIds: Iterable<number>) => {
      for (const id of caseIds) for (const { stream } of byCase.get(id) ?? []) stream.end()
    },
    close: () => {
      clearInterval(timer)
      for (const { stream } of all()) stream.end()
    },
  }
}

export type VisitorStreams = ReturnType<typeof visitorStreams>

/** Beyond this many open windows a process takes no more: the window asks again after a while. */
const mostOpen = 20_000

/** `GET /api/widget-stream?session=…`: tells a visitor's window when to read again. */
export const serveStream = (app: FastifyInstance, kernel: Kernel, streams: VisitorStreams): void => {
  app.get<{ Querystring: { session?: string } }>(
    '/api/widget-stream',
    { config: { rateLimit: false }, schema: { hide: true } },
    async (request, reply) => {
      if (streams.count() >= mostOpen) throw new Refusal('unavailable', 'Too many windows are open. Try again soon.')
      const session = String(request.query.session ?? '')
      const talk = await kernel.read(anonymous, reading => talkOfSession(reading, session))
      await kernel.work(system, work => noteHere(work, [session]))
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 3000\n\n')
      streams.add(talk.caseId, reply.raw, session)
    },
  )
}
